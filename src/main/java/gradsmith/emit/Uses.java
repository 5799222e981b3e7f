package gradsmith.emit;

import gradsmith.expr.Apply;
import gradsmith.expr.Constant;
import gradsmith.expr.Expr;
import gradsmith.expr.Graph;
import gradsmith.expr.Operator;
import gradsmith.expr.Operator.Primitive;
import gradsmith.expr.Rational;
import gradsmith.expr.Variable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How often the nodes of a graph are written, and which are written only as a part of others. */
final class Uses {

  private final Map<Expr, Integer> uses = new HashMap<>();

  /** How often an inverse is not just multiplied. */
  private final Map<Expr, Integer> plainUses = new HashMap<>();

  /** What is multiplied entry by entry only to be summed, by a target that has a word for both. */
  private final Set<Expr> contracted = new HashSet<>();

  private final Set<Expr> constant = new HashSet<>();

  /** Columns that are needed as such, as they are repeated. */
  private final Set<Expr> columns = new HashSet<>();

  /**
   * Counts the uses in what {@code roots} depend on.
   *
   * @param definitions what names stand for: roots that come before those where the names are
   */
  Uses(List<Expr> roots, Map<String, Expr> definitions, Target target) {
    List<Expr> order = Graph.postOrder(roots);
    for (Expr node : order) {
      boolean isConstant =
          switch (node) {
            case Variable variable -> constant.contains(definitions.get(variable.name()));
            case Constant literal -> true;
            case Apply apply -> constant.containsAll(apply.arguments());
          };
      if (isConstant) {
        constant.add(node);
      }
    }
    for (Expr root : roots) {
      uses.merge(root, 1, Integer::sum);
      plainUses.merge(root, 1, Integer::sum);
    }
    for (Expr node : order.reversed()) {
      if (node instanceof Apply apply) {
        Summation summation = Summation.of(apply);
        if (summation != null
            && target.has(summation.ofProduct())
            && summation.isOfProduct()
            && count(summation.summand()) == 0) {
          contracted.add(summation.summand());
        }
        countArguments(apply);
        addColumns(apply);
      }
    }
    contracted.removeIf(this::isShared);
  }

  private void countArguments(Apply node) {
    boolean square =
        node.operator() == Primitive.POWER && contracted.contains(node) && !isShared(node);
    int times = isCheap(node) ? count(node) : square ? 2 : 1;
    for (Expr argument : node.arguments()) {
      uses.merge(argument, times, Integer::sum);
      int plain =
          switch (node.operator()) {
            case Primitive operator
                when operator == Primitive.PRODUCT && isSolved(node, argument) ->
                0;
            case Primitive operator when operator == Primitive.TRANSPOSE ->
                plainUses.getOrDefault(node, 0);
            default -> times;
          };
      plainUses.merge(argument, plain, Integer::sum);
    }
  }

  private void addColumns(Apply node) {
    List<Expr> chain =
        node.operator() == Primitive.PRODUCT ? Factors.matrices(node) : node.arguments();
    boolean repeats =
        node.operator() == Primitive.PRODUCT
            && !chain.isEmpty()
            && Factors.isOnesRow(chain.getLast());
    for (Expr argument : node.arguments()) {
      boolean same = columns.contains(node) && argument.shape().equals(node.shape());
      if (same || repeats && argument == chain.getFirst()) {
        columns.add(argument);
      }
    }
  }

  /** Tells whether {@code node} is a column that is repeated, or what one is computed from. */
  boolean isColumn(Expr node) {
    return columns.contains(node);
  }

  private int count(Expr node) {
    return uses.getOrDefault(node, 0);
  }

  boolean isShared(Expr node) {
    return count(node) > 1;
  }

  /** Tells whether {@code node} may get a name. */
  boolean isNameable(Expr node) {
    return node instanceof Apply apply && !isCheap(apply) && !isDivisor(apply);
  }

  /** Tells whether {@code node} is one value whatever the inputs are. */
  boolean isConstant(Expr node) {
    return constant.contains(node);
  }

  /** Tells whether {@code node} is written by what it stands in. */
  boolean isOnlyPart(Expr node) {
    return isOnlyMultiplied(node) || isTransposedInverse(node) || isContracted(node);
  }

  /** Tells whether the entries of {@code node}, a product, are only summed. */
  boolean isContracted(Expr node) {
    return contracted.contains(node);
  }

  /** Tells whether {@code product} is a system of equations if {@code factor} is an inverse. */
  private static boolean isSolved(Apply product, Expr factor) {
    List<Expr> chain = Factors.matrices(product);
    if (chain.size() != 2) {
      return false;
    }
    Expr other = chain.getFirst() == factor ? chain.getLast() : chain.getFirst();
    boolean cheap =
        Factors.isDiagonal(other) || Factors.isOnesColumn(other) || Factors.isOnesRow(other);
    boolean second = factor == chain.getLast() && isInverseOrTransposed(other);
    return !cheap && !second;
  }

  private static boolean isInverseOrTransposed(Expr node) {
    return Factors.isInverse(node)
        || node instanceof Apply apply
            && apply.operator() == Primitive.TRANSPOSE
            && Factors.isInverse(apply.argument(0));
  }

  /** Tells whether writing {@code node} again costs less than a name. */
  private static boolean isCheap(Apply node) {
    return node.operator() == Primitive.TRANSPOSE
        || node.operator() == Primitive.DIAGONAL_MATRIX
        || (node.operator() instanceof Operator.Scale scale
            && scale.factor().equals(Rational.MINUS_ONE))
        || Rational.MINUS_ONE.equals(Factors.exponent(node))
        || Factors.isRepetition(node);
  }

  /** Tells whether {@code node} is written as a division where it is used. */
  boolean isDivisor(Apply node) {
    Rational exponent = Factors.exponent(node);
    return exponent != null && exponent.signum() < 0 && (isCheap(node) || !isShared(node));
  }

  /** An inverse that is only multiplied is never computed. */
  boolean isOnlyMultiplied(Expr node) {
    return Factors.isInverse(node)
        && !node.shape().isScalarMatrix()
        && plainUses.getOrDefault(node, 0) == 0;
  }

  boolean isTransposedInverse(Expr node) {
    return node instanceof Apply apply
        && apply.operator() == Primitive.TRANSPOSE
        && isOnlyMultiplied(apply.argument(0));
  }
}
