package gradsmith;

import gradsmith.derive.Differentiator;
import gradsmith.derive.Request;
import gradsmith.expr.Binding;
import gradsmith.expr.Property;
import gradsmith.expr.Variable;
import gradsmith.language.Program;
import gradsmith.language.Spelling;
import gradsmith.source.AsciiText;
import gradsmith.source.Diagnostic;
import gradsmith.source.Diagnostics;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the variables that options name, and what is asked where they leave it open. */
final class Requests {

  private final Program program;
  private final Places places;
  private final Diagnostics diagnostics = new Diagnostics();
  private final List<Variable> candidates;

  private Requests(Program program, Places places) {
    this.program = program;
    this.places = places;
    candidates = new ArrayList<>(program.parameters());
    for (Binding binding : program.bindings()) {
      candidates.add(binding.variable());
    }
  }

  /**
   * Returns what {@code options} ask of {@code program}.
   *
   * @throws gradsmith.source.ProgramException if it has no such variables, or no such derivative
   */
  static Request of(Program program, Places places, Options options) {
    return new Requests(program, places).request(options);
  }

  private Request request(Options options) {
    List<Variable> by = find(options.by());
    List<Variable> jacobians = find(options.jacobians());
    List<Variable> products = find(options.products());
    List<Request.Block> hessians = new ArrayList<>();
    for (List<String> block : options.hessians()) {
      List<Variable> found = find(block);
      if (found.size() == block.size()) {
        hessians.add(new Request.Block(found.getFirst(), found.getLast()));
      }
    }
    boolean scalar = program.value().shape().isScalar();
    if (!scalar && !(hessians.isEmpty() && products.isEmpty())) {
      diagnostics.add(
          Diagnostic.error(
              places.value(),
              "the value "
                  + program.value().name()
                  + " is "
                  + program.value().shape()
                  + "; a Hessian needs a scalar",
              "wrap it in a loss, or in sum(…)"));
    }
    diagnostics.throwIfErrors();
    if (!scalar) {
      Set<Variable> all = new LinkedHashSet<>(jacobians);
      all.addAll(by);
      List<Variable> asked = all.isEmpty() ? defaultVariables() : List.copyOf(all);
      return new Request(List.of(), List.of(), asked, List.of(), List.of());
    }
    boolean other = !(jacobians.isEmpty() && hessians.isEmpty() && products.isEmpty());
    if (by.isEmpty() && !other) {
      return Request.gradients(defaultVariables());
    }
    Set<Variable> gradients = new LinkedHashSet<>(by);
    if (by.isEmpty()) {
      hessians.forEach(block -> gradients.add(block.row()));
      gradients.addAll(products);
    }
    return new Request(List.copyOf(gradients), List.of(), jacobians, hessians, products);
  }

  /** Returns what the program asks for itself, or else all that it may be differentiated by. */
  private List<Variable> defaultVariables() {
    List<Variable> by = find(program.by());
    diagnostics.throwIfErrors();
    return by.isEmpty() ? Differentiator.defaultVariables(program) : by;
  }

  private List<Variable> find(List<String> names) {
    List<Variable> result = new ArrayList<>();
    for (String name : names) {
      Variable found = find(name);
      if (found != null) {
        result.add(found);
      }
    }
    return result;
  }

  private @Nullable Variable find(String name) {
    List<String> names = new ArrayList<>();
    for (Variable candidate : candidates) {
      if (AsciiText.name(candidate.name()).equals(AsciiText.name(name))) {
        if (!candidate.has(Property.INTEGER)) {
          return candidate;
        }
        diagnostics.add(
            Diagnostic.error(
                places.value(), name + " is a whole number; there is no derivative by it", null));
        return null;
      }
      names.add(candidate.name());
    }
    String nearest = Spelling.nearest(name, names);
    names.remove(program.value().name());
    diagnostics.add(
        Diagnostic.error(
            places.value(),
            "the value does not depend on a variable " + name,
            nearest == null
                ? "its variables are " + String.join(", ", names)
                : "did you mean " + nearest + "?"));
    return null;
  }
}
