package gradsmith.evaluate;

import java.util.Arrays;

/**
 * A stack of matrices of numbers, stored row by row. A scalar is 1×1, a vector n×1.
 *
 * @param <A> the array that holds the entries: {@code double[]} for real numbers
 */
public final class Tensor<A> {

  private final int[] axes;
  private final A entries;

  /** Makes a tensor of at least two axes, the last two being rows and columns; copies nothing. */
  Tensor(int[] axes, A entries) {
    this.axes = axes;
    this.entries = entries;
  }

  /** Returns a scalar. */
  public static Tensor<double[]> of(double value) {
    return new Tensor<>(new int[] {1, 1}, new double[] {value});
  }

  /** Returns a vector, an n×1 column. */
  public static Tensor<double[]> column(double... values) {
    return new Tensor<>(new int[] {values.length, 1}, values.clone());
  }

  /**
   * Returns the matrix with {@code rows}.
   *
   * @throws IllegalArgumentException if there is no row or no column, or the rows differ in length
   */
  public static Tensor<double[]> of(double[][] rows) {
    if (rows.length == 0 || rows[0].length == 0) {
      throw new IllegalArgumentException("a matrix has at least one row and one column");
    }
    int columns = rows[0].length;
    double[] entries = new double[Math.multiplyExact(rows.length, columns)];
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != columns) {
        throw new IllegalArgumentException(
            "row " + (i + 1) + " has " + rows[i].length + " entries, not " + columns);
      }
      System.arraycopy(rows[i], 0, entries, i * columns, columns);
    }
    return new Tensor<>(new int[] {rows.length, columns}, entries);
  }

  /**
   * Returns the tensor with the lengths {@code axes}, leading axes first, then rows and columns.
   *
   * @param entries in row-major order
   * @throws IllegalArgumentException if there are fewer than two axes or the number of entries is
   *     not their product
   */
  public static Tensor<double[]> of(int[] axes, double[] entries) {
    if (axes.length < 2 || Axes.count(axes) != entries.length) {
      throw new IllegalArgumentException(
          Arrays.toString(axes) + " does not hold " + entries.length + " entries");
    }
    return new Tensor<>(axes.clone(), entries.clone());
  }

  /** Returns the rows of a tensor that is one matrix. */
  public static double[][] toArray(Tensor<double[]> matrix) {
    if (matrix.matrices() != 1) {
      throw new IllegalArgumentException("not one matrix but " + Arrays.toString(matrix.axes));
    }
    double[][] rows = new double[matrix.rows()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] =
          Arrays.copyOfRange(matrix.entries, i * matrix.columns(), (i + 1) * matrix.columns());
    }
    return rows;
  }

  /** Returns the tensor with the same axes and {@code others} as its entries; copies nothing. */
  public <B> Tensor<B> withEntries(B others) {
    return new Tensor<>(axes, others);
  }

  /** Returns the lengths of the axes: leading axes, rows, columns. */
  public int[] axes() {
    return axes.clone();
  }

  /** Returns the entries in row-major order; not to be changed. */
  public A entries() {
    return entries;
  }

  /** Returns the number of rows of each matrix. */
  public int rows() {
    return axes[axes.length - 2];
  }

  /** Returns the number of columns of each matrix. */
  public int columns() {
    return axes[axes.length - 1];
  }

  /** Returns the number of matrices in the stack. */
  public int matrices() {
    return size() / (rows() * columns());
  }

  /** Returns the number of entries. */
  public int size() {
    return Axes.count(axes);
  }

  /** Tells whether {@code other} has the same axes. */
  boolean hasAxes(int[] other) {
    return Arrays.equals(axes, other);
  }

  /** Returns the lengths of the axes without a copy; not to be changed. */
  int[] sharedAxes() {
    return axes;
  }

  @Override
  public String toString() {
    return "Tensor" + Arrays.toString(axes);
  }
}
