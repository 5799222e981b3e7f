package gradsmith;

import gradsmith.derive.Differentiator;
import gradsmith.derive.Layer;
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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What options ask of a program, with the names that they leave open.
 *
 * @param program what is differentiated: of values that are no numbers, their layer
 * @param request what to derive of it
 */
record Asked(Program program, Request request) {

  /**
   * Returns what {@code options} ask of {@code program}.
   *
   * @throws gradsmith.source.ProgramException if it has no such variables, or no such derivative
   */
  static Asked of(Program program, Places places, Options options) {
    return new Search(program, places).asked(options);
  }

  /**
   * Returns {@code program}, or the layer of its values where {@code options} name other ones than
   * a number.
   *
   * @throws gradsmith.source.ProgramException if it has no such values
   */
  static Program differentiated(Program program, Places places, Options options) {
    Search search = new Search(program, places);
    List<Variable> values = search.values(options);
    search.diagnostics.throwIfErrors();
    return isNumber(values) ? program : Layer.of(program, values);
  }

  private static boolean isNumber(List<Variable> values) {
    return values.size() == 1 && values.getFirst().shape().isScalar();
  }

  /** Finds the variables that options name. */
  private static final class Search {
    private final Program program;
    private final Places places;
    private final Diagnostics diagnostics = new Diagnostics();
    private final List<Variable> candidates;

    Search(Program program, Places places) {
      this.program = program;
      this.places = places;
      candidates = new ArrayList<>(program.parameters());
      for (Binding binding : program.bindings()) {
        candidates.add(binding.variable());
      }
    }

    Asked asked(Options options) {
      List<Variable> values = values(options);
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
      diagnostics.throwIfErrors();
      if (!isNumber(values)) {
        refuse(values, jacobians, !(hessians.isEmpty() && products.isEmpty()));
        return by.isEmpty() && !jacobians.isEmpty()
            ? new Asked(program, request(List.of(), jacobians))
            : layer(values, by, jacobians);
      }
      boolean other = !(jacobians.isEmpty() && hessians.isEmpty() && products.isEmpty());
      if (by.isEmpty() && !other) {
        return new Asked(program, Request.gradients(defaultVariables()));
      }
      Set<Variable> gradients = new LinkedHashSet<>(by);
      if (by.isEmpty()) {
        hessians.forEach(block -> gradients.add(block.row()));
        gradients.addAll(products);
      }
      return new Asked(
          program,
          new Request(List.copyOf(gradients), List.of(), jacobians, List.of(), hessians, products));
    }

    List<Variable> values(Options options) {
      return options.of().isEmpty() ? List.of(program.value()) : find(options.of());
    }

    private Asked layer(List<Variable> values, List<Variable> by, List<Variable> jacobians) {
      List<Variable> gradients = by.isEmpty() ? defaultVariables() : by;
      if (gradients.isEmpty()) {
        return new Asked(program, Request.gradients(gradients));
      }
      Program layer = Layer.of(program, values);
      Request answer =
          jacobians.isEmpty() ? Request.answer(layer, gradients) : request(gradients, jacobians);
      return new Asked(layer, answer);
    }

    /** Returns what the program asks for itself, or else all that it may be differentiated by. */
    private List<Variable> defaultVariables() {
      List<Variable> by = find(program.by());
      diagnostics.throwIfErrors();
      return by.isEmpty() ? Differentiator.defaultVariables(program) : by;
    }

    private static Request request(List<Variable> gradients, List<Variable> jacobians) {
      return new Request(gradients, List.of(), jacobians, List.of(), List.of(), List.of());
    }

    /** Only gradients are of several values at once, and a second derivative is of a number. */
    private void refuse(List<Variable> values, List<Variable> jacobians, boolean second) {
      String names = values.stream().map(Variable::name).collect(Collectors.joining(", "));
      if (second) {
        diagnostics.add(
            Diagnostic.error(
                places.value(),
                values.size() == 1
                    ? "the value %s is %s; a Hessian needs a scalar"
                        .formatted(names, values.getFirst().shape())
                    : "a Hessian is of one value, not of " + names,
                values.size() == 1 ? "wrap it in a loss, or in sum(…)" : "name it with --of"));
      }
      if (values.size() > 1 && !jacobians.isEmpty()) {
        diagnostics.add(
            Diagnostic.error(
                places.value(),
                "a Jacobian is of one value, not of " + names,
                "name it with --of"));
      }
      diagnostics.throwIfErrors();
    }

    private List<Variable> find(List<String> names) {
      Set<Variable> result = new LinkedHashSet<>();
      for (String name : names) {
        Variable found = find(name);
        if (found != null) {
          result.add(found);
        }
      }
      return List.copyOf(result);
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
}
