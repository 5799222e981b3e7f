package gradsmith.derive;

import gradsmith.expr.Binding;
import gradsmith.expr.Graph;
import gradsmith.expr.Variable;
import gradsmith.language.Program;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells which variables a program's value does not depend on: derivatives by them are zero. */
final class Independence {

  private Independence() {}

  /** Says so of each of {@code by} that it is true of. */
  static List<String> remarks(Program program, List<Variable> by) {
    Set<Variable> needed = new HashSet<>(program.values());
    for (Binding binding : program.assignments().reversed()) {
      if (needed.contains(binding.variable())) {
        needed.addAll(Graph.variables(List.of(binding.value())));
      }
    }
    String values =
        program.values().stream().map(Variable::name).collect(Collectors.joining(" and "));
    List<String> remarks = new ArrayList<>();
    for (Variable variable : by) {
      if (!needed.contains(variable)) {
        remarks.add(
            "the derivative by "
                + variable.name()
                + " is zero: "
                + values
                + (program.values().size() == 1 ? " does" : " do")
                + " not depend on it");
      }
    }
    return remarks;
  }
}
