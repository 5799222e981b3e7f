package gradsmith.derive;

import gradsmith.algebra.Algebra;
import gradsmith.derive.Intermediate.Role;
import gradsmith.expr.Apply;
import gradsmith.expr.Binding;
import gradsmith.expr.Expr;
import gradsmith.expr.ExprMap;
import gradsmith.expr.ExprSet;
import gradsmith.expr.Graph;
import gradsmith.expr.Rational;
import gradsmith.expr.Variable;
import gradsmith.language.Program;
import gradsmith.rules.FunctionRules;
import gradsmith.rules.Pullback;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reverse accumulation, one pass over the assignments from last to first: the cotangent of each
 * name is the sum of what its uses contribute, and is carried through its definition to the names
 * in it.
 */
final class ReverseSweep {

  private final List<Binding> assignments;
  private final Recognition recognition;
  private final Parts parts;
  private final Algebra algebra;
  private final FunctionRules functions;
  private final Map<Variable, Expr> gradients = new HashMap<>();

  ReverseSweep(
      List<Binding> assignments,
      Recognition recognition,
      Parts parts,
      Algebra algebra,
      FunctionRules functions) {
    this.assignments = assignments;
    this.recognition = recognition;
    this.parts = parts;
    this.algebra = algebra;
    this.functions = functions;
  }

  /**
   * Returns the gradient of the value of {@code program} by each of {@code by}: back from 1, or
   * from what is given of a layer.
   */
  Map<Variable, Expr> gradients(Program program, List<Variable> by) {
    ExprSet asked = new ExprSet(by);
    ExprSet carried = carried(by);
    ExprMap<List<Expr>> contributions = new ExprMap<>();
    Pullback pullback = new Pullback(algebra, functions);
    int first = parts.all().size();
    ExprSet met = new ExprSet();
    ExprSet again = new ExprSet();
    if (program.given().isEmpty()) {
      contributions.put(program.value(), List.of(algebra.number(Rational.ONE)));
    }
    for (Program.Given given : program.given()) {
      contributions.put(given.value(), new ArrayList<>(List.of(given.cotangent())));
    }
    for (int i = assignments.size() - 1; i >= 0; i--) {
      Variable name = assignments.get(i).variable();
      List<Expr> terms = contributions.remove(name);
      if (terms == null) {
        continue;
      }
      Expr cotangent =
          parts.named(name, Role.COTANGENT, algebra.conform(algebra.sum(terms), name.shape()));
      if (asked.contains(name)) {
        gradients.put(name, cotangent);
      }
      pullback
          .pull(
              assignments.get(i).value(),
              cotangent,
              carried,
              (node, value) -> {
                Expr named = recognition.named(value);
                if (!(node instanceof Apply) || Inlining.isWrapper(node)) {
                  return named; // the cotangent of what is in it has it whole
                }
                if (!met.add(node)) {
                  again.add(node);
                }
                return parts.named(node, Role.COTANGENT, named);
              })
          .forEach((variable, value) ->
              contributions.computeIfAbsent(variable, () -> new ArrayList<>(2)).add(value));
    }
    for (Binding binding : assignments) {
      if (again.contains(binding.value())) {
        again.add(binding.variable());
      }
    }
    parts.contributions(first, again);
    for (Variable variable : by) {
      List<Expr> terms = contributions.get(variable);
      if (terms != null) {
        gradients.put(variable, algebra.conform(algebra.sum(terms), variable.shape()));
      }
      gradients.putIfAbsent(variable, algebra.zeros(variable.shape()));
    }
    return gradients;
  }

  /** Returns the variables asked for and the assigned names that depend on them. */
  private ExprSet carried(List<Variable> by) {
    ExprSet carried = new ExprSet(by);
    for (Binding binding : assignments) {
      for (Variable used : Graph.variables(List.of(binding.value()))) {
        if (carried.contains(used)) {
          carried.add(binding.variable());
          break;
        }
      }
    }
    return carried;
  }
}
