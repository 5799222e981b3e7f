package gradsmith.derive;

import gradsmith.algebra.Algebra;
import gradsmith.expr.Apply;
import gradsmith.expr.Expr;
import gradsmith.expr.ExprSet;
import gradsmith.expr.Expressions;
import gradsmith.expr.Graph;
import gradsmith.expr.Variable;
import gradsmith.rules.Instantiation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells apart the places where one operation has the same variable, so that what comes back to each
 * is seen before it is added up: in {@code x' A x} to both of x.
 */
final class Occurrences {

  /** The power X^9 is one thing to a reader. */
  private static final int MOST = 4;

  private final Expressions expressions;
  private final ExprSet active;
  private final Map<Variable, Variable> originals = new LinkedHashMap<>();

  /** Tells apart what is in {@code active}, and adds what stands for it there. */
  Occurrences(Expressions expressions, ExprSet active) {
    this.expressions = expressions;
    this.active = active;
  }

  /** Returns {@code value}, one operation of names, with a name of its own at each place. */
  Expr apart(Expr value) {
    if (!(value instanceof Apply apply)) {
      return value;
    }
    if (apply.arguments().size() == 1) {
      return expressions.apply(apply.operator(), List.of(apart(apply.argument(0))));
    }
    Map<Variable, Integer> counts = new HashMap<>();
    for (Expr argument : apply.arguments()) {
      for (Variable variable : Graph.variables(List.of(argument))) {
        counts.merge(variable, 1, Integer::sum);
      }
    }
    List<Expr> arguments = new ArrayList<>();
    for (int i = 0; i < apply.arguments().size(); i++) {
      Instantiation renamed = Instantiation.plain(expressions);
      for (Variable variable : Graph.variables(List.of(apply.argument(i)))) {
        int count = counts.getOrDefault(variable, 0);
        if (count > 1 && count <= MOST && active.contains(variable)) {
          renamed.bind(variable, copy(variable, i));
        }
      }
      arguments.add(renamed.build(apply.argument(i)));
    }
    return expressions.apply(apply.operator(), arguments);
  }

  private Variable copy(Variable variable, int place) {
    String name = variable.name() + "#" + place; // no name of a program
    Variable known = expressions.variable(name);
    Variable copy =
        known != null
            ? known
            : expressions.variable(name, variable.shape(), variable.rank(), variable.properties());
    originals.put(copy, variable);
    active.add(copy);
    return copy;
  }

  /** Returns the variable that {@code variable} stands for. */
  Variable original(Variable variable) {
    return originals.getOrDefault(variable, variable);
  }

  /** Returns {@code formula} with the names of the program, in normal form. */
  Expr restored(Expr formula, Algebra algebra) {
    return originals.isEmpty() ? formula : restoring(new Instantiation(algebra)).build(formula);
  }

  /** Returns {@code formula} with the names of the program, otherwise as it is. */
  Expr restored(Expr formula) {
    return restoring(Instantiation.plain(expressions)).build(formula);
  }

  private Instantiation restoring(Instantiation instantiation) {
    originals.forEach(instantiation::bind);
    return instantiation;
  }
}
