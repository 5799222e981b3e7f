package gradsmith.check;

import gradsmith.evaluate.RandomInstance;
import gradsmith.expr.Variable;
import java.util.Map;

/**
 * Someone who can tell the derivatives of a program's value without knowing our rules of
 * differentiation.
 */
public interface Witness {

  /** Returns what reports call it. */
  String name();

  /** Returns the relative difference from which on a formula is wrong. */
  double tolerance();

  /** Tells whether it can tell anything about {@code program}. */
  default boolean canJudge(ForwardProgram program) {
    return true;
  }

  /**
   * Returns for each entry of the program's value its derivative by t at t = 0, where each variable
   * of {@code direction} is moved by t times its entry; what is not a number has no slope there.
   */
  Slope[] slopes(ForwardProgram program, RandomInstance point, Map<Variable, double[]> direction);

  /** Returns the slope of a scalar value. */
  default Slope slope(
      ForwardProgram program, RandomInstance point, Map<Variable, double[]> direction) {
    return slopes(program, point, direction)[0];
  }

  /**
   * Returns the second derivative of a scalar value, by s and t at 0, where variables are moved by
   * s {@code first} + t {@code second}.
   */
  Slope curvature(
      ForwardProgram program,
      RandomInstance point,
      Map<Variable, double[]> first,
      Map<Variable, double[]> second);

  /**
   * A directional derivative.
   *
   * @param value the derivative
   * @param error how far off it may be by rounding and truncation
   * @param magnitude the largest number that was met on the way
   */
  record Slope(double value, double error, double magnitude) {

    /** What is said where there is no derivative. */
    static final Slope NONE = new Slope(Double.NaN, Double.NaN, Double.NaN);
  }
}
