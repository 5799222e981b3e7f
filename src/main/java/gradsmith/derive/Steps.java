package gradsmith.derive;

import gradsmith.expr.Binding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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

  /** Returns those of {@code derivatives} that the steps tell, as the last step for each does. */
  public List<Derivative> told(List<Derivative> derivatives) {
    Map<String, Binding> last = new HashMap<>();
    for (Step step : steps) {
      step.results().forEach(result -> last.put(result.of().name(), result.binding()));
    }
    List<Derivative> told = new ArrayList<>();
    for (Derivative derivative : derivatives) {
      Binding result = last.get(derivative.variable().name());
      if (reverse && derivative.kind() == Derivative.Kind.GRADIENT && result != null) {
        told.add(derivative.as(result.value()));
      }
    }
    return List.copyOf(told);
  }

  /** Tells whether the steps tell all of {@code derivatives}. */
  public boolean tell(List<Derivative> derivatives) {
    return told(derivatives).size() == derivatives.size();
  }
}
