package gradsmith.check;

import gradsmith.evaluate.Evaluator;
import gradsmith.evaluate.RandomInstance;
import gradsmith.evaluate.RealField;
import gradsmith.evaluate.Tensor;
import gradsmith.expr.Apply;
import gradsmith.expr.Variable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;

/**
 * Central differences with the step halved twice and extrapolated to zero (Richardson 1911). They
 * need nothing but values of the program; the error is estimated from how far the last two
 * extrapolations differ.
 */
public final class CentralDifferences implements Witness {

  /** Steps to begin with: near a kink or a pole only a small one stays on this side of it. */
  private static final double[] STEPS = {2e-2, 1e-3, 5e-5, 2e-6};

  private static final double[] CURVATURE_STEPS = {2e-2, 5e-3, 1e-3};

  private static final double ROUNDING = 0x1p-52;

  /** How many roundings each value is taken to bear. */
  private static final double ROUNDINGS = 10;

  /**
   * How the error of values grows in a slope and in a curvature: the shortest quotient is of two
   * values over half a step, or of four over a quarter of its square, and extrapolation multiplies
   * it by 64/45.
   */
  private static final double IN_SLOPE = 6.4;

  private static final double IN_CURVATURE = 25.6;

  /** A step over which a smooth function's second difference is less than a rounding. */
  private static final double TINY = 1e-9;

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

  /** What is differenced, at one point. */
  private static final class Values {
    private final double[] values;

    /** The largest number on the way to them, whose rounding they bear. */
    private final double magnitude;

    Values(double[] values, double magnitude) {
      this.values = values;
      this.magnitude = magnitude;
    }
  }

  @Override
  public Slope[] slopes(
      ForwardProgram program, RandomInstance point, Map<Variable, double[]> direction) {
    return differenced(direction, step -> at(program, point, direction, step));
  }

  @Override
  public Slope curvature(
      ForwardProgram program,
      RandomInstance point,
      Map<Variable, double[]> first,
      Map<Variable, double[]> second) {
    Map<Variable, double[]> sum = combined(first, second, 1);
    Map<Variable, double[]> difference = combined(first, second, -1);
    double noise = noise(program, point, sum);
    Slope best = Slope.NONE;
    for (double step : CURVATURE_STEPS) {
      Slope slope = extrapolatedCurvature(program, point, sum, difference, step, noise);
      Slope before = doubted(best, slope);
      best = Double.isNaN(before.error()) || slope.error() < before.error() ? slope : before;
    }
    return best;
  }

  /**
   * Returns by how much the value is off for the rounding in it, also where a badly conditioned
   * matrix makes much of it: its second differences over steps so short that they are nothing else.
   * Moré & Wild (2011), Estimating computational noise.
   */
  private double noise(
      ForwardProgram program, RandomInstance point, Map<Variable, double[]> direction) {
    double noise = 0;
    for (double center : new double[] {-CURVATURE_STEPS[0], 0, CURVATURE_STEPS[0]}) {
      double[] values = new double[5];
      for (int i = 0; i < values.length; i++) {
        values[i] = at(program, point, direction, center + i * TINY).values[0];
      }
      for (int i = 2; i < values.length; i++) {
        noise = Math.max(noise, Math.abs(values[i - 2] - 2 * values[i - 1] + values[i]));
      }
    }
    return noise;
  }

  /** A smaller step that disagrees shows that the larger one was as far off. */
  private static Slope doubted(Slope larger, Slope smaller) {
    double apart = Math.abs(larger.value() - smaller.value()) - smaller.error();
    return apart > larger.error() ? new Slope(larger.value(), apart, larger.magnitude()) : larger;
  }

  /** ∂²f/∂s∂t = (q(u + v) - q(u - v)) / 4 of second differences q, extrapolated twice. */
  private Slope extrapolatedCurvature(
      ForwardProgram program,
      RandomInstance point,
      Map<Variable, double[]> sum,
      Map<Variable, double[]> difference,
      double step,
      double noise) {
    double[] quotients = new double[3];
    double magnitude = 1;
    for (int i = 0; i < quotients.length; i++) {
      double length = step / (1 << i);
      double total = 0;
      for (int sign = -1; sign <= 1; sign += 2) {
        Values plus = at(program, point, sum, sign * length);
        Values minus = at(program, point, difference, sign * length);
        total += plus.values[0] - minus.values[0];
        magnitude = Math.max(magnitude, Math.max(plus.magnitude, minus.magnitude));
      }
      quotients[i] = total / (4 * length * length);
    }
    double first = (4 * quotients[1] - quotients[0]) / 3;
    double second = (4 * quotients[2] - quotients[1]) / 3;
    double value = (16 * second - first) / 15;
    double error =
        Math.abs(value - second)
            + IN_CURVATURE * Math.max(ROUNDINGS * ROUNDING * magnitude, noise) / (step * step);
    return Double.isNaN(error)
        ? Slope.NONE
        : new Slope(value, error, Math.max(magnitude, Math.abs(value)));
  }

