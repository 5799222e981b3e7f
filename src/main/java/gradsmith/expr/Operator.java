package gradsmith.expr;

import gradsmith.shape.Polynomial;
import org.jspecify.annotations.Nullable;

/**
 * What is applied. The algebra ({@link Primitive} and the records with parameters) is closed, and
 * passes switch over it; everything else is a {@link Function} with an entry in the library, or the
 * user's own {@link Unknown}.
 */
public sealed interface Operator {

  /**
   * The operators of the algebra that have no parameters. Leading axes align from the right and
   * broadcast.
   */
  enum Primitive implements Operator {
    /** A + B + …, all of the same rows and columns. */
    SUM,
    /** A B …: the matrix product, associative; a 1×1 factor scales the others. */
    PRODUCT,
    /** A .* B .* …, all of the same rows and columns. */
    HADAMARD,
    /** A'. */
    TRANSPOSE,
    /** A .^ k, elementwise, with a scalar k. */
    POWER,
    /** The sum of all entries over all axes, a scalar. */
    TOTAL,
    /** The trace of each matrix. */
    TRACE,
    /** The diagonal of a square matrix as a column. */
    DIAGONAL,
    /** The square matrix with a column as its diagonal. */
    DIAGONAL_MATRIX,
    /** The columns of a matrix stacked into one column. */
    VEC,
    /** A ⊗ B. */
    KRONECKER
  }

  /** c A, with a number c other than 1. */
  record Scale(Rational factor) implements Operator {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Scale scale && scale.factor.equals(factor);
    }

    @Override
    public int hashCode() {
      return factor.hashCode();
    }
  }

  /**
   * The sum over one leading axis, counted from the right (0 is the axis next to the rows); it goes
   * away, or stays with length 1.
   */
  record AxisSum(int fromRight, boolean keep) implements Operator {}

  /** A new leading axis of length 1, {@code fromRight} axes from the rows. */
  record NewAxis(int fromRight) implements Operator {}

  /**
   * The matrix of {@code rows} rows whose columns are stacked in a column; the inverse of {@link
   * Primitive#VEC}.
   */
  record Unvec(Polynomial rows, Polynomial columns) implements Operator {}

  /**
   * The contraction of the blocks of G with a matrix, the adjoint of the Kronecker product. With
   * {@code inner}, G has {@code rows} × {@code columns} blocks of the shape of B, and entry (i, j)
   * is the sum of block (i, j) .* B; else G has blocks of {@code rows} × {@code columns}, and the
   * result is the sum of B(i, j) times block (i, j).
   */
  record BlockContraction(boolean inner, Polynomial rows, Polynomial columns) implements Operator {}

  /** A function of the library. */
  record Function(FunctionSymbol symbol) implements Operator {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Function function && function.symbol.equals(symbol);
    }

    @Override
    public int hashCode() {
      return symbol.hashCode();
    }

    @Override
    public String toString() {
      return symbol.name();
    }
  }

  /** The user's own elementwise function without a body, or its derivative of that order. */
  record Unknown(String name, int order) implements Operator {}
}
