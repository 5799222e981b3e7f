package gradsmith.algebra;

import gradsmith.expr.Apply;
import gradsmith.expr.Constant;
import gradsmith.expr.Expr;
import gradsmith.expr.Operator;
import gradsmith.expr.Operator.Primitive;
import gradsmith.expr.Rational;
import gradsmith.shape.Signature;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Chooses between an expression and its transpose, so that both are one node: the one with fewer
 * transposes inside, and among equals the one in which the oldest operand stands untransposed.
 */
final class Orientation {

  private Orientation() {}

  /** Tells whether the entrywise combination of {@code operands} is better written transposed. */
  static boolean shouldFlip(List<Expr> operands, Algebra algebra) {
    int here = 0;
    int flipped = 0;
    Set<Expr> all = new HashSet<>(operands);
    Oldest oldest = new Oldest();
    for (Expr operand : operands) {
      Expr bare = algebra.split(operand).base();
      if (isNumber(bare) || algebra.isSymmetric(bare)) {
        continue;
      }
      boolean turned = isTurned(bare, algebra);
      if (!isUnwrapped(bare, algebra)) {
        Expr base = Algebra.untransposed(bare);
        if (turned != isRowCall(base)) {
          here += weight(base);
        } else {
          flipped += weight(base);
        }
      }
      if (!all.contains(algebra.transpose(operand))) {
        oldest.meet(baseId(bare, algebra), algebra.split(operand).factor(), turned);
      }
    }
    return flipped < here || (flipped == here && oldest.turned);
  }

  /** The oldest operand; of 2 A and A' that with the larger number. */
  private static final class Oldest {
    private int id = Integer.MAX_VALUE;
    private Rational number = Rational.ZERO;
    private boolean turned;

    void meet(int other, Rational factor, boolean otherTurned) {
      if (other < id || (other == id && factor.compareTo(number) > 0)) {
        id = other;
        number = factor;
        turned = otherTurned;
      }
    }
  }

  /** Tells whether a chain of factors is better written reversed and transposed. */
  static boolean shouldFlipChain(List<Expr> factors, Algebra algebra) {
    int here = 0;
    int flipped = 0;
    for (Expr factor : factors) {
      if (isNeutral(factor, algebra)) {
        continue;
      }
      Expr base = Algebra.untransposed(factor);
      if (Algebra.is(factor, Primitive.TRANSPOSE) != isRowCall(base)) {
        here += weight(base);
      } else {
        flipped += weight(base);
      }
    }
    return flipped < here || (flipped == here && compareWithFlipped(factors, algebra) > 0);
  }

  private static int compareWithFlipped(List<Expr> factors, Algebra algebra) {
    for (int i = 0, j = factors.size() - 1; j >= 0; i++, j--) {
      Expr own = factors.get(i);
      Expr other = algebra.transpose(factors.get(j));
      if (own != other) {
        int byBase = Integer.compare(baseId(own, algebra), baseId(other, algebra));
        return byBase != 0 ? byBase : isTurned(own, algebra) ? 1 : -1;
      }
    }
    return 0;
  }

  /** Tells whether nothing among {@code operands} prefers one orientation. */
  static boolean isFree(List<Expr> operands, Algebra algebra) {
    for (Expr operand : operands) {
      if (!isNeutral(algebra.split(operand).base(), algebra)) {
        return false;
      }
    }
    return true;
  }

  /** Tells whether {@code node} is as good as its transpose: a constant, or made of such. */
  private static boolean isNeutral(Expr node, Algebra algebra) {
    return isNumber(node) || algebra.isSymmetric(node) || isUnwrapped(node, algebra);
  }

  /** Tells whether {@code node} is a constant, or one number at every place. */
  private static boolean isNumber(Expr node) {
    return node instanceof Constant || Repetition.isOfOnes(node);
  }

  /** Tells whether {@code base} is a function of one row, which is written as that of a vector. */
  private static boolean isRowCall(Expr base) {
    return base.shape().isRow()
        && base instanceof Apply apply
        && apply.operator() instanceof Operator.Function function
        && function.symbol().signature().kind() == Signature.Kind.ROWS;
  }

  /** Returns the age of {@code node} or of its transpose, whichever is older. */
  static int baseId(Expr node, Algebra algebra) {
    Expr bare = Algebra.untransposed(node);
    return bare == node
        ? Math.min(node.id(), Algebra.untransposed(algebra.transpose(node)).id())
        : bare.id();
  }

  private static boolean isTurned(Expr node, Algebra algebra) {
    return isUnwrapped(node, algebra)
        ? algebra.transpose(node).id() < node.id()
        : Algebra.is(node, Primitive.TRANSPOSE);
  }

  /** Tells whether the transpose of {@code node} is a node of its own, with nothing on top. */
  private static boolean isUnwrapped(Expr node, Algebra algebra) {
    return (Algebra.is(node, Primitive.KRONECKER) && isFree(Algebra.arguments(node), algebra))
        || (Algebra.is(node, Primitive.PRODUCT)
            && KroneckerProducts.commute(Algebra.arguments(node)));
  }

  /** What it costs a reader that {@code node} is transposed: more where brackets are needed. */
  private static int weight(Expr node) {
    if (!(node instanceof Apply apply)) {
      return 2;
    }
    if (apply.operator() != Primitive.PRODUCT) {
      return 3;
    }
    int weight = 0;
    for (Expr factor : apply.arguments()) {
      if (factor instanceof Constant) {
        return 0; // a broadcast row or column is written without its ones
      }
      if (!factor.shape().isScalarMatrix()) {
        weight++;
      }
    }
    return 1 + weight;
  }
}
