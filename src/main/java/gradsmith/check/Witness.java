package gradsmith.check;

import gradsmith.evaluate.RandomInstance;
import gradsmith.expr.Variable;
import java.util.Map;

/**
 * Someone who can tell the slope of a program's value without knowing our rules of differentiation.
 */
public interface Witness {

  /** Returns what reports call it. */
  String name();

  /** Returns the relative difference from which on a formula is wrong. */
  double tolerance();

  /**
   * Returns the derivative of the program's value by t at t = 0, where each variable of {@code
   * direction} is moved by t times its entry; what is not a number has no slope there.
   */
  Slope slope(ForwardProgram program, RandomInstance point, Map<Variable, double[]> direction);

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
