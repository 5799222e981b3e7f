package gradsmith.render;

import gradsmith.expr.Rational;
import gradsmith.shape.Polynomial;
import java.util.List;

/**
 * A formula as it is set on a page: what a reader sees, before a notation spells it. Brackets are
 * left to the notation.
 */
public sealed interface Formula {

  /** A variable, a dimension or a constant with a name. */
  record Name(String name) implements Formula {}

  /** A number, not negative. */
  record Numeral(Rational value) implements Formula {}

  /** f(A, B); f'(A) for order 1. */
  record Call(String name, int order, List<Formula> arguments) implements Formula {}

  /**
   * The sum of the entries of each row, of each column, or of all.
   *
   * @param over the lengths that are summed over
   * @param mean whether it is divided by them
   */
  record Reduction(Axis axis, List<Polynomial> over, boolean mean, Formula argument)
      implements Formula {

    /** What is summed. */
    public enum Axis {
      ROW,
      COLUMN,
      ALL
    }

    /** Returns the name of the function. */
    public String name() {
      return switch (axis) {
        case ROW -> mean ? "rowmean" : "rowsum";
        case COLUMN -> mean ? "colmean" : "colsum";
        case ALL -> mean ? "mean" : "sum";
      };
    }
  }

  /** ‖A‖. */
  record Norm(Formula argument) implements Formula {}

  /** A + B - C. */
  record Sum(List<Term> terms) implements Formula {}

  /** A term and its sign. */
  record Term(boolean negative, Formula formula) {}

  /** -A. */
  record Negative(Formula operand) implements Formula {}

  /** A B C, side by side. */
  record Product(List<Formula> factors) implements Formula {}

  /** A ⊙ B ⊘ C; without a numerator 1 ⊘ C. */
  record Hadamard(List<Formula> factors, List<Formula> divisors) implements Formula {}

  /** A / b. */
  record Quotient(Formula dividend, Formula divisor) implements Formula {}

  /** A ^ k, or A .^ k. */
  record Power(Formula base, Formula exponent, boolean elementwise) implements Formula {}

  /** Aᵀ. */
  record Transpose(Formula operand) implements Formula {}

  /** A ⊗ B. */
  record Kronecker(Formula left, Formula right) implements Formula {}

  /** A > B. */
  record Comparison(String operator, Formula left, Formula right) implements Formula {}
}
