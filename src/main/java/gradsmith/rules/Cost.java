package gradsmith.rules;

import gradsmith.expr.Apply;
import gradsmith.expr.Expr;
import gradsmith.expr.Graph;
import gradsmith.expr.Operator;
import gradsmith.expr.Operator.Primitive;

/**
 * The order in which identities go down, so that rewriting ends: a function costs more than an
 * operation of the algebra, and the more the more arguments it has, and a Kronecker product more
 * than any other product; a number in front and a transpose cost nothing.
 */
final class Cost {

  private Cost() {}

  /** Returns what it costs to read {@code expression}, each part once. */
  static int of(Expr expression) {
    int cost = 0;
    for (Expr node : Graph.postOrder(expression)) {
      if (node instanceof Apply apply) {
        cost +=
            apply.operator() instanceof Operator.Function
                ? 1 + apply.arguments().size() * apply.arguments().size()
                : isFree(apply) ? 0 : apply.operator() == Primitive.KRONECKER ? 3 : 1;
      }
    }
    return cost;
  }

  private static boolean isFree(Apply apply) {
    return apply.operator() == Primitive.TRANSPOSE || apply.operator() instanceof Operator.Scale;
  }
}
