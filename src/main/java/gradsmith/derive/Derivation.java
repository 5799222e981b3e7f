package gradsmith.derive;

import gradsmith.expr.Binding;
import gradsmith.expr.Expr;
import gradsmith.expr.Variable;
import gradsmith.language.Program;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The derivatives of a program's value, in two forms of equal meaning. In both, the names that the
 * user assigned stand for their values.
 *
 * @param program what was differentiated; of values that are no numbers, their {@link Layer}
 * @param closed a formula for each variable, in the program's own names only
 * @param forward the intermediates that the backprop form names, in an order in which they can be
 *     computed; the user's assignments are among them
 * @param backward cotangents, in an order in which they can be computed after {@code forward}
 * @param backprop the derivatives in the names of {@code forward} and {@code backward}
 * @param values the program's values in the names of {@code forward}
 * @param assumptions what the formulas rely on
 * @param unanswered why something that was asked for has no formula
 * @param remarks {@code unanswered}, and why something was answered otherwise than asked
 */
public record Derivation(
    Program program,
    List<Derivative> closed,
    List<Binding> forward,
    List<Binding> backward,
    List<Derivative> backprop,
    List<Expr> values,
    List<Assumption> assumptions,
    List<String> unanswered,
    List<String> remarks) {
  /** Copies the lists. */
  public Derivation {
    closed = List.copyOf(closed);
    forward = List.copyOf(forward);
    backward = List.copyOf(backward);
    backprop = List.copyOf(backprop);
    values = List.copyOf(values);
    assumptions = List.copyOf(assumptions);
    unanswered = List.copyOf(unanswered);
    remarks = List.copyOf(remarks);
  }

  /** Returns the cotangents that the formulas start from; none if the value is a number. */
  public List<Program.Given> given() {
    return program.given();
  }

  /**
   * Returns the names in the formulas that are no names of the program: differentials and
   * directions, each once.
   */
  public List<Variable> directions() {
    Set<Variable> directions = new LinkedHashSet<>();
    for (Derivative derivative : backprop) {
      if (derivative.direction() != null) {
        directions.add(derivative.direction());
      }
    }
    return List.copyOf(directions);
  }
}
