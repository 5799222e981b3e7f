package gradsmith.expr;

import gradsmith.expr.Operator.Primitive;
import gradsmith.shape.Signature;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Tells vectors from n×1 matrices: {@code A x} of a vector x is a vector, {@code rowsum(A)} is an
 * n×1 matrix. Beside a square matrix a vector could be read as a row or as a column.
 */
public final class Vectors {

  private Vectors() {}

  /** Tells whether {@code node} is c 1' or 1 r', a column or row that is repeated. */
  public static boolean isRepeated(Expr node) {
    if (!(node instanceof Apply product)
        || product.operator() != Primitive.PRODUCT
        || product.shape().isScalarMatrix()) {
      return false;
    }
    return isOnes(firstMatrix(product)) || isOnesRow(product.arguments().getLast());
  }

  private static boolean isOnes(Expr node) {
    return node instanceof Constant constant
        && constant.isFillOf(Rational.ONE)
        && node.shape().columns().isOne();
  }

  private static boolean isOnesRow(Expr node) {
    return node instanceof Constant constant
        && constant.isFillOf(Rational.ONE)
        && node.shape().rows().isOne();
  }

  /**
   * Tells whether {@code node}, a column or a row, is a vector or the transpose of one in the
   * language.
   */
  public static boolean isVector(Expr node) {
    Deque<Expr> open = new ArrayDeque<>();
    ExprSet seen = new ExprSet();
    open.push(node);
    while (!open.isEmpty()) {
      Expr part = open.pop();
      boolean line = part.shape().rows().isOne() != part.shape().columns().isOne();
      if (line && seen.add(part) && addParts(part, open)) {
        return true;
      }
    }
    return false;
  }

  /** Adds what decides about {@code node}; returns true if it decides for itself. */
  private static boolean addParts(Expr node, Deque<Expr> open) {
    if (node instanceof Variable variable) {
      return variable.rank() == 1;
    }
    if (!(node instanceof Apply apply)) {
      return false;
    }
    switch (apply.operator()) {
      case Operator.Function function -> {
        boolean elementwise = function.symbol().signature().kind() == Signature.Kind.ELEMENTWISE;
        (elementwise ? apply.arguments() : apply.arguments().subList(0, 1)).forEach(open::push);
      }
      case Operator.Scale scale -> open.push(apply.argument(0));
      case Operator.Unknown unknown -> open.push(apply.argument(0));
      case Primitive primitive -> {
        switch (primitive) {
          case SUM, HADAMARD, POWER, KRONECKER -> apply.arguments().forEach(open::push);
          case PRODUCT -> open.push(outerFactor(apply));
          case TRANSPOSE -> open.push(apply.argument(0));
          case TOTAL, TRACE, DIAGONAL, DIAGONAL_MATRIX, VEC -> {
            return primitive == Primitive.DIAGONAL || primitive == Primitive.VEC;
          }
        }
      }
      case Operator.AxisSum sum -> open.push(apply.argument(0));
      case Operator.NewAxis axis -> {
        return false;
      }
      case Operator.Unvec unvec -> {
        return false;
      }
      case Operator.BlockContraction contraction -> {
        return false;
      }
    }
    return false;
  }

  /** Returns the factor that makes {@code product} a column, or a row. */
  private static Expr outerFactor(Apply product) {
    if (product.shape().columns().isOne()) {
      return product.arguments().getLast();
    }
    return firstMatrix(product);
  }

  private static Expr firstMatrix(Apply product) {
    int first = 0;
    while (product.argument(first).shape().isScalarMatrix()) {
      first++;
    }
    return product.argument(first);
  }
}
