package gradsmith.language;

import gradsmith.source.AsciiText;
import gradsmith.source.Greek;

/**
 * What the spelling of a name says of its rank: a capital is a matrix, a small letter a–g and a
 * Greek letter a number, every other small name a vector. Digits, and what follows a `_`, change
 * nothing.
 */
final class NameSpelling {

  private NameSpelling() {}

  static Rank rank(String name) {
    String ascii = AsciiText.name(name);
    if (Character.isUpperCase(ascii.codePointAt(0))) {
      return Rank.MATRIX;
    }
    return isLetterOfNumber(ascii) || Greek.begins(name) ? Rank.NUMBER : Rank.VECTOR;
  }

  /** Says in words what the spelling of {@code name} is. */
  static String description(String name) {
    return switch (rank(name)) {
      case MATRIX -> "its name starts with a capital";
      case NUMBER -> "its name is a letter a–g or Greek";
      case VECTOR, ROW -> "its name is in lower case";
    };
  }

  private static boolean isLetterOfNumber(String name) {
    char first = name.charAt(0);
    if (first < 'a' || first > 'g') {
      return false;
    }
    int end = 1;
    while (end < name.length() && Character.isDigit(name.charAt(end))) {
      end++;
    }
    return end == name.length() || name.charAt(end) == '_';
  }
}
