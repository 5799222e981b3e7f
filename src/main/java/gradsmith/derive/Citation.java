package gradsmith.derive;

import gradsmith.expr.Apply;
import gradsmith.expr.Expr;
import gradsmith.expr.Graph;
import gradsmith.expr.Variable;
import gradsmith.rules.Law;
import gradsmith.rules.Laws;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The law that a step is an instance of, as far as the step makes use of it.
 *
 * @param law what calculus says of the operation
 * @param parts what it gives: the differential, or the cotangents of the arguments
 */
public record Citation(Law law, List<Part> parts) {

  /**
   * What a law gives.
   *
   * @param name what the law calls it
   * @param formula what it is
   */
  public record Part(String name, Expr formula) {}

  /** Copies the list. */
  public Citation {
    parts = List.copyOf(parts);
  }

  /** Returns what {@code step} is an instance of, or null if there is no law of its operation. */
  static @Nullable Citation of(Step step, boolean reverse, Laws laws) {
    Apply operation = step.operation();
    Law law = operation == null ? null : laws.of(operation);
    if (operation == null || law == null) {
      return null;
    }
    return new Citation(law, reverse ? adjoints(law, operation, step) : differential(law));
  }

  /** Only those of the arguments that something comes back to, where one can tell. */
  private static List<Part> adjoints(Law law, Apply operation, Step step) {
    Set<Variable> reached = new HashSet<>();
    step.results().forEach(result -> reached.add(result.of()));
    boolean matching = operation.arguments().size() == law.adjoints().size();
    List<Part> adjoints = new ArrayList<>();
    for (int i = 0; i < law.adjoints().size(); i++) {
      Law.Adjoint adjoint = law.adjoints().get(i);
      if (!matching || isReached(operation.argument(i), reached)) {
        adjoints.add(new Part("d" + adjoint.by().name(), adjoint.formula()));
      }
    }
    return adjoints;
  }

  private static boolean isReached(Expr argument, Set<Variable> reached) {
    return Graph.variables(List.of(argument)).stream().anyMatch(reached::contains);
  }

  private static List<Part> differential(Law law) {
    return law.differential() == null
        ? List.of()
        : List.of(new Part(law.tangent().name(), law.differential()));
  }
}
