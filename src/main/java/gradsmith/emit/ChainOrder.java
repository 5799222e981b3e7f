package gradsmith.emit;

import gradsmith.expr.Apply;
import gradsmith.expr.Constant;
import gradsmith.expr.Expr;
import gradsmith.expr.Expressions;
import gradsmith.expr.Operator.Primitive;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Puts brackets into products of many matrices so that they take the fewest operations, by dynamic
 * programming (Godbole 1973). A part that is computed elsewhere, or its transpose, costs nothing;
 * parts that several products have in common are computed once if that is less work in all.
 */
final class ChainOrder {

  /** Beyond this a chain is multiplied from the right. */
  private static final int LONGEST = 80;

  /** Beyond this a chain is not searched for what it has in common with others. */
  private static final int LONGEST_SHARED = 12;

  /** How often the parts in common are gone through. */
  private static final int ROUNDS = 4;

  private final Expressions expressions;

  /** Products that are needed anyway, by their factors. */
  private final Map<List<Expr>, Expr> known = new LinkedHashMap<>();

  private final LongChains longChains;

  ChainOrder(Expressions expressions) {
    this.expressions = expressions;
    longChains =
        new LongChains(
            expressions,
            factor -> TypicalLength.of(factor.shape().rows()),
            factor -> TypicalLength.of(factor.shape().columns()));
  }

  /** Says that the product of {@code factors} is computed. */
  void add(List<Expr> factors) {
    if (isLong(factors)) {
      longChains.add(factors);
      return;
    }
    known.put(List.copyOf(factors), expressions.apply(Primitive.PRODUCT, factors));
  }

  /**
   * Says that all products have been added: chooses the parts that are computed once. A local
   * search: a part is taken, or given up again, as long as that is less work in all.
   */
  void share() {
    longChains.share();
    Map<List<Expr>, Set<List<Expr>>> owners = new LinkedHashMap<>();
    for (List<Expr> chain : known.keySet()) {
      for (List<Expr> part : parts(chain)) {
        owners.computeIfAbsent(part, unused -> new LinkedHashSet<>()).add(chain);
      }
    }
    owners.entrySet().removeIf(part -> part.getValue().size() < 2 || isKnown(part.getKey()));
    List<List<Expr>> candidates = new ArrayList<>(owners.keySet());
    candidates.sort(Comparator.comparingInt(List::size)); // a short part serves in longer ones
    for (List<Expr> candidate : candidates) {
      for (List<Expr> part : parts(candidate)) {
        Objects.requireNonNull(owners.getOrDefault(part, new LinkedHashSet<>())).add(candidate);
      }
    }
    boolean better = true;
    for (int round = 0; round < ROUNDS && better; round++) {
      better = false;
      for (List<Expr> part : candidates) {
        better |= isBetterOtherwise(part, Objects.requireNonNull(owners.get(part)));
      }
    }
  }

  private boolean isLong(List<Expr> factors) {
    return factors.size() > LONGEST_SHARED && longChains.takes(factors);
  }

  /** The products of two and more neighbours, without the whole. */
  private Set<List<Expr>> parts(List<Expr> chain) {
    Set<List<Expr>> parts = new LinkedHashSet<>();
    for (int from = 0; from < chain.size() && chain.size() <= LONGEST_SHARED; from++) {
      for (int to = from + 2; to <= chain.size() && to - from < chain.size(); to++) {
        parts.add(canonical(List.copyOf(chain.subList(from, to))));
      }
    }
    return parts;
  }

  /** Takes {@code part}, or gives it up, if what it stands in then costs less. */
  private boolean isBetterOtherwise(List<Expr> part, Set<List<Expr>> owners) {
    double before = cost(part, owners);
    toggle(part);
    if (cost(part, owners) < before) {
      return true;
    }
    toggle(part);
    return false;
  }

  private void toggle(List<Expr> part) {
    if (known.remove(part) == null) {
      add(part);
    }
  }

