package gradsmith.algebra;

import gradsmith.algebra.Algebra.Scaled;
import gradsmith.expr.Constant;
import gradsmith.expr.Expr;
import gradsmith.expr.Operator;
import gradsmith.expr.Operator.Primitive;
import gradsmith.expr.Vectors;
import gradsmith.shape.Polynomial;
import gradsmith.shape.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * The normal form of what is repeated, or summed, along leading axes. A repetition is a product
 * with ones that have these axes, and stands outside: of the terms of a sum none is repeated.
 */
final class Repetition {

  private final Algebra algebra;

  Repetition(Algebra algebra) {
    this.algebra = algebra;
  }

  /** Returns {@code value} summed or repeated over leading axes so that it has {@code shape}. */
  Expr conform(Expr value, Shape shape) {
    if (value.shape().equals(shape)) {
      return value;
    }
    Expr result = value;
    List<Polynomial> target = shape.leading();
    for (int fromRight = value.shape().leading().size() - 1; fromRight >= 0; fromRight--) {
      List<Polynomial> axes = result.shape().leading();
      Polynomial axis = axes.get(axes.size() - 1 - fromRight);
      boolean wanted = fromRight < target.size();
      if (!wanted || (target.get(target.size() - 1 - fromRight).isOne() && !axis.isOne())) {
        result = algebra.apply(new Operator.AxisSum(fromRight, wanted), List.of(result));
      }
    }
    return repeated(result, target);
  }

  private Expr repeated(Expr value, List<Polynomial> leading) {
    if (value.shape().leading().equals(leading)) {
      return value;
    }
    Scaled scaled = algebra.split(value);
    Expr base = scaled.base();
    Shape shape = new Shape(leading, value.shape().rows(), value.shape().columns());
    if (base instanceof Constant constant && constant.value() instanceof Constant.Value.Fill fill) {
      Expr filled = algebra.expressions().fill(fill.value(), shape);
      return algebra.scale(scaled.factor(), filled);
    }
    if (Algebra.is(base, Primitive.TRANSPOSE)) {
      Expr repeated = repeated(Algebra.arguments(base).getFirst(), leading);
      return algebra.scale(scaled.factor(), algebra.transpose(repeated));
    }
    List<Expr> factors = new ArrayList<>();
    if (isOfOnes(base)) {
      for (Expr factor : Algebra.arguments(base)) {
        boolean first = factors.isEmpty() || factors.getLast().shape().isScalarMatrix();
        factors.add(first && !factor.shape().isScalarMatrix() ? stacked(factor, leading) : factor);
      }
      return algebra.scale(scaled.factor(), algebra.node(Primitive.PRODUCT, factors));
    }
    boolean numbers = shape.isScalarMatrix();
    if (!numbers) {
      factors.addAll(algebra.entries(base));
    } else if (isOfNumbers(base)) {
      factors.addAll(Algebra.arguments(base));
    } else {
      factors.add(base);
    }
    factors.add(algebra.ones(shape));
    Primitive operator = numbers ? Primitive.PRODUCT : Primitive.HADAMARD;
    return algebra.scale(scaled.factor(), algebra.node(operator, Algebra.sorted(factors)));
  }

  /** Returns {@code term} without what repeats it along leading axes. */
  Expr unrepeated(Expr term) {
    if (term.shape().leading().isEmpty()) {
      return term;
    }
    if (Algebra.isOnes(term)) {
      return stacked(term, List.of());
    }
    if (Algebra.is(term, Primitive.TRANSPOSE)) {
      Expr bare = Algebra.arguments(term).getFirst();
      Expr once = unrepeated(bare);
      return once == bare ? term : algebra.transpose(once);
    }
    boolean entrywise = Algebra.is(term, Primitive.HADAMARD);
    if (!entrywise && !isOfOnes(term) && !isOfNumbers(term)) {
      return term;
    }
    List<Expr> factors = new ArrayList<>();
    boolean repeated = false;
    for (Expr factor : Algebra.arguments(term)) {
      boolean repeats = Algebra.isOnes(factor) && !factor.shape().leading().isEmpty();
      repeated |= repeats;
      if (!repeats) {
        factors.add(factor);
      } else if (!entrywise) {
        factors.add(stacked(factor, List.of()));
      }
    }
    return !repeated ? term : entrywise ? algebra.hadamard(factors) : algebra.product(factors);
  }

  private Expr stacked(Expr ones, List<Polynomial> leading) {
    return algebra.ones(new Shape(leading, ones.shape().rows(), ones.shape().columns()));
  }

  /** Tells whether {@code node} is a number times a matrix of ones. */
  static boolean isOfOnes(Expr node) {
    if (!Algebra.is(node, Primitive.PRODUCT)) {
      return false;
    }
    for (Expr factor : Algebra.arguments(node)) {
      if (!factor.shape().isScalarMatrix() && !Algebra.isOnes(factor)) {
        return false;
      }
    }
    return !node.shape().isScalarMatrix();
  }

  /** Tells whether {@code node} is 1 r' or c 1', with a number in front or not. */
  static boolean isRepeated(Expr node) {
    return Vectors.isRepeated(Algebra.untransposed(node));
  }

  private static boolean isOfNumbers(Expr node) {
    return Algebra.is(node, Primitive.PRODUCT)
        && node.shape().isScalarMatrix()
        && !Products.isInnerProduct(node);
  }
}
