package gradsmith.emit;

import gradsmith.expr.Variable;
import gradsmith.source.AsciiText;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Gives every variable and dimension a name that the target allows and nothing else has. */
final class Names {

  private final Target target;
  private final Set<String> taken = new HashSet<>();
  private final Map<String, String> variables = new HashMap<>();
  private final Map<String, String> dimensions = new HashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();

  Names(Target target) {
    this.target = target;
  }

  String of(Variable variable) {
    return variable(variable.name());
  }

  /** Returns the name for what is called {@code name} in the formulas. */
  String variable(String name) {
    return variables.computeIfAbsent(name, this::fresh);
  }

  String dimension(String name) {
    return dimensions.computeIfAbsent(name, this::fresh);
  }

  /** Returns a name for a part that has none in the formulas. */
  String temporary() {
    return fresh("t" + counts.merge("t", 1, Integer::sum));
  }

  /** Returns {@code stem}, or with a number behind it if it was asked for before. */
  String numbered(String stem) {
    int count = counts.merge(stem, 1, Integer::sum);
    return fresh(count == 1 ? stem : stem + count);
  }

  /** Returns a name like {@code name} that nothing has. */
  String another(String name) {
    return fresh(name);
  }

  private String fresh(String name) {
    String legal = AsciiText.name(name).replaceAll("[^A-Za-z0-9_]", "_");
    while (target.isReserved(legal) || !taken.add(legal)) {
      legal += "_";
    }
    return legal;
  }
}
