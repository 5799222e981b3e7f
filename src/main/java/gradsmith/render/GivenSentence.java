package gradsmith.render;

import gradsmith.expr.Binding;
import gradsmith.expr.Graph;
import gradsmith.expr.Variable;
import gradsmith.language.Program;
import gradsmith.language.Program.Given;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Says what a given cotangent of a layer is: {@code dY, the gradient of a loss L by Y}. */
final class GivenSentence {

  private GivenSentence() {}

  /** Returns what {@code given} is in {@code program}, with names as {@code names} writes them. */
  static String of(Given given, Program program, UnaryOperator<String> names) {
    List<String> fixed = new ArrayList<>();
    for (Variable value : followers(given.value(), program)) {
      fixed.add(names.apply(value.name()));
    }
    return names.apply(given.cotangent().name())
        + ", the gradient of a loss "
        + names.apply(program.value().name())
        + " by "
        + names.apply(given.value().name())
        + (fixed.isEmpty() ? "" : " with " + String.join(" and ", fixed) + " fixed");
  }

  /** Returns the other values of the layer that are computed from {@code value}. */
  private static List<Variable> followers(Variable value, Program program) {
    Set<Variable> moved = new HashSet<>(Set.of(value));
    for (Binding binding : program.assignments()) {
      if (Graph.variables(List.of(binding.value())).stream().anyMatch(moved::contains)) {
        moved.add(binding.variable());
      }
    }
    return program.values().stream()
        .filter(other -> other != value && moved.contains(other))
        .toList();
  }
}
