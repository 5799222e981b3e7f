package gradsmith.expr;

import gradsmith.expr.Operator.Primitive;
import gradsmith.shape.Polynomial;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Lengths as numbers: n + m is the sum of the sizes of n and m. */
public final class SizeExpressions {

  private static final int DEEPEST = 10;

  private SizeExpressions() {}

  /** Returns {@code length} as a number; {@code build} makes the sums and products. */
  public static Expr of(
      Polynomial length,
      Expressions expressions,
      BiFunction<Operator, List<Expr>, ? extends Expr> build) {
    List<Expr> terms = new ArrayList<>();
    for (Polynomial.Term term : length.terms()) {
      List<Expr> factors = new ArrayList<>();
      if (term.coefficient() != 1 || term.names().isEmpty()) {
        factors.add(expressions.number(Rational.of(term.coefficient())));
      }
      for (String name : term.names()) {
        factors.add(expressions.size(name));
      }
      terms.add(factors.size() == 1 ? factors.getFirst() : build.apply(Primitive.PRODUCT, factors));
    }
    return terms.isEmpty()
        ? expressions.number(Rational.ZERO)
        : terms.size() == 1 ? terms.getFirst() : build.apply(Primitive.SUM, terms);
  }

  /** Returns the length that {@code node} is as a number, or null if it is none. */
  public static @Nullable Polynomial polynomial(Expr node) {
    try {
      return polynomial(node, DEEPEST);
    } catch (ArithmeticException tooLarge) {
      return null;
    }
  }

  private static @Nullable Polynomial polynomial(Expr node, int depth) {
    if (node instanceof Constant constant) {
      return switch (constant.value()) {
        case Constant.Value.Size size -> Polynomial.of(size.dimension());
        case Constant.Value.Fill(Rational value, var shape)
            when shape.isScalar() && value.isInteger() ->
            Polynomial.of(value.numerator().longValueExact());
        default -> null;
      };
    }
    if (!(node instanceof Apply apply) || !node.shape().isScalar() || depth == 0) {
      return null;
    }
    if (apply.operator() instanceof Operator.Scale(Rational factor)) {
      Polynomial scaled = factor.isInteger() ? polynomial(apply.argument(0), depth - 1) : null;
      return scaled == null
          ? null
          : scaled.times(Polynomial.of(factor.numerator().longValueExact()));
    }
    boolean sum = apply.operator() == Primitive.SUM;
    if (!sum && apply.operator() != Primitive.PRODUCT) {
      return apply.operator() == Primitive.POWER ? power(apply, depth) : null;
    }
    Polynomial combined = sum ? Polynomial.ZERO : Polynomial.ONE;
    for (Expr argument : apply.arguments()) {
      Polynomial operand = polynomial(argument, depth - 1);
      if (operand == null) {
        return null;
      }
      combined = sum ? combined.plus(operand) : combined.times(operand);
    }
    return combined;
  }

  private static @Nullable Polynomial power(Apply power, int depth) {
    Polynomial base = polynomial(power.argument(0), depth - 1);
    Polynomial exponent = base == null ? null : polynomial(power.argument(1), depth - 1);
    if (base == null || exponent == null || !exponent.isNumber()) {
      return null;
    }
    long times = exponent.number();
    return times >= 0 && times <= DEEPEST ? base.power((int) times) : null;
  }
}
