package gradsmith.render;

import gradsmith.expr.Apply;
import gradsmith.expr.Constant;
import gradsmith.expr.Expr;
import gradsmith.expr.Operator;
import gradsmith.expr.Operator.Primitive;
import gradsmith.expr.Rational;
import gradsmith.expr.SizeExpressions;
import gradsmith.expr.Variable;
import gradsmith.expr.Vectors;
import gradsmith.shape.Polynomial;
import java.util.ArrayList;
import java.util.List;

/**
 * Recognises numbers, rows and columns that are repeated to fill a matrix, and sets them without
 * the repetition.
 */
final class Broadcast {

  private Broadcast() {}

  /** Tells whether {@code node} is a repeated number, row or column. */
  static boolean isBroadcast(Expr node) {
    if (node.shape().isScalarMatrix()) {
      return false;
    }
    Expr bare = bare(node);
    if (isFill(bare)) {
      return true;
    }
    if (!(bare instanceof Apply apply) || apply.operator() != Primitive.PRODUCT) {
      return false;
    }
    List<Expr> chain = chain(apply);
    boolean left = isOnesColumn(chain.getFirst());
    boolean right = isOnesRow(chain.getLast());
    return chain.size() > 1 ? left || right : chain.size() == 1 && isOnes(chain.getFirst());
  }

  /** Sets {@code node}, or its transpose; if it is repeated, what is repeated. */
  static Formula set(Expr node, boolean flip) {
    return set(Rational.ONE, node, flip);
  }

  /** Sets {@code factor} times {@code node} likewise. */
  static Formula set(Rational factor, Expr node, boolean flip) {
    if (!isBroadcast(node)) {
      return ProductPresentation.scaled(factor, node, flip);
    }
    Rational number = factor;
    Expr bare = node;
    boolean turned = flip;
    while (bare instanceof Apply apply
        && (apply.operator() == Primitive.TRANSPOSE
            || apply.operator() instanceof Operator.Scale)) {
      if (apply.operator() instanceof Operator.Scale scale) {
        number = number.times(scale.factor());
      } else {
        turned = !turned;
      }
      bare = apply.argument(0);
    }
    if (bare instanceof Constant constant && constant.value() instanceof Constant.Value.Fill fill) {
      return Presentation.number(number.times(fill.value()));
    }
    List<Expr> factors = new ArrayList<>(((Apply) bare).arguments());
    boolean square = bare.shape().rows().equals(bare.shape().columns());
    boolean product = isProduct(bare.shape().rows()) || isProduct(bare.shape().columns());
    if ((square || product) && isAmbiguous(factors, turned)) {
      return ProductPresentation.scaled(factor, node, flip);
    }
    if (isOnesRow(factors.getLast())) {
      factors.removeLast();
    }
    int first = scalars(factors);
    boolean onlyNumbers = false;
    if (first < factors.size() && isOnesColumn(factors.get(first))) {
      factors.remove(first);
      onlyNumbers = first == factors.size();
    } else if (first < factors.size() && isOnes(factors.get(first))) {
      factors.remove(first);
      onlyNumbers = true;
    }
    if (onlyNumbers && factors.size() == 1 && isLength(factors.getFirst())) {
      return ProductPresentation.scaled(factor, node, flip); // b + A could be meant as a bias
    }
    if (!onlyNumbers
        && !square
        && number.isOne()
        && factors.size() == 1
        && repeats(factors.getFirst())) {
      return Presentation.set(factors.getFirst(), isTransposed(factors.getFirst())); // X W + b
    }
    return ProductPresentation.product(number, factors, turned);
  }

  private static boolean isProduct(Polynomial length) {
    return length.name() == null && !length.isNumber();
  }

  /** Tells whether a reader could take the repeated column for a row. */
  private static boolean isAmbiguous(List<Expr> factors, boolean turned) {
    List<Expr> chain = factors.subList(scalars(factors), factors.size());
    if (turned) {
      return chain.size() > 1 && isOnesColumn(chain.getFirst());
    }
    return chain.size() > 1
        && isOnesRow(chain.getLast())
        && Vectors.isVector(chain.get(chain.size() - 2));
  }

  /** Tells whether {@code factor} is a vector variable, or the transpose of one. */
  private static boolean repeats(Expr factor) {
    Expr base = isTransposed(factor) ? ((Apply) factor).argument(0) : factor;
    return base instanceof Variable variable && variable.rank() == 1;
  }

  private static boolean isTransposed(Expr node) {
    return node instanceof Apply apply && apply.operator() == Primitive.TRANSPOSE;
  }

  private static Expr bare(Expr node) {
    Expr bare = node;
    while (bare instanceof Apply apply
        && (apply.operator() == Primitive.TRANSPOSE
            || apply.operator() instanceof Operator.Scale)) {
      bare = apply.argument(0);
    }
    return bare;
  }

  private static List<Expr> chain(Apply product) {
    return product.arguments().subList(scalars(product.arguments()), product.arguments().size());
  }

  static int scalars(List<Expr> factors) {
    int count = 0;
    while (count < factors.size() && factors.get(count).shape().isScalarMatrix()) {
      count++;
    }
    return count;
  }

  private static boolean isLength(Expr node) {
    return !(node instanceof Apply product && product.operator() == Primitive.PRODUCT)
        && SizeExpressions.polynomial(node) != null;
  }

  private static boolean isFill(Expr node) {
    return node instanceof Constant constant
        && constant.value() instanceof Constant.Value.Fill
        && node.shape().leading().isEmpty();
  }

  static boolean isOnes(Expr node) {
    return node instanceof Constant constant
        && constant.isFillOf(Rational.ONE)
        && !node.shape().isScalar();
  }

  static boolean isOnesColumn(Expr node) {
    return isOnes(node) && node.shape().isVector();
  }

  static boolean isOnesRow(Expr node) {
    return isOnes(node) && node.shape().isRow();
  }
}