  private Values at(
      ForwardProgram program,
      RandomInstance point,
      Map<Variable, double[]> direction,
      double step) {
    Largest largest = new Largest();
    Evaluator<double[]> run = program.run(field, point, moved(direction, step), largest);
    Tensor<double[]> value = run.evaluate(program.value());
    return new Values(value.entries(), largest.magnitude);
  }

  /** Returns {@code first} + {@code sign} {@code second}. */
  private Map<Variable, double[]> combined(
      Map<Variable, double[]> first, Map<Variable, double[]> second, double sign) {
    Map<Variable, double[]> combined = new HashMap<>(first);
    second.forEach(
        (variable, entries) -> combined.merge(variable, field.scale(entries, sign), field::add));
    return combined;
  }

  private Map<Variable, double[]> moved(Map<Variable, double[]> direction, double step) {
    Map<Variable, double[]> offsets = new HashMap<>();
    direction.forEach((variable, entries) -> offsets.put(variable, field.scale(entries, step)));
    return offsets;
  }

  /** The largest number of a run. */
  private static final class Largest implements Evaluator.Observer<double[]> {
    private double magnitude = 1;

    @Override
    public void computed(
        Apply node, List<Tensor<double[]>> arguments, Tensor<double[]> value, boolean within) {
      for (double number : value.entries()) {
        magnitude = Double.isFinite(number) ? Math.max(magnitude, Math.abs(number)) : magnitude;
      }
    }
  }

  private Slope[] differenced(Map<Variable, double[]> direction, DoubleFunction<Values> at) {
    double longest = 0;
    for (double[] entries : direction.values()) {
      for (double entry : entries) {
        longest = Math.max(longest, Math.abs(entry));
      }
    }
    if (longest == 0) {
      Slope[] none = new Slope[at.apply(0).values.length];
      Arrays.fill(none, new Slope(0, 0, 0));
      return none;
    }
    Slope[] best = {};
    for (double step : STEPS) {
      Slope[] slopes = extrapolated(at, step / longest);
      if (best.length == 0) {
        best = slopes;
      }
      boolean exact = true;
      for (int i = 0; i < slopes.length; i++) {
        best[i] = slopes[i].error() >= best[i].error() ? best[i] : slopes[i];
        exact &= best[i].error() <= 0.01 * tolerance() * Math.abs(best[i].value());
      }
      if (exact) {
        break;
      }
    }
    return best;
  }

  private static Slope[] extrapolated(DoubleFunction<Values> at, double step) {
    double[][] quotients = new double[3][];
    double magnitude = 1; // of what the value is computed from, though it may cancel to nothing
    for (int i = 0; i < quotients.length; i++) {
      double length = step / (1 << i);
      Values ahead = at.apply(length);
      Values behind = at.apply(-length);
      quotients[i] = new double[ahead.values.length];
      for (int j = 0; j < quotients[i].length; j++) {
        quotients[i][j] = (ahead.values[j] - behind.values[j]) / (2 * length);
      }
      magnitude = Math.max(magnitude, Math.max(ahead.magnitude, behind.magnitude));
    }
    Slope[] slopes = new Slope[quotients[0].length];
    for (int j = 0; j < slopes.length; j++) {
      double first = (4 * quotients[1][j] - quotients[0][j]) / 3;
      double second = (4 * quotients[2][j] - quotients[1][j]) / 3;
      double value = (16 * second - first) / 15;
      double error = Math.abs(value - second) + IN_SLOPE * ROUNDINGS * ROUNDING * magnitude / step;
      slopes[j] =
          Double.isNaN(error)
              ? new Slope(Double.NaN, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY)
              : new Slope(value, error, Math.max(magnitude, Math.abs(value)));
    }
    return slopes;
  }
}
