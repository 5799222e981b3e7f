package gradsmith.verify;

import java.util.function.Predicate;

/** Leaves out brackets that a change of a formula has put around what needs none. */
final class Brackets {

  private Brackets() {}

  /** Returns {@code formula} without them; {@code isRight} tells whether another means the same. */
  static String dropped(String formula, Predicate<String> isRight) {
    String shown = formula;
    for (int open = shown.indexOf('('); open >= 0; open = shown.indexOf('(', open + 1)) {
      int close = closing(shown, open);
      if (close < 0 || !isSuperfluous(shown, open, close)) {
        continue;
      }
      String without =
          shown.substring(0, open) + shown.substring(open + 1, close) + shown.substring(close + 1);
      if (isRight.test(without)) {
        shown = without;
        open--;
      }
    }
    return shown;
  }

  private static int closing(String text, int open) {
    int depth = 0;
    for (int i = open; i < text.length(); i++) {
      depth += text.charAt(i) == '(' ? 1 : text.charAt(i) == ')' ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    return -1;
  }

  /** Tells whether the brackets hold one factor, stand in others, or hold a term of a sum. */
  private static boolean isSuperfluous(String text, int open, int close) {
    if (open > 0
        && (Character.isLetterOrDigit(text.charAt(open - 1)) || at(text, open - 1) == '_')) {
      return false; // a call
    }
    String inside = text.substring(open + 1, close);
    if (inside.matches("[\\p{L}\\p{N}_]+'*")
        || inside.matches("\\w+\\(.*\\)")
            && closing(inside, inside.indexOf('(')) == inside.length() - 1) {
      return true;
    }
    char before = at(text, before(text, open));
    char after = at(text, after(text, close));
    boolean first = before == ' ' || before == '(' || before == ',';
    if (first && inside.matches("-[\\p{N}.]+")) {
      return true;
    }
    boolean term = first || before == '+' || before == '-';
    return term && (after == ' ' || ")+-,".indexOf(after) >= 0);
  }

  private static int before(String text, int index) {
    int before = index - 1;
    while (before >= 0 && text.charAt(before) == ' ') {
      before--;
    }
    return before;
  }

  private static int after(String text, int index) {
    int after = index + 1;
    while (after < text.length() && text.charAt(after) == ' ') {
      after++;
    }
    return after;
  }

  /** Returns the character there; a blank beyond the ends. */
  private static char at(String text, int index) {
    return index >= 0 && index < text.length() ? text.charAt(index) : ' ';
  }
}
