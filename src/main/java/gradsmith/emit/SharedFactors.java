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
 * Computes once what products of numbers, or products entry by entry, begin or end with in common.
 * The gradients of a product of n factors, each of all factors but one, so take 3 n multiplications
 * and not n².
 */
final class SharedFactors {

  private final Expressions expressions;
  private final Primitive operator;
  private final Beginning begin = new Beginning();
  private final Beginning end = new Beginning();
  private final Map<Expr, Expr> rebuilt = new HashMap<>();

  /** What some products begin with, or, read backwards, end with. */
  private static final class Beginning {
    private final Map<Expr, Beginning> longer = new HashMap<>();
    private int products;

    /** Whether its product is computed by itself. */
    private boolean isComputed;
  }

  /** Looks at the products by {@code operator}. */
  SharedFactors(Expressions expressions, Primitive operator) {
    this.expressions = expressions;
    this.operator = operator;
  }

  /** Returns {@code roots} with their products put together from what they have in common. */
  List<Expr> shared(List<Expr> roots) {
    List<Expr> order = Graph.postOrder(roots);
    for (Expr node : order) {
      add(begin, factors(node));
      add(end, factors(node).reversed());
    }
    Map<Expr, Integer> lengths = new HashMap<>();
    for (Expr node : order) {
      List<Expr> factors = factors(node);
      int length = mark(begin, factors);
      lengths.put(node, length);
      mark(end, factors.subList(length, factors.size()).reversed());
    }
    for (Expr node : order) {
      rebuilt.put(
          node,
          node instanceof Apply apply
              ? rebuilt(apply, Objects.requireNonNull(lengths.get(node)))
              : node);
    }
    return roots.stream().map(this::rebuilt).toList();
  }

  /** Returns the factors of {@code node} that commute, if there are more than two. */
  private List<Expr> factors(Expr node) {
    if (!(node instanceof Apply apply) || apply.operator() != operator) {
      return List.of();
    }
    List<Expr> factors = apply.arguments();
    if (operator == Primitive.PRODUCT) {
      factors = factors.subList(0, factors.size() - Factors.matrices(apply).size());
    }
    return factors.size() > 2 ? factors : List.of();
  }

  private static void add(Beginning root, List<Expr> factors) {
    Beginning at = root;
    for (Expr factor : factors) {
      at = at.longer.computeIfAbsent(factor, unused -> new Beginning());
      at.products++;
    }
  }

  /** Marks the longest beginning that another product has, too, and returns its length. */
  private static int mark(Beginning root, List<Expr> factors) {
    Beginning at = root;
    int length = 0;
    while (length < factors.size()) {
      Beginning longer = Objects.requireNonNull(at.longer.get(factors.get(length)));
      if (longer.products < 2) {
        break;
      }
      at = longer;
      length++;
    }
    at.isComputed |= length > 1;
    return length > 1 ? length : 0;
  }

  private Expr rebuilt(Expr node) {
    return Objects.requireNonNull(rebuilt.get(node));
  }

  private Expr rebuilt(Apply node, int length) {
    List<Expr> factors = factors(node);
    List<Expr> arguments = new ArrayList<>(parts(begin, factors.subList(0, length)));
    arguments.addAll(parts(end, factors.subList(length, factors.size()).reversed()).reversed());
    for (Expr other : node.arguments().subList(factors.size(), node.arguments().size())) {
      arguments.add(rebuilt(other));
    }
    boolean whole = arguments.size() == 1 && !factors.isEmpty();
    return whole ? arguments.getFirst() : expressions.apply(node.operator(), arguments);
  }

  /** Returns {@code factors}, of which the longest computed beginning is one. */
  private List<Expr> parts(Beginning root, List<Expr> factors) {
    List<Expr> parts = new ArrayList<>();
    Beginning at = root;
    for (Expr factor : factors) {
      at = Objects.requireNonNull(at.longer.get(factor));
      parts.add(rebuilt(factor));
      if (at.isComputed) {
        List<Expr> ordered = root == end ? parts.reversed() : parts;
        Expr product = expressions.apply(operator, ordered);
        parts = new ArrayList<>(List.of(product));
      }
    }
    return parts;
  }
}
