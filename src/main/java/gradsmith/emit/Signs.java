package gradsmith.emit;

import gradsmith.expr.Apply;
import gradsmith.expr.Expr;
import gradsmith.expr.Expressions;
import gradsmith.expr.Graph;
import gradsmith.expr.Operator;
import gradsmith.expr.Operator.Primitive;
import gradsmith.expr.Rational;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Moves a sign into a sum that it makes simpler: -(A - B) is B - A. */
final class Signs {

  private final Expressions expressions;

  /** Tells whether a node is used once; what is shared stays as it is. */
  private final Predicate<Expr> once;

  private final Map<Expr, Optional<Expr>> negated = new HashMap<>();

  Signs(Expressions expressions, Predicate<Expr> once) {
    this.expressions = expressions;
    this.once = once;
  }

  /**
   * Returns {@code root} with the other sign if a sum in it that is used once then has fewer
   * negative terms, else null.
   */
  @Nullable Expr negatedInside(Expr root) {
    for (Expr node : Graph.postOrder(root, each -> negated.containsKey(each) || !isEntered(each))) {
      Apply apply = (Apply) node;
      negated.put(
          apply,
          Optional.ofNullable(apply.operator() == Primitive.SUM ? sum(apply) : product(apply)));
    }
    return known(root);
  }

  private boolean isEntered(Expr node) {
    return node instanceof Apply apply
        && once.test(node)
        && (apply.operator() == Primitive.SUM
            || apply.operator() == Primitive.PRODUCT
            || apply.operator() == Primitive.HADAMARD
            || apply.operator() == Primitive.TRANSPOSE);
  }

  private @Nullable Expr known(Expr node) {
    return negated.getOrDefault(node, Optional.empty()).orElse(null);
  }

  private @Nullable Expr sum(Apply node) {
    long negative = node.arguments().stream().filter(Signs::isNegative).count();
    if (2 * negative < node.arguments().size()) {
      return null;
    }
    List<Expr> terms = new ArrayList<>();
    for (Expr term : node.arguments()) {
      terms.add(opposite(term));
    }
    return expressions.apply(Primitive.SUM, terms);
  }

  private @Nullable Expr product(Apply node) {
    for (int i = 0; i < node.arguments().size(); i++) {
      Expr factor = known(node.argument(i));
      if (factor != null) {
        List<Expr> factors = new ArrayList<>(node.arguments());
        factors.set(i, factor);
        return expressions.apply(node.operator(), factors);
      }
    }
    return null;
  }

  private static boolean isNegative(Expr node) {
    return node instanceof Apply apply
        && apply.operator() instanceof Operator.Scale scale
        && scale.factor().signum() < 0;
  }

  private Expr opposite(Expr node) {
    if (node instanceof Apply apply && apply.operator() instanceof Operator.Scale scale) {
      Rational factor = scale.factor().negated();
      return factor.isOne()
          ? apply.argument(0)
          : expressions.apply(new Operator.Scale(factor), apply.arguments());
    }
    return expressions.apply(new Operator.Scale(Rational.MINUS_ONE), List.of(node));
  }
}
