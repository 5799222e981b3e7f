package gradsmith.rules;

import gradsmith.algebra.Algebra;
import gradsmith.expr.Apply;
import gradsmith.expr.Expr;
import gradsmith.expr.Operator;
import gradsmith.expr.Operator.Primitive;
import gradsmith.expr.Rational;
import gradsmith.expr.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A place where an expression says what a pattern says, an expression whose variables are holes.
 *
 * @param factor the number that the pattern is multiplied by there
 * @param arguments what the holes stand for
 * @param before the other factors or terms before it, by the operator of the expression
 * @param after those after it
 */
public record Occurrence(
    Rational factor, Map<Variable, Expr> arguments, List<Expr> before, List<Expr> after) {

  /**
   * Returns where {@code node}, or some of its terms or factors, is {@code pattern} for some values
   * of its holes, or null. Both are normal forms.
   *
   * @param definitions what variables in {@code node} stand for
   */
  public static @Nullable Occurrence of(
      Expr pattern, Apply node, Map<Variable, Expr> definitions, Algebra algebra) {
    Expr body = pattern;
    Rational factor = Rational.ONE;
    if (body instanceof Apply apply && apply.operator() instanceof Operator.Scale scale) {
      body = apply.argument(0);
      factor = scale.factor().reciprocal();
    }
    Matcher matcher = new Matcher(algebra, definitions);
    Matcher.Match match = matcher.matchTop(body, node);
    if (match == null) {
      Apply turned = turned(node, algebra);
      match = turned == null ? null : matcher.matchTop(body, turned);
      if (match == null || !node.arguments().containsAll(match.after())) {
        return null;
      }
      factor = factor.negated();
    }
    return new Occurrence(factor, Map.copyOf(match.values()), match.before(), match.after());
  }

  /**
   * Returns the negative of {@code node} with the sum among its factors negated, or null: which of
   * the two is the normal form depends on the order of the terms.
   */
  private static @Nullable Apply turned(Apply node, Algebra algebra) {
    if (node.operator() != Primitive.HADAMARD) {
      return null;
    }
    List<Expr> factors = new ArrayList<>(node.arguments());
    for (int i = 0; i < factors.size(); i++) {
      if (factors.get(i) instanceof Apply sum && sum.operator() == Primitive.SUM) {
        List<Expr> terms = sum.arguments().stream().map(algebra::negated).toList();
        factors.set(i, algebra.expressions().apply(Primitive.SUM, terms));
        return algebra.expressions().apply(Primitive.HADAMARD, factors);
      }
    }
    return null;
  }
}
