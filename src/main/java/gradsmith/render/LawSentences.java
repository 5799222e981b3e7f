package gradsmith.render;

import gradsmith.derive.Step;
import gradsmith.expr.Apply;
import gradsmith.expr.Expr;
import gradsmith.expr.Graph;
import gradsmith.expr.Variable;
import gradsmith.rules.Identity;
import gradsmith.rules.Law;
import gradsmith.rules.Laws;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Says which law a step is an instance of. */
final class LawSentences {

  private final Laws laws;
  private final FormulaPrinter printer;

  LawSentences(Laws laws, FormulaPrinter printer) {
    this.laws = laws;
    this.printer = printer;
  }

  /**
   * Returns sentences about the law of {@code step}, of at most {@code room} characters each if
   * they can be: {@code by matrix-product: Y = A B gives dA = dY Bᵀ, dB = Aᵀ dY}.
   */
  List<String> of(Step step, boolean reverse, int room) {
    List<String> sentences = new ArrayList<>();
    Apply line = step.operation();
    if (line == null) {
      return sentences;
    }
    String head = "by " + step.rule();
    Law law = laws.of(line);
    if (law == null) {
      sentences.add(head);
      return sentences;
    }
    String given = law.value().name() + " = " + law.head() + " gives";
    List<String> parts = reverse ? adjoints(law, line, step) : differential(law);
    String whole = head + ": " + given + " " + String.join(", ", parts);
    if (whole.length() <= room) {
      sentences.add(whole);
    } else {
      sentences.add(head + ": " + given);
      parts.forEach(part -> sentences.add("  " + part));
    }
    return sentences;
  }

  /** Only those of the arguments that something comes back to, where one can tell. */
  private List<String> adjoints(Law law, Apply line, Step step) {
    Set<Variable> reached = new HashSet<>();
    step.results().forEach(result -> reached.add(result.of()));
    boolean matching = line.arguments().size() == law.adjoints().size();
    List<String> adjoints = new ArrayList<>();
    for (int i = 0; i < law.adjoints().size(); i++) {
      Law.Adjoint adjoint = law.adjoints().get(i);
      if (!matching || isReached(line.argument(i), reached)) {
        adjoints.add("d" + adjoint.by().name() + " = " + printer.print(adjoint.formula()));
      }
    }
    return adjoints;
  }

  private static boolean isReached(Expr argument, Set<Variable> reached) {
    return Graph.variables(List.of(argument)).stream().anyMatch(reached::contains);
  }

  private List<String> differential(Law law) {
    return law.differential() == null
        ? List.of()
        : List.of(law.incoming().name() + " = " + printer.print(law.differential()));
  }

  /** Says which identity was used. */
  String of(Step.Simplification use) {
    Identity identity = use.identity();
    StringBuilder text = new StringBuilder("with ");
    text.append(printer.print(identity.left()))
        .append(" = ")
        .append(printer.print(identity.right()));
    text.append(SheetText.conditions(identity));
    return text + " (" + identity.name() + ")";
  }
}
