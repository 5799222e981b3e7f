package gradsmith.check;

import gradsmith.evaluate.Evaluator;
import gradsmith.evaluate.RandomInstance;
import gradsmith.evaluate.RealField;
import gradsmith.evaluate.Tensor;
import gradsmith.expr.Variable;
import java.util.HashMap;
import java.util.Map;

/**
 * Central differences with the step halved twice and extrapolated to zero (Richardson 1911). It
 * needs nothing but values of the program; its error is estimated from how far the last two
 * extrapolations differ.
 */
public final class CentralDifferences implements Witness {

  /** Steps to begin with: near a kink or a pole only a small one stays on this side of it. */
  private static final double[] STEPS = {2e-2, 1e-3, 5e-5, 2e-6};

  private static final double ROUNDING = 0x1p-52;

  private final RealField field = new RealField();

  /** Makes the witness; it has no state. */
  public CentralDifferences() {}

  @Override
  public String name() {
    return "central differences";
  }

  @Override
  public double tolerance() {
    return 1e-6;
  }

  @Override
  public Slope slope(
      ForwardProgram program, RandomInstance point, Map<Variable, double[]> direction) {
    double longest = 0;
    for (double[] entries : direction.values()) {
      for (double entry : entries) {
        longest = Math.max(longest, Math.abs(entry));
      }
    }
    if (longest == 0) {
      return new Slope(0, 0, 0);
    }
    Slope best = Slope.NONE;
    for (double step : STEPS) {
      Slope slope = extrapolated(program, point, direction, step / longest);
      if (!(slope.error() >= best.error())) {
        best = slope;
      }
      if (best.error() <= 0.01 * tolerance() * Math.abs(best.value())) {
        break;
      }
    }
    return best;
  }

  private Slope extrapolated(
      ForwardProgram program,
      RandomInstance point,
      Map<Variable, double[]> direction,
      double step) {
    double[] quotients = new double[3];
    double size = 1; // of what the value is computed from, though it may cancel to nothing
    for (int i = 0; i < quotients.length; i++) {
      double length = step / (1 << i);
      Value ahead = value(program, point, direction, length);
      Value behind = value(program, point, direction, -length);
      quotients[i] = (ahead.value - behind.value) / (2 * length);
      size = Math.max(size, Math.max(ahead.magnitude, behind.magnitude));
    }
    double first = (4 * quotients[1] - quotients[0]) / 3;
    double second = (4 * quotients[2] - quotients[1]) / 3;
    double value = (16 * second - first) / 15;
    double error = Math.abs(value - second) + 16 * ROUNDING * size / step;
    return Double.isNaN(error)
        ? new Slope(Double.NaN, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY)
        : new Slope(value, error, Math.abs(value));
  }

  /**
   * The program's value at one point.
   *
   * @param magnitude the largest number on the way to it, whose rounding it bears
   */
  private record Value(double value, double magnitude) {}

  private Value value(
      ForwardProgram program,
      RandomInstance point,
      Map<Variable, double[]> direction,
      double step) {
    Map<Variable, double[]> offsets = new HashMap<>();
    for (Map.Entry<Variable, double[]> entry : direction.entrySet()) {
      offsets.put(entry.getKey(), field.scale(entry.getValue(), step));
    }
    Evaluator<double[]> run = program.run(field, point, offsets, null);
    double magnitude = 0;
    for (Tensor<double[]> tensor : run.values()) {
      for (double number : tensor.entries()) {
        magnitude = Math.max(magnitude, Math.abs(number));
      }
    }
    return new Value(run.evaluate(program.program().value()).entries()[0], magnitude);
  }
}
