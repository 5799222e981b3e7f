package gradsmith.derive;

import gradsmith.expr.Binding;
import gradsmith.expr.Variable;
import gradsmith.language.Program;
import java.util.List;

/**
 * The derivatives of a program's value, in two forms of equal meaning. In both, the names that the
 * user assigned stand for their values.
 *
 * @param program what was differentiated
 * @param closed a formula for each variable, in the program's own names only
 * @param forward the intermediates that the backprop form names, in an order in which they can be
 *     computed; the user's assignments are among them
 * @param backward cotangents, in an order in which they can be computed after {@code forward}
 * @param backprop the derivatives in the names of {@code forward} and {@code backward}
 * @param directions the names in the formulas that are no names of the program: the differential dX
 *     of X, the direction v_X of a Hessian-vector product
 * @param assumptions what the formulas rely on
 */
public record Derivation(
    Program program,
    List<Derivative> closed,
    List<Binding> forward,
    List<Binding> backward,
    List<Derivative> backprop,
    List<Variable> directions,
    List<Assumption> assumptions) {
  /** Copies the lists. */
  public Derivation {
    closed = List.copyOf(closed);
    forward = List.copyOf(forward);
    backward = List.copyOf(backward);
    backprop = List.copyOf(backprop);
    directions = List.copyOf(directions);
    assumptions = List.copyOf(assumptions);
  }
}
