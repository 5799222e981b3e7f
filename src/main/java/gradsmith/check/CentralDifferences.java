package gradsmith.check;

import gradsmith.evaluate.DerivativeField;
import gradsmith.evaluate.Evaluator;
import gradsmith.evaluate.Field;
import gradsmith.evaluate.RandomInstance;
import gradsmith.evaluate.RealField;
import gradsmith.evaluate.Tensor;
import gradsmith.expr.Variable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleFunction;
import org.apache.commons.math3.analysis.differentiation.DerivativeStructure;

/**
 * Central differences with the step halved twice and extrapolated to zero (Richardson 1911): of
 * values of the program, or, for second derivatives, of slopes by automatic differentiation. The
 * error is estimated from how far the last two extrapolations differ.
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
    return differenced(
        direction,
        step -> {
          Evaluator<double[]> run = program.run(field, point, moved(direction, step), null);
          return values(run, run.evaluate(program.program().value()).entries(), field);
        });
  }

  @Override
  public Slope curvature(
      ForwardProgram program,
      RandomInstance point,
      Map<Variable, double[]> first,
      Map<Variable, double[]> second) {
    DerivativeField series = new DerivativeField(1);
    return differenced(
        second,
        step -> {
          Map<Variable, DerivativeStructure[]> offsets = new HashMap<>();
          first.forEach((variable, entries) -> offsets.put(variable, series.along(entries)));
          moved(second, step)
              .forEach((variable, entries) ->
                  offsets.merge(variable, series.lift(entries), series::add));
          Evaluator<DerivativeStructure[]> run = program.run(series, point, offsets, null);
          DerivativeStructure[] value = run.evaluate(program.program().value()).entries();
          return values(run, series.derivatives(value, 1), series);
        })[0];
  }

  private Map<Variable, double[]> moved(Map<Variable, double[]> direction, double step) {
    Map<Variable, double[]> offsets = new HashMap<>();
    direction.forEach((variable, entries) -> offsets.put(variable, field.scale(entries, step)));
    return offsets;
  }

  private static <A> Values values(Evaluator<A> run, double[] values, Field<A> field) {
    double magnitude = 1;
    for (Tensor<A> tensor : run.values()) {
      for (double number : field.realParts(tensor.entries())) {
        magnitude = Math.max(magnitude, Math.abs(number));
      }
    }
    for (double value : values) {
      magnitude = Math.max(magnitude, Math.abs(value));
    }
    return new Values(values, magnitude);
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
      double error = Math.abs(value - second) + 64 * ROUNDING * magnitude / step;
      slopes[j] =
          Double.isNaN(error)
              ? new Slope(Double.NaN, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY)
              : new Slope(value, error, Math.abs(value));
    }
    return slopes;
  }
}
