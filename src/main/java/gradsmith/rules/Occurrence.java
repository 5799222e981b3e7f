package gradsmith.rules;

import gradsmith.algebra.Algebra;
import gradsmith.expr.Apply;
import gradsmith.expr.Expr;
import gradsmith.expr.Lambda;
import gradsmith.expr.Operator;
import gradsmith.expr.Rational;
import gradsmith.expr.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A place where an expression says what a lambda says.
 *
 * @param factor the number that the lambda's value is multiplied by there
 * @param arguments what the lambda is applied to there
 * @param before the other factors or terms before it, by the operator of the expression
 * @param after those after it
 */
public record Occurrence(
    Rational factor, List<Expr> arguments, List<Expr> before, List<Expr> after) {

  /**
   * Returns where {@code node}, or some of its terms or factors, is {@code lambda} applied to
   * something, or null. Both are normal forms.
   *
   * @param definitions what variables in {@code node} stand for
   */
  public static @Nullable Occurrence of(
      Lambda lambda, Apply node, Map<Variable, Expr> definitions, Algebra algebra) {
    Expr body = lambda.body();
    Rational factor = Rational.ONE;
    if (body instanceof Apply apply && apply.operator() instanceof Operator.Scale scale) {
      body = apply.argument(0);
      factor = scale.factor().reciprocal();
    }
    Matcher.Match match = new Matcher(algebra, definitions).matchTop(body, node);
    if (match == null || !match.values().keySet().containsAll(lambda.parameters())) {
      return null;
    }
    List<Expr> arguments = new ArrayList<>();
    for (Variable parameter : lambda.parameters()) {
      arguments.add(Objects.requireNonNull(match.values().get(parameter)));
    }
    return new Occurrence(factor, arguments, match.before(), match.after());
  }
}
