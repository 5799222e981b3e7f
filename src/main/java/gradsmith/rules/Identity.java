package gradsmith.rules;

import gradsmith.expr.Apply;
import gradsmith.expr.Constant;
import gradsmith.expr.Expr;
import gradsmith.expr.Graph;
import gradsmith.expr.Operator;
import gradsmith.expr.Operator.Primitive;
import gradsmith.expr.Property;
import gradsmith.expr.Variable;
import gradsmith.shape.Signature;
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

  /**
   * Tells whether it may hold where the holes are stacks of matrices. Everything maps over a stack
   * but a sum over all entries, which is over those of all matrices; it commutes with the rest if
   * that is entry by entry.
   */
  public boolean mayHoldOnStacks() {
    boolean totals = false;
    boolean entrywise = true;
    for (Expr node : Graph.postOrder(List.of(left, right))) {
      switch (node) {
        case Variable hole -> {}
        case Constant constant ->
            entrywise &=
                constant.value() instanceof Constant.Value.Fill
                    || constant.value() instanceof Constant.Value.Pi;
        case Apply apply -> {
          boolean total = isTotal(apply.operator());
          totals |= total;
          entrywise &= total || isEntrywise(apply.operator());
        }
      }
    }
    return !totals || entrywise;
  }

  private static boolean isTotal(Operator operator) {
    return operator == Primitive.TOTAL
        || (operator instanceof Operator.Function function
            && function.symbol().signature().result().isEmpty());
  }

  private static boolean isEntrywise(Operator operator) {
    return operator instanceof Operator.Scale
        || operator instanceof Operator.Unknown
        || operator == Primitive.SUM
        || operator == Primitive.HADAMARD
        || operator == Primitive.POWER
        || (operator instanceof Operator.Function function
            && function.symbol().signature().kind() == Signature.Kind.ELEMENTWISE);
  }
}
