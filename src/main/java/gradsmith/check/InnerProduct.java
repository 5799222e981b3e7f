package gradsmith.check;

import gradsmith.check.Witness.Slope;
import gradsmith.expr.Variable;
import java.util.Map;

/**
 * ⟨G, D⟩.
 *
 * @param value the sum of the products of the entries
 * @param scale the sum of their absolute values
 */
record InnerProduct(double value, double scale) {

  static InnerProduct of(double[] gradient, double[] direction) {
    double value = 0;
    double scale = 0;
    for (int i = 0; i < gradient.length; i++) {
      double product = direction[i] == 0 ? 0 : gradient[i] * direction[i];
      value += product;
      scale += Math.abs(product);
    }
    return new InnerProduct(value, scale);
  }

  /** Sums over the variables of {@code direction}. */
  static InnerProduct of(Map<Variable, double[]> gradients, Map<Variable, double[]> direction) {
    double value = 0;
    double scale = 0;
    for (Map.Entry<Variable, double[]> entry : direction.entrySet()) {
      double[] gradient = gradients.get(entry.getKey());
      InnerProduct product =
          of(gradient == null ? new double[entry.getValue().length] : gradient, entry.getValue());
      value += product.value;
      scale += product.scale;
    }
    return new InnerProduct(value, scale);
  }

  /** Returns how far this is from {@code slope}; infinite if it is not a number. */
  double difference(Slope slope) {
    double difference = Math.abs(value - slope.value());
    return Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference;
  }

  /**
   * Returns the part of the difference that the slope's own error does not explain, relative to the
   * scale.
   */
  double relativeError(Slope slope) {
    double excess = difference(slope) - slope.error();
    return excess <= 0 ? 0 : Double.isInfinite(excess) ? excess : excess / size(slope);
  }

  /**
   * Returns what a report says of an agreement. Of the first witness that is the whole difference,
   * relative to the largest number that it was computed from; of the others only what their own
   * errors do not explain, for these say nothing about the formula.
   */
  double reportedError(Slope slope, boolean first) {
    double error = relativeError(slope);
    double difference = difference(slope);
    return error > 0 || difference == 0 || !first
        ? error
        : difference / Math.max(size(slope), slope.magnitude());
  }

  private double size(Slope slope) {
    return Math.max(Double.isNaN(scale) ? 0 : scale, Math.abs(slope.value()));
  }
}
