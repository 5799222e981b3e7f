package gradsmith.emit;

import gradsmith.expr.Apply;
import gradsmith.expr.Expr;
import gradsmith.expr.Expressions;
import gradsmith.expr.Graph;
import gradsmith.expr.Operator.Primitive;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Computes a product of two matrices or its transpose, whichever is written with fewer transposes:
 * of P X and (P X)' the first, rather than X' P' and its transpose.
 */
final class Orientation {

  /** What is added or shown should have its rows one after the other in memory. */
  private static final int UNLESS_MULTIPLIED = 4;

  private final Expressions expressions;

  /** What it costs, in what each node stands in, if it has to be transposed there. */
  private final Map<Expr, Integer> costs = new HashMap<>();

  private final Map<Expr, Expr> rebuilt = new HashMap<>();

  Orientation(Expressions expressions) {
    this.expressions = expressions;
  }

  /** Returns {@code roots} with their products turned. */
  List<Expr> turned(List<Expr> roots) {
    roots.forEach(root -> costs.merge(root, UNLESS_MULTIPLIED, Integer::sum));
    List<Expr> order = Graph.postOrder(roots);
    for (Expr node : order) {
      if (node instanceof Apply apply && apply.operator() != Primitive.TRANSPOSE) {
        int cost = apply.operator() == Primitive.PRODUCT ? 1 : UNLESS_MULTIPLIED;
        apply.arguments().forEach(argument -> costs.merge(argument, cost, Integer::sum));
      }
    }
    for (Expr node : order) {
      rebuilt.put(node, node instanceof Apply apply ? rebuilt(apply) : node);
    }
    return roots.stream().map(this::rebuilt).toList();
  }

  private Expr rebuilt(Expr node) {
    return Objects.requireNonNull(rebuilt.get(node));
  }

  private Expr rebuilt(Apply node) {
    List<Expr> arguments = new ArrayList<>();
    node.arguments().forEach(argument -> arguments.add(rebuilt(argument)));
    if (node.operator() == Primitive.TRANSPOSE) {
      return Factors.transposed(expressions, arguments.getFirst());
    }
    Apply made = expressions.apply(node.operator(), arguments);
    List<Expr> chain = node.operator() == Primitive.PRODUCT ? Factors.matrices(made) : List.of();
    if (chain.size() != 2 || !chain.stream().allMatch(Orientation::isPlain)) {
      return made;
    }
    int primes = (int) chain.stream().filter(Factors::isTranspose).count();
    Expr transpose = expressions.apply(Primitive.TRANSPOSE, List.of(node));
    int plain = primes + costs.getOrDefault(transpose, 0);
    int turned = chain.size() - primes + costs.getOrDefault(node, 0);
    if (plain <= turned) {
      return made;
    }
    List<Expr> factors = new ArrayList<>(arguments.subList(0, arguments.size() - chain.size()));
    factors.addAll(Factors.reversed(expressions, chain));
    return Factors.transposed(expressions, expressions.apply(Primitive.PRODUCT, factors));
  }

  /** Tells whether {@code factor} is a matrix that is multiplied as it stands. */
  private static boolean isPlain(Expr factor) {
    Expr bare = Factors.isTranspose(factor) ? ((Apply) factor).argument(0) : factor;
    boolean vector = factor.shape().rows().isOne() || factor.shape().columns().isOne();
    return !vector
        && !Factors.isDiagonal(bare)
        && !Factors.isIdentity(bare)
        && !Factors.isInverse(bare);
  }
}
