package gradsmith.algebra;

import gradsmith.algebra.Algebra.Scaled;
import gradsmith.expr.Constant;
import gradsmith.expr.Expr;
import gradsmith.expr.Operator;
import gradsmith.expr.Operator.Primitive;
import gradsmith.shape.Dimension;
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
    List<Dimension> target = shape.leading();
    for (int fromRight = value.shape().leading().size() - 1; fromRight >= 0; fromRight--) {
      List<Dimension> axes = result.shape().leading();
      Dimension axis = axes.get(axes.size() - 1 - fromRight);
      boolean wanted = fromRight < target.size();
      if (!wanted || (target.get(target.size() - 1 - fromRight).isOne() && !axis.isOne())) {
        result = algebra.apply(new Operator.AxisSum(fromRight, wanted), List.of(result));
      }
    }
    return repeated(result, target);
  }

  private Expr repeated(Expr value, List<Dimension> leading) {
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
    boolean numbers = shape.isScalarMatrix();
    if (Algebra.is(base, Primitive.PRODUCT) && (isOfOnes(base) || isOfNumbers(base))) {
      List<Expr> factors = new ArrayList<>(Algebra.arguments(base));
      if (numbers) {
        factors.add(algebra.ones(shape));
        factors = Algebra.sorted(factors);
      } else {
        factors.replaceAll(factor -> restacked(factor, leading));
      }
      return algebra.scale(scaled.factor(), algebra.node(Primitive.PRODUCT, factors));
    }
    List<Expr> factors = new ArrayList<>(numbers ? List.of(base) : algebra.entries(base));
    factors.add(algebra.ones(shape));
    return algebra.scale(
        scaled.factor(),
        algebra.node(numbers ? Primitive.PRODUCT : Primitive.HADAMARD, Algebra.sorted(factors)));
  }

  /** Returns {@code term} without what repeats it along leading axes. */
  Expr unrepeated(Expr term) {
    if (term.shape().leading().isEmpty()) {
      return term;
    }
    if (term instanceof Constant constant && constant.value() instanceof Constant.Value.Fill fill) {
      return algebra
          .expressions()
          .fill(fill.value(), Shape.matrix(term.shape().rows(), term.shape().columns()));
    }
    boolean entrywise = Algebra.is(term, Primitive.HADAMARD);
    if (!entrywise
        && !(Algebra.is(term, Primitive.PRODUCT) && (isOfOnes(term) || isOfNumbers(term)))) {
      return term;
    }
    List<Expr> factors = new ArrayList<>();
    boolean changed = false;
    for (Expr factor : Algebra.arguments(term)) {
      boolean repeats = Algebra.isOnes(factor) && !factor.shape().leading().isEmpty();
      changed |= repeats;
      if (!repeats) {
        factors.add(factor);
      } else if (!entrywise && !factor.shape().isScalarMatrix()) {
        factors.add(restacked(factor, List.of()));
      }
    }
    return !changed ? term : entrywise ? algebra.hadamard(factors) : algebra.product(factors);
  }

  /** Gives a column of ones among the factors of a product other leading axes. */
  private Expr restacked(Expr factor, List<Dimension> leading) {
    return factor.shape().isScalarMatrix() || !factor.shape().columns().isOne()
        ? factor
        : algebra.ones(new Shape(leading, factor.shape().rows(), Dimension.Fixed.ONE));
  }

  /** Tells whether {@code product} is a number times a matrix of ones. */
  private static boolean isOfOnes(Expr product) {
    List<Expr> factors = Algebra.arguments(product);
    boolean matrix = false;
    boolean column = false;
    for (Expr factor : factors) {
      if (!factor.shape().isScalarMatrix()) {
        if (!Algebra.isOnes(factor)) {
          return false;
        }
        matrix = true;
        column |= factor.shape().columns().isOne();
      }
    }
    return matrix && column;
  }

  private static boolean isOfNumbers(Expr product) {
    return product.shape().isScalarMatrix() && !Products.isInnerProduct(product);
  }
}
