package gradsmith.language;

import gradsmith.expr.Rational;
import gradsmith.shape.Length;
import gradsmith.shape.Polynomial;
import gradsmith.source.Diagnostic;
import gradsmith.source.Diagnostics;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads what stands in a place for a length: a polynomial with whole coefficients in dimensions,
 * {@code n + m}, {@code 2 d}, {@code rows(A) + 1}.
 */
final class LengthReader {

  private static final int MOST_FACTORS = 100;

  private final Function<Ast, @Nullable Length> parts;
  private final String remedy;
  private final Diagnostics diagnostics;

  /**
   * Reads lengths in which names and calls are what {@code parts} says, or null after it reported
   * why they are none.
   *
   * @param remedy what a length is put together from
   */
  LengthReader(Function<Ast, @Nullable Length> parts, String remedy, Diagnostics diagnostics) {
    this.parts = parts;
    this.remedy = remedy;
    this.diagnostics = diagnostics;
  }

  /** Returns the length that {@code ast} says, or null after reporting why it says none. */
  @Nullable Length read(Ast ast) {
    try {
      Length length = part(ast);
      Polynomial value = length == null ? null : length.value();
      if (value == null || value.canBePositive()) {
        return length;
      }
      diagnostics.add(
          Diagnostic.error(
              ast.span(),
              "a length is at least 1" + (ast instanceof Ast.Numeral ? "" : "; this is " + value),
              remedy));
    } catch (ArithmeticException e) {
      diagnostics.add(Settling.tooLarge(ast.span()));
    }
    return null;
  }

  private @Nullable Length part(Ast ast) {
    return switch (ast) {
      case Ast.Numeral numeral -> number(numeral);
      case Ast.Name name -> parts.apply(name);
      case Ast.Call call -> parts.apply(call);
      case Ast.Negation negation -> negated(part(negation.operand()));
      case Ast.Sum sum -> sum(sum);
      case Ast.Product product -> product(product);
      case Ast.Power power -> power(power);
      case Ast.Transposition transposition -> reported(ast);
      case Ast.Comparison comparison -> reported(ast);
    };
  }

  private @Nullable Length number(Ast.Numeral numeral) {
    Length length = whole(numeral.value());
    if (length == null) {
      diagnostics.add(
          Diagnostic.error(numeral.span(), "a length is a whole number, or a name", remedy));
    }
    return length;
  }

  /**
   * Returns {@code value} as a length, or null if it is no whole number.
   *
   * @throws ArithmeticException if it is too large
   */
  static @Nullable Length whole(Rational value) {
    return value.isInteger()
        ? Length.of(Polynomial.of(value.numerator().intValueExact()), null)
        : null;
  }

  private @Nullable Length reported(Ast ast) {
    diagnostics.add(none(ast, remedy));
    return null;
  }

  /** Returns the error that {@code ast} is no length. */
  static Diagnostic none(Ast ast, String remedy) {
    return Diagnostic.error(ast.span(), "this is no length", remedy);
  }

  private static @Nullable Length negated(@Nullable Length length) {
    return length == null ? null : Length.product(Length.of(Polynomial.of(-1), null), length);
  }

  private @Nullable Length sum(Ast.Sum sum) {
    Length result = null;
    for (Ast.Term term : sum.terms()) {
      Length operand = part(term.operand());
      operand = term.negative() ? negated(operand) : operand;
      if (operand == null) {
        return null;
      }
      result = result == null ? operand : Length.sum(result, operand);
    }
    return result;
  }

  private @Nullable Length product(Ast.Product product) {
    Length result = null;
    for (Ast.Factor factor : product.factors()) {
      Length operand =
          result == null || factor.operator() == Ast.ProductOperator.TIMES
              ? part(factor.operand())
              : reported(product);
      if (operand == null) {
        return null;
      }
      result = result == null ? operand : Length.product(result, operand);
    }
    return result;
  }

  private @Nullable Length power(Ast.Power power) {
    Length base = part(power.base());
    Rational exponent = power.exponent() instanceof Ast.Numeral numeral ? numeral.value() : null;
    if (base == null) {
      return null;
    }
    if (exponent == null || !exponent.isInteger()) {
      return reported(power.exponent());
    }
    if (exponent.compareTo(Rational.of(MOST_FACTORS)) > 0) {
      throw new ArithmeticException("a length with too many factors");
    }
    Length result = Length.of(Polynomial.ONE, null);
    for (int i = 0; i < exponent.numerator().intValueExact(); i++) {
      result = Length.product(result, base);
    }
    return result;
  }
}
