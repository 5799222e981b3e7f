package gradsmith.render;

import java.util.ArrayList;
import java.util.List;

/**
 * Breaks a formula into lines where the language lets a statement go on: after an operator or a
 * comma, or at any blank inside brackets. It prefers the places that are in the fewest brackets.
 */
final class LineBreaker {

  private static final String OPERATORS = "+-−*/⊙⊘⊗·,<>=";

  private LineBreaker() {}

  /**
   * Breaks {@code formula}.
   *
   * @param first the room on the first line
   * @param rest the room on the others
   */
  static List<String> lines(String formula, int first, int rest) {
    List<String> lines = new ArrayList<>();
    String remaining = formula;
    int room = first;
    int depth = 0;
    while (remaining.length() > room) {
      int at = place(remaining, room, depth);
      if (at < 0) {
        break;
      }
      String line = remaining.substring(0, at);
      lines.add(line.stripTrailing());
      depth = depth(line, depth);
      remaining = remaining.substring(at);
      room = rest;
    }
    lines.add(remaining);
    return lines;
  }

  /** Returns where the next line starts, or -1 if there is no place for a break. */
  private static int place(String text, int room, int depthBefore) {
    int best = -1;
    int bestCost = Integer.MAX_VALUE;
    int depth = depthBefore;
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (character == '(') {
        depth++;
      } else if (character == ')') {
        depth--;
      } else if (character == ' ' && i > 0) {
        boolean operator = OPERATORS.indexOf(text.charAt(i - 1)) >= 0;
        boolean sum = i > 1 && "+-−,".indexOf(text.charAt(i - 1)) >= 0;
        if (operator || depth > 0) {
          int cost = 3 * depth + (sum ? 0 : operator ? 1 : 2);
          boolean late = i >= room / 2; // a line that is nearly empty looks broken
          if (i > room) {
            return best >= 0 ? best : i + 1;
          }
          if (cost <= bestCost || (late && best < room / 2 && cost <= bestCost + 3)) {
            best = i + 1;
            bestCost = cost;
          }
        }
      }
      if (i > room && best >= 0) {
        return best;
      }
    }
    return best;
  }

  private static int depth(String line, int before) {
    int depth = before;
    for (int i = 0; i < line.length(); i++) {
      depth += line.charAt(i) == '(' ? 1 : line.charAt(i) == ')' ? -1 : 0;
    }
    return depth;
  }
}
