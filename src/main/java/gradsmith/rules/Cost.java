package gradsmith.rules;

import gradsmith.expr.Apply;
import gradsmith.expr.Constant;
import gradsmith.expr.Expr;
import gradsmith.expr.Graph;
import gradsmith.expr.Operator;
import gradsmith.expr.Operator.Primitive;

/**
 * The order in which identities go down, so that rewriting ends: a function costs more than an
 * operation of the algebra, and the more the more arguments it has; a root is a function, and a
 * Kronecker product costs more than any other product; a number in front and a transpose cost
 * nothing.
 */
final class Cost {

  private Cost() {}

  /** Returns what it costs to read {@code expression}, each part once. */
  static int of(Expr expression) {
    int cost = 0;
    for (Expr node : Graph.postOrder(expression)) {
      if (node instanceof Apply apply) {
        cost += own(apply);
      }
    }
    return cost;
  }

  private static int own(Apply apply) {
    if (apply.operator() instanceof Operator.Function) {
      return 1 + apply.arguments().size() * apply.arguments().size();
    }
    return isFree(apply) ? 0 : apply.operator() == Primitive.KRONECKER ? 3 : isRoot(apply) ? 2 : 1;
  }

  /** Tells whether {@code apply} is a root, which is read as a function. */
  private static boolean isRoot(Apply apply) {
    return apply.operator() == Primitive.POWER
        && apply.argument(1) instanceof Constant exponent
        && exponent.value() instanceof Constant.Value.Fill fill
        && !fill.value().isInteger();
  }

  private static boolean isFree(Apply apply) {
    return apply.operator() == Primitive.TRANSPOSE || apply.operator() instanceof Operator.Scale;
  }
}
