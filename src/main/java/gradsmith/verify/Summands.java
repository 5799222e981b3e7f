package gradsmith.verify;

import gradsmith.expr.Apply;
import gradsmith.expr.Expr;
import gradsmith.expr.Expressions;
import gradsmith.expr.Operator.Primitive;
import java.util.ArrayList;
import java.util.List;

/** The terms of a formula as someone would have them who does not take out common factors. */
final class Summands {

  private Summands() {}

  /** Returns the terms of {@code formula}, of which there is one if it is no sum. */
  static List<Expr> of(Expr formula, Expressions expressions) {
    if (!(formula instanceof Apply apply)) {
      return List.of(formula);
    }
    if (apply.operator() == Primitive.SUM) {
      return apply.arguments();
    }
    boolean multiplied =
        apply.operator() == Primitive.PRODUCT || apply.operator() == Primitive.HADAMARD;
    for (int i = 0; multiplied && i < apply.arguments().size(); i++) {
      if (apply.argument(i) instanceof Apply factor && factor.operator() == Primitive.SUM) {
        List<Expr> terms = new ArrayList<>();
        for (Expr term : factor.arguments()) {
          List<Expr> factors = new ArrayList<>(apply.arguments());
          factors.set(i, term);
          terms.add(expressions.apply(apply.operator(), factors));
        }
        return terms;
      }
    }
    return List.of(formula);
  }
}
