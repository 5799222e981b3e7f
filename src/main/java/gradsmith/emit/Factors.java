package gradsmith.emit;

import gradsmith.expr.Apply;
import gradsmith.expr.Constant;
import gradsmith.expr.Expr;
import gradsmith.expr.Expressions;
import gradsmith.expr.Operator;
import gradsmith.expr.Operator.Primitive;
import gradsmith.expr.Rational;
import gradsmith.shape.Polynomial;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a node is to the product that it stands in. */
final class Factors {

  private Factors() {}

  /** Returns the factors of {@code product} that are not numbers. */
  static List<Expr> matrices(Apply product) {
    List<Expr> factors = product.arguments();
    int scalars = 0;
    while (scalars < factors.size() && factors.get(scalars).shape().isScalarMatrix()) {
      scalars++;
    }
    return factors.subList(scalars, factors.size());
  }

  static boolean isTranspose(Expr node) {
    return node instanceof Apply apply && apply.operator() == Primitive.TRANSPOSE;
  }

  static boolean isInverse(Expr node) {
    return node instanceof Apply apply
        && apply.operator() instanceof Operator.Function function
        && function.symbol().name().equals("inv");
  }

  static boolean isDiagonal(Expr node) {
    return node instanceof Apply apply && apply.operator() == Primitive.DIAGONAL_MATRIX;
  }

  static boolean isIdentity(Expr node) {
    return node instanceof Constant constant && constant.value() instanceof Constant.Value.Identity;
  }

  static boolean isOnesColumn(Expr node) {
    return isOnes(node) && node.shape().columns().isOne() && !node.shape().rows().isOne();
  }

  static boolean isOnesRow(Expr node) {
    return isOnes(node) && node.shape().rows().isOne() && !node.shape().columns().isOne();
  }

  static boolean isOnes(Expr node) {
    return node instanceof Constant constant
        && constant.isFillOf(Rational.ONE)
        && constant.shape().leading().stream().allMatch(Polynomial::isOne);
  }

  /** Tells whether {@code node} says a row, or a column, again and again. */
  static boolean isRepetition(Apply node) {
    return node.operator() == Primitive.PRODUCT
        && node.arguments().size() == 2
        && isRepetition(node.argument(0), node.argument(1));
  }

  /** Tells whether the product of {@code left} and {@code right} is one. */
  static boolean isRepetition(Expr left, Expr right) {
    return isOnesColumn(left) && right.shape().rows().isOne()
        || isOnesRow(right) && left.shape().columns().isOne();
  }

  /** Returns the number that {@code node} is a power with, or null. */
  static @Nullable Rational exponent(Expr node) {
    return node instanceof Apply apply
            && apply.operator() == Primitive.POWER
            && apply.argument(1) instanceof Constant constant
            && constant.value() instanceof Constant.Value.Fill fill
        ? fill.value()
        : null;
  }

  /** Returns what {@code node} is the negative of, or null. */
  static @Nullable Expr negated(Expr node) {
    return node instanceof Apply apply
            && apply.operator() instanceof Operator.Scale scale
            && scale.factor().equals(Rational.MINUS_ONE)
        ? apply.argument(0)
        : null;
  }

  /** Returns the factors of the transpose of the product of {@code factors}. */
  static List<Expr> reversed(Expressions expressions, List<Expr> factors) {
    List<Expr> reversed = new ArrayList<>();
    for (Expr factor : factors.reversed()) {
      reversed.add(transposed(expressions, factor));
    }
    return reversed;
  }

  static Expr transposed(Expressions expressions, Expr node) {
    return isTranspose(node)
        ? ((Apply) node).argument(0)
        : expressions.apply(Primitive.TRANSPOSE, List.of(node));
  }
}
