package gradsmith.rules;

import gradsmith.expr.Expr;
import gradsmith.expr.Property;
import gradsmith.expr.Variable;
import java.util.List;

/**
 * An identity, used from left to right.
 *
 * @param name the name that derivations show
 * @param left the pattern, in normal form; its variables are holes
 * @param right what it equals, in the same holes
 * @param conditions what must be known of the holes
 */
public record Identity(String name, Expr left, Expr right, List<Condition> conditions) {

  /** A hole's value must have a property. */
  public record Condition(Variable hole, Property property) {}

  /** Copies the list. */
  public Identity {
    conditions = List.copyOf(conditions);
  }
}
