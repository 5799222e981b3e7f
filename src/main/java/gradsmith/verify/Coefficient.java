package gradsmith.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a formula, or a term of one, must be multiplied by.
 *
 * @param text the factor as one would write it, {@code 2}, {@code 1/n}, {@code -1}
 * @param zero whether it is 0
 * @param one whether it is 1
 * @param sign whether it is -1
 */
record Coefficient(String text, boolean zero, boolean one, boolean sign) {

  private static final int LARGEST = 12;
  private static final double TOLERANCE = 1e-6;

  /**
   * Returns the simple factor that has {@code values} at some points, or null.
   *
   * @param quantities what else it may depend on, with the value at each point
   */
  static @Nullable Coefficient of(double[] values, Map<String, double[]> quantities) {
    String number = number(values);
    if (number != null) {
      return new Coefficient(number, number.equals("0"), number.equals("1"), number.equals("-1"));
    }
    List<Map.Entry<String, double[]>> all = new ArrayList<>(quantities.entrySet());
    for (Map.Entry<String, double[]> quantity : all) {
      double[] divided = values.clone();
      double[] multiplied = values.clone();
      for (int i = 0; i < values.length; i++) {
        divided[i] /= quantity.getValue()[i];
        multiplied[i] *= quantity.getValue()[i];
      }
      String factor = number(divided);
      if (factor != null) {
        return dependent(
            factor.equals("1")
                ? quantity.getKey()
                : factor.equals("-1") ? "-" + quantity.getKey() : factor + " " + quantity.getKey());
      }
      String dividend = number(multiplied);
      if (dividend != null) {
        String divisor =
            quantity.getKey().indexOf(' ') < 0 ? quantity.getKey() : "(" + quantity.getKey() + ")";
        return dependent(dividend + "/" + divisor);
      }
    }
    return null;
  }

  private static Coefficient dependent(String text) {
    return new Coefficient(text, false, false, false);
  }

  /** Returns the fraction of small numbers that all of {@code values} are, or null. */
  private static @Nullable String number(double[] values) {
    double first = values[0];
    for (double value : values) {
      if (!(Math.abs(value - first) <= TOLERANCE * Math.max(1, Math.abs(first)))) {
        return null;
      }
    }
    for (int below = 1; below <= LARGEST; below++) {
      double above = first * below;
      long whole = Math.round(above);
      if (Math.abs(above - whole) <= TOLERANCE * Math.max(1, Math.abs(above))
          && Math.abs(whole) <= LARGEST * LARGEST) {
        return below == 1 ? String.valueOf(whole) : whole + "/" + below;
      }
    }
    return null;
  }
}
