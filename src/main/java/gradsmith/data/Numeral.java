package gradsmith.data;

import java.util.Locale;
import java.util.regex.Pattern;

/** Numbers as people and other programs write them into files. */
final class Numeral {

  private static final Pattern FINITE =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

  private Numeral() {}

  static boolean is(String text) {
    return FINITE.matcher(text).matches() || !Double.isNaN(special(text)) || isNotANumber(text);
  }

  /** Returns the number that {@code text}, which is one, says. */
  static double of(String text) {
    return FINITE.matcher(text).matches() ? Double.parseDouble(text) : special(text);
  }

  /** Says how many numbers {@code count} are. */
  static String counted(int count) {
    return count == 1 ? "1 number" : count + " numbers";
  }

  private static boolean isNotANumber(String text) {
    return text.equalsIgnoreCase("nan");
  }

  private static double special(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      default -> Double.NaN;
    };
  }
}
