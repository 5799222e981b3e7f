package gradsmith.check;

import gradsmith.check.Witness.Slope;
import gradsmith.derive.Derivative;
import gradsmith.evaluate.RandomInstance;
import gradsmith.evaluate.Tensor;
import gradsmith.expr.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Compares a derivative that is no gradient with a witness at one point: a Jacobian column by
 * column, a Hessian entry by entry while that is affordable and else in random directions.
 */
final class EntryComparison {

  private final ForwardProgram forward;
  private final RandomInstance point;
  private final Map<Variable, Tensor<double[]>> directions;
  private final Random random;

  /** How many runs of the program one derivative may take. */
  private final double affordable;

  private double maxRelativeError;
  private boolean undefined;

  EntryComparison(
      ForwardProgram forward,
      RandomInstance point,
      Map<Variable, Tensor<double[]>> directions,
      Random random,
      double affordable) {
    this.forward = forward;
    this.point = point;
    this.directions = directions;
    this.random = random;
    this.affordable = affordable;
  }

  /** Returns the largest relative error of all comparisons that agreed. */
  double maxRelativeError() {
    return maxRelativeError;
  }

  /** Tells whether a witness had no derivative here. */
  boolean undefined() {
    return undefined;
  }

  /**
   * Returns the first entry that disagrees, or null.
   *
   * @param first tells whether {@code witness} is the one whose whole difference is reported
   */
  CheckReport.@Nullable Failure compare(
      Derivative derivative, Tensor<double[]> formula, Witness witness, boolean first) {
    Entries entries = new Entries(derivative, formula, witness, first);
    switch (derivative.kind()) {
      case GRADIENT -> throw new IllegalStateException("gradients are compared together");
      case DIFFERENTIAL -> differential(entries);
      case JACOBIAN -> jacobian(entries);
      case RESTRICTED -> restricted(entries);
      case HVP -> product(entries);
      case HESSIAN -> hessian(entries);
    }
    return entries.failure;
  }

  private void differential(Entries entries) {
    Variable by = entries.derivative.variable();
    ForwardProgram program = forward.of(entries.derivative.of());
    Slope[] slopes = entries.witness.slopes(program, point, Map.of(by, entries.direction()));
    for (int i = 0; i < slopes.length; i++) {
      entries.compare(List.of(i + 1), entries.formula.entries()[i], slopes[i]);
    }
  }

  private void jacobian(Entries entries) {
    Variable by = entries.derivative.variable();
    int[] axes = point.sizes().axes(by.shape());
    ForwardProgram program = forward.of(entries.derivative.of());
    int[] valueAxes = point.sizes().axes(program.value().shape());
    int columns = entries.formula.columns();
    for (int j = 0; j < columns; j++) {
      Slope[] slopes =
          entries.witness.slopes(program, point, Map.of(by, unit(stacked(j, axes), columns)));
      for (int i = 0; i < slopes.length; i++) {
        double number = entries.formula.entries()[i * columns + j];
        entries.compare(List.of(i + 1, j + 1), number, slopes[stacked(i, valueAxes)]);
      }
    }
  }

  /** Moves the entries (i, j) and (j, i) of a symmetric variable together. */
  private void restricted(Entries entries) {
    Variable by = entries.derivative.variable();
    boolean diagonal = by.has(gradsmith.expr.Property.DIAGONAL);
    int size = entries.formula.rows();
    for (int i = 0; i < size; i++) {
      for (int j = 0; j <= i; j++) {
        double[] step = unit(i * size + j, size * size);
        step[j * size + i] = 1;
        Slope slope =
            diagonal && i != j
                ? new Slope(0, 0, 0)
                : entries.witness.slope(forward, point, Map.of(by, step));
        double[] numbers = entries.formula.entries();
        entries.compare(List.of(i + 1, j + 1), numbers[i * size + j], slope);
        entries.compare(List.of(j + 1, i + 1), numbers[j * size + i], slope);
      }
    }
  }