  private double cost(List<Expr> part, Set<List<Expr>> owners) {
    double cost = known.containsKey(part) ? new Plan(part).cost() : 0;
    for (List<Expr> owner : owners) {
      cost += known.containsKey(owner) ? new Plan(owner).cost() : 0;
    }
    return cost;
  }

  /** A part and its transpose are one. */
  private List<Expr> canonical(List<Expr> factors) {
    List<Expr> reversed = reversed(factors);
    for (int i = 0; i < factors.size(); i++) {
      int byId = Integer.compare(factors.get(i).id(), reversed.get(i).id());
      if (byId != 0) {
        return byId < 0 ? factors : reversed;
      }
    }
    return factors;
  }

  /** Returns the product of {@code factors}, each a matrix, as products of two. */
  Expr order(List<Expr> factors) {
    if (isLong(factors)) {
      return longChains.order(factors);
    }
    int count = factors.size();
    if (count > LONGEST) {
      Expr product = factors.getLast();
      for (Expr factor : factors.subList(0, count - 1).reversed()) {
        product = expressions.apply(Primitive.PRODUCT, List.of(factor, product));
      }
      return product;
    }
    return new Plan(factors).build(0, count - 1);
  }

  /** Where a product of many is cut into two, and its parts in turn. */
  private final class Plan {
    private final List<Expr> factors;
    private final double[][] cost;
    private final int[][] cut;

    Plan(List<Expr> factors) {
      this.factors = factors;
      int count = factors.size();
      cost = new double[count][count];
      cut = new int[count][count];
      for (int length = 2; length <= count; length++) {
        for (int i = 0; i + length <= count; i++) {
          cut(i, i + length - 1);
        }
      }
    }

    private void cut(int from, int to) {
      boolean whole = to - from + 1 == factors.size();
      if (!whole && isKnown(factors.subList(from, to + 1))) {
        cut[from][to] = -1;
        return;
      }
      cost[from][to] = Double.POSITIVE_INFINITY;
      for (int k = from; k < to; k++) {
        double all = cost[from][k] + cost[k + 1][to] + multiplication(factors, from, k, to);
        if (all < cost[from][to]) {
          cost[from][to] = all;
          cut[from][to] = k;
        }
      }
    }

    double cost() {
      return cost[0][factors.size() - 1];
    }

    Expr build(int from, int to) {
      if (from == to) {
        return factors.get(from);
      }
      List<Expr> part = List.copyOf(factors.subList(from, to + 1));
      if (cut[from][to] < 0) { // ordered on its own, the same way wherever it stands
        return known.containsKey(part)
            ? order(part)
            : Factors.transposed(expressions, order(reversed(part)));
      }
      int k = cut[from][to];
      return expressions.apply(Primitive.PRODUCT, List.of(build(from, k), build(k + 1, to)));
    }
  }

  private boolean isKnown(List<Expr> factors) {
    return known.containsKey(factors) || known.containsKey(reversed(factors));
  }

  private List<Expr> reversed(List<Expr> factors) {
    return Factors.reversed(expressions, factors);
  }

  private double multiplication(List<Expr> factors, int from, int middle, int to) {
    double rows = TypicalLength.of(factors.get(from).shape().rows());
    double inner = TypicalLength.of(factors.get(middle).shape().columns());
    double columns = TypicalLength.of(factors.get(to).shape().columns());
    if (from == middle && isSparse(factors.get(from))) {
      return inner * columns;
    }
    if (middle + 1 == to && isSparse(factors.get(to))) {
      return rows * inner;
    }
    return rows * inner * columns;
  }

  /** A diagonal matrix scales, and ones add or repeat. */
  private static boolean isSparse(Expr factor) {
    return factor instanceof Constant
        || factor instanceof Apply apply && apply.operator() == Primitive.DIAGONAL_MATRIX;
  }
}
