package gradsmith.render;

import gradsmith.expr.Apply;
import gradsmith.expr.Constant;
import gradsmith.expr.Expr;
import gradsmith.expr.Rational;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sets powers: roots by their name, negative exponents as divisors. */
final class PowerPresentation {

  private PowerPresentation() {}

  /** Returns the exponent of {@code power} if it is a number, else null. */
  static @Nullable Rational exponent(Apply power) {
    return power.argument(1) instanceof Constant constant
            && constant.value() instanceof Constant.Value.Fill fill
        ? fill.value()
        : null;
  }

  /** Sets a power that stands alone, or its transpose. */
  static Formula set(Apply node, boolean flip) {
    Rational exponent = exponent(node);
    if (exponent == null) {
      return new Formula.Power(
          Presentation.set(node.argument(0), flip),
          Presentation.set(node.argument(1), false),
          !node.shape().isScalarMatrix());
    }
    if (exponent.signum() > 0) {
      return power(node.argument(0), exponent, flip);
    }
    Formula divisor = power(node.argument(0), exponent.negated(), flip);
    return node.shape().isScalarMatrix()
        ? new Formula.Quotient(new Formula.Numeral(Rational.ONE), divisor)
        : new Formula.Hadamard(List.of(), List.of(divisor));
  }

  /** Sets {@code base}, or its transpose, to the power of the positive {@code exponent}. */
  static Formula power(Expr base, Rational exponent, boolean flip) {
    Formula formula = Presentation.set(base, flip);
    if (exponent.isOne()) {
      return formula;
    }
    if (exponent.equals(Rational.of(1, 2))) {
      return new Formula.Call("sqrt", 0, List.of(formula));
    }
    return new Formula.Power(
        formula, new Formula.Numeral(exponent), !base.shape().isScalarMatrix());
  }
}
