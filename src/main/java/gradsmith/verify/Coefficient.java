package gradsmith.verify;

import gradsmith.language.Ast;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a formula, or a term of one, must be multiplied by.
 *
 * @param text the factor as one would write it, {@code 2}, {@code 1/n}, {@code -1}
 * @param zero whether it is 0
 * @param one whether it is 1
 * @param sign whether it is -1
 * @param simple whether it is no number with many digits
 */
record Coefficient(String text, boolean zero, boolean one, boolean sign, boolean simple) {

  private static final int LARGEST = 12;
  private static final double TOLERANCE = 1e-9;
  private static final double DIGITS = 1e-10;

  /**
   * Returns the factor that has {@code values} at some points, or null if it is neither the same
   * everywhere nor made simple by one of {@code quantities}.
   *
   * @param quantities what else it may depend on, with the value at each point
   */
  static @Nullable Coefficient of(double[] values, Map<String, double[]> quantities) {
    String number = number(values);
    if (number != null) {
      return new Coefficient(
          number, number.equals("0"), number.equals("1"), number.equals("-1"), true);
    }
    for (Map.Entry<String, double[]> quantity : quantities.entrySet()) {
      double[] divided = values.clone();
      double[] multiplied = values.clone();
      for (int i = 0; i < values.length; i++) {
        divided[i] /= quantity.getValue()[i];
        multiplied[i] *= quantity.getValue()[i];
      }
      String name = quantity.getKey();
      String factor = number(divided);
      if (factor != null) {
        return dependent(
            factor.equals("1") ? name : factor.equals("-1") ? "-" + name : factor + " " + name);
      }
      String dividend = number(multiplied);
      if (dividend != null) {
        return dependent(quotient(dividend, name));
      }
    }
    return isConstant(values) ? decimal(values[0]) : null;
  }

  /** Writes {@code dividend}, a fraction or a whole number, divided by {@code name}. */
  private static String quotient(String dividend, String name) {
    int bar = dividend.indexOf('/');
    if (bar >= 0) {
      return dividend.substring(0, bar) + "/(" + dividend.substring(bar + 1) + " " + name + ")";
    }
    return dividend + "/" + (name.indexOf(' ') < 0 ? name : "(" + name + ")");
  }

  private static Coefficient dependent(String text) {
    return new Coefficient(text, false, false, false, true);
  }

  /** Returns what {@code formula} is when it is multiplied by this, in {@code words}. */
  String times(Ast formula, String words) {
    String brackets = formula instanceof Ast.Sum ? "(" + words + ")" : words;
    if (sign) {
      return brackets.startsWith("-") ? brackets.substring(1) : "-" + brackets;
    }
    return text.startsWith("1/") ? brackets + " / " + text.substring(2) : text + " " + brackets;
  }

  /** Says that a formula lacks it. */
  String missing() {
    return sign ? "the sign is wrong" : "a factor of " + text + " is missing";
  }

  /** Writes the digits that tell it from a simple number. */
  private static Coefficient decimal(double value) {
    int digits = 2;
    while (digits < 16
        && Math.abs(rounded(value, digits).doubleValue() - value) > DIGITS * Math.abs(value)) {
      digits++;
    }
    String text = rounded(value, digits).stripTrailingZeros().toPlainString();
    return new Coefficient(text, false, false, false, false);
  }

  private static BigDecimal rounded(double value, int digits) {
    return new BigDecimal(value).round(new MathContext(digits));
  }

  private static boolean isConstant(double[] values) {
    double first = values[0];
    for (double value : values) {
      if (!(Math.abs(value - first) <= TOLERANCE * Math.max(1, Math.abs(first)))) {
        return false;
      }
    }
    return true;
  }

  /** Returns the fraction of small numbers that all of {@code values} are, or null. */
  private static @Nullable String number(double[] values) {
    if (!isConstant(values)) {
      return null;
    }
    for (int below = 1; below <= LARGEST; below++) {
      double above = values[0] * below;
      long whole = Math.round(above);
      if (Math.abs(above - whole) <= TOLERANCE * Math.max(1, Math.abs(above))
          && Math.abs(whole) <= LARGEST * LARGEST) {
        return below == 1 ? String.valueOf(whole) : whole + "/" + below;
      }
    }
    return null;
  }
}
