package gradsmith.emit;

import gradsmith.expr.Apply;
import gradsmith.expr.Constant;
import gradsmith.expr.Expr;
import gradsmith.expr.Expressions;
import gradsmith.expr.Operator;
import gradsmith.expr.Operator.Primitive;
import gradsmith.shape.Dimension;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts brackets into products of many matrices so that they take the fewest operations, by dynamic
 * programming (Godbole 1973). Lengths with a name count as long. A part that is computed elsewhere,
 * or its transpose, costs nothing.
 */
final class ChainOrder {

  private static final double LONG = 100;

  /** Beyond this a chain is multiplied from the right. */
  private static final int LONGEST = 80;

  private final Expressions expressions;

  /** Products that are needed anyway, by their factors. */
  private final Map<List<Expr>, Expr> known = new HashMap<>();

  ChainOrder(Expressions expressions) {
    this.expressions = expressions;
  }

  /** Says that the product of {@code factors} is computed. */
  void add(List<Expr> factors) {
    known.put(List.copyOf(factors), expressions.apply(Primitive.PRODUCT, factors));
  }

  /** Returns the product of {@code factors}, each a matrix, as products of two. */
  Expr order(List<Expr> factors) {
    int count = factors.size();
    if (count > LONGEST) {
      Expr product = factors.getLast();
      for (Expr factor : factors.subList(0, count - 1).reversed()) {
        product = expressions.apply(Primitive.PRODUCT, List.of(factor, product));
      }
      return product;
    }
    double[][] cost = new double[count][count];
    int[][] cut = new int[count][count];
    for (int length = 2; length <= count; length++) {
      for (int i = 0; i + length <= count; i++) {
        int j = i + length - 1;
        cost[i][j] = Double.POSITIVE_INFINITY;
        if (length < count && isKnown(factors.subList(i, j + 1))) {
          cost[i][j] = 0;
        }
        for (int k = i; k < j; k++) {
          double own = multiplication(factors, i, k, j);
          if (cost[i][k] + cost[k + 1][j] + own < cost[i][j]) {
            cost[i][j] = cost[i][k] + cost[k + 1][j] + own;
            cut[i][j] = k;
          }
        }
        if (cost[i][j] == 0) {
          cut[i][j] = -1;
        }
      }
    }
    return build(factors, cut, 0, count - 1);
  }

  private boolean isKnown(List<Expr> factors) {
    return known.containsKey(factors) || known.containsKey(reversed(factors));
  }

  private List<Expr> reversed(List<Expr> factors) {
    List<Expr> reversed = new ArrayList<>();
    for (Expr factor : factors.reversed()) {
      reversed.add(transposed(factor));
    }
    return reversed;
  }

  private Expr transposed(Expr node) {
    return node instanceof Apply apply && apply.operator() == Primitive.TRANSPOSE
        ? apply.argument(0)
        : expressions.apply(Primitive.TRANSPOSE, List.of(node));
  }

  private Expr build(List<Expr> factors, int[][] cut, int from, int to) {
    if (from == to) {
      return factors.get(from);
    }
    List<Expr> part = factors.subList(from, to + 1);
    if (cut[from][to] < 0) {
      return known.containsKey(part) ? ordered(part) : transposed(ordered(reversed(part)));
    }
    int k = cut[from][to];
    return expressions.apply(
        Primitive.PRODUCT, List.of(build(factors, cut, from, k), build(factors, cut, k + 1, to)));
  }

  /** A known product is ordered on its own, the same way wherever it stands. */
  private Expr ordered(List<Expr> factors) {
    return order(List.copyOf(factors));
  }

  private double multiplication(List<Expr> factors, int from, int middle, int to) {
    double rows = length(factors.get(from).shape().rows());
    double inner = length(factors.get(middle).shape().columns());
    double columns = length(factors.get(to).shape().columns());
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

  private static double length(Dimension dimension) {
    return switch (dimension) {
      case Dimension.Fixed fixed -> fixed.size();
      case Dimension.Named named -> Math.pow(LONG, named.name().split("\\*", -1).length);
    };
  }

  static boolean isInverse(Expr node) {
    return node instanceof Apply apply
        && apply.operator() instanceof Operator.Function function
        && function.symbol().name().equals("inv");
  }
}