  private void product(Entries entries) {
    Variable by = entries.derivative.variable();
    double[] direction = entries.direction();
    double[] formula = entries.formula.entries();
    if (2.0 * formula.length <= affordable) {
      for (int i = 0; i < formula.length; i++) {
        Slope slope =
            entries.witness.curvature(
                forward, point, Map.of(by, unit(i, formula.length)), Map.of(by, direction));
        entries.compare(List.of(i + 1), formula[i], slope);
      }
      return;
    }
    double[] other = random(formula.length);
    InnerProduct product = InnerProduct.of(formula, other);
    Slope slope =
        entries.witness.curvature(forward, point, Map.of(by, other), Map.of(by, direction));
    entries.compare(List.of(), product.value(), slope, product.scale());
  }

  private void hessian(Entries entries) {
    Variable row = entries.derivative.by().getFirst();
    Variable column = entries.derivative.by().getLast();
    int rows = entries.formula.rows();
    int columns = entries.formula.columns();
    double[] formula = entries.formula.entries();
    int[] rowAxes = point.sizes().axes(row.shape());
    int[] columnAxes = point.sizes().axes(column.shape());
    if (2.0 * rows * columns <= affordable) {
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          Slope slope =
              entries.witness.curvature(
                  forward,
                  point,
                  Map.of(row, unit(stacked(i, rowAxes), rows)),
                  Map.of(column, unit(stacked(j, columnAxes), columns)));
          entries.compare(List.of(i + 1, j + 1), formula[i * columns + j], slope);
        }
      }
      return;
    }
    double[] u = random(rows);
    double[] v = random(columns);
    double value = 0;
    double scale = 0;
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        double term = u[stacked(i, rowAxes)] * formula[i * columns + j] * v[stacked(j, columnAxes)];
        value += term;
        scale += Math.abs(term);
      }
    }
    entries.compare(
        List.of(),
        value,
        entries.witness.curvature(forward, point, Map.of(row, u), Map.of(column, v)),
        scale);
  }

  /** Returns the place in row-major order of entry {@code i} of the stacked columns. */
  private static int stacked(int i, int[] axes) {
    int rows = axes[axes.length - 2];
    int columns = axes[axes.length - 1];
    int matrix = i / (rows * columns);
    int within = i % (rows * columns);
    return matrix * rows * columns + within % rows * columns + within / rows;
  }

  private static double[] unit(int index, int length) {
    double[] unit = new double[length];
    unit[index] = 1;
    return unit;
  }

  private double[] random(int length) {
    double[] result = new double[length];
    for (int i = 0; i < length; i++) {
      result[i] = (random.nextBoolean() ? 1 : -1) * (0.5 + random.nextDouble());
    }
    return result;
  }

  /** The entries of one derivative and what was found about them. */
  private final class Entries {
    private final Derivative derivative;
    private final Tensor<double[]> formula;
    private final Witness witness;
    private final boolean first;
    private final double largest;
    private CheckReport.@Nullable Failure failure;

    Entries(Derivative derivative, Tensor<double[]> formula, Witness witness, boolean first) {
      this.derivative = derivative;
      this.formula = formula;
      this.witness = witness;
      this.first = first;
      double most = 0;
      for (double entry : formula.entries()) {
        most = Math.max(most, Math.abs(entry));
      }
      this.largest = most;
    }

    /** Returns the value of the direction that the formula is written in. */
    double[] direction() {
      Tensor<double[]> known = directions.get(derivative.direction());
      if (known == null) {
        throw new IllegalStateException("no direction of " + derivative.variable());
      }
      return known.entries();
    }

    void compare(List<Integer> entry, double number, Slope slope) {
      compare(entry, number, slope, largest);
    }

    void compare(List<Integer> entry, double number, Slope slope, double scale) {
      if (Double.isNaN(slope.value())) {
        undefined = true;
        return;
      }
      InnerProduct product = new InnerProduct(number, scale);
      if (!(product.relativeError(slope) <= witness.tolerance()) && failure == null) {
        List<String> names = new ArrayList<>();
        derivative.by().forEach(variable -> names.add(variable.name()));
        failure =
            new CheckReport.Failure(
                String.join(",", names), entry, number, witness.name(), slope.value());
      } else {
        maxRelativeError = Math.max(maxRelativeError, product.reportedError(slope, first));
      }
    }
  }
}
