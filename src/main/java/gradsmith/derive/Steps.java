package gradsmith.derive;

import gradsmith.expr.Binding;
import java.util.List;

/**
 * A derivation as a lecturer writes it on the board.
 *
 * @param lines the program, an operation a line, in an order in which they can be computed
 * @param reverse whether the steps go from the value back to the variables, carrying cotangents;
 *     else they go forward and carry differentials
 * @param steps the steps, in their order; the last result for a variable is its derivative
 */
public record Steps(List<Binding> lines, boolean reverse, List<Step> steps) {

  /** Copies the lists. */
  public Steps {
    lines = List.copyOf(lines);
    steps = List.copyOf(steps);
  }
}
