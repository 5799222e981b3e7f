package gradsmith.data;

import gradsmith.evaluate.MatrixKernel;
import gradsmith.expr.Property;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.jspecify.annotations.Nullable;

/** Tells whether numbers have a property, up to the rounding of single precision. */
final class Properties {

  private static final double TOLERANCE = 1e-5;

  private Properties() {}

  /**
   * Returns what contradicts {@code property}, or null.
   *
   * @param row the entries of a row
   */
  static @Nullable String violation(Property property, NdArray array, int row) {
    return switch (property) {
      case STOCHASTIC -> stochastic(array, row);
      case ONEHOT -> oneHot(array, row);
      case POSITIVE -> entry(array, row, "is not positive", (i, j, value) -> value > 0);
      case SYMMETRIC -> symmetric(array, row);
      case DIAGONAL ->
          entry(
              array,
              row,
              "is not 0",
              (i, j, value) -> i % row == j || Math.abs(value) <= TOLERANCE * scale(array));
      case ORTHOGONAL -> orthogonal(array, row);
      case SPD -> spd(array, row);
      case INTEGER -> whole(array, row);
      case CONSTANT -> null;
    };
  }

  private static @Nullable String whole(NdArray array, int row) {
    String fraction = entry(array, row, "is no whole number", (i, j, v) -> v == Math.rint(v));
    return fraction != null
        ? fraction
        : entry(
            array,
            row,
            "is too large: whole numbers go to 2^53",
            (i, j, v) -> Math.abs(v) <= MatrixKernel.LARGEST_EXPONENT);
  }

  private interface Test {
    boolean holds(int row, int column, double value);
  }

  private static @Nullable String entry(NdArray array, int row, String complaint, Test test) {
    for (int k = 0; k < array.size(); k++) {
      if (!test.holds(k / row, k % row, array.entry(k))) {
        return array.size() == 1
            ? array.entry(k) + " " + complaint
            : "its entry (%d, %d), %s, %s"
                .formatted(k / row + 1, k % row + 1, array.entry(k), complaint);
      }
    }
    return null;
  }

  private static double scale(NdArray array) {
    double scale = 0;
    for (int k = 0; k < array.size(); k++) {
      scale = Math.max(scale, Math.abs(array.entry(k)));
    }
    return scale;
  }

  private static @Nullable String stochastic(NdArray array, int row) {
    for (int start = 0; start < array.size(); start += row) {
      double sum = 0;
      for (int j = 0; j < row; j++) {
        sum += array.entry(start + j);
      }
      if (!(Math.abs(sum - 1) <= TOLERANCE)) {
        return "row " + (start / row + 1) + " sums to " + sum;
      }
    }
    return entry(array, row, "is negative", (i, j, value) -> value >= 0);
  }

  private static @Nullable String oneHot(NdArray array, int row) {
    String neither = entry(array, row, "is neither 0 nor 1", (i, j, v) -> v == 0 || v == 1);
    return neither == null ? stochastic(array, row) : neither;
  }

  private static @Nullable String symmetric(NdArray array, int row) {
    double least = TOLERANCE * scale(array);
    return entry(
        array,
        row,
        "is not the one across the diagonal",
        (i, j, value) -> {
          int matrix = i / row * row;
          return Math.abs(value - array.entry((matrix + j) * row + i % row)) <= least;
        });
  }

  private static @Nullable String orthogonal(NdArray array, int row) {
    for (RealMatrix matrix : matrices(array, row)) {
      RealMatrix product = matrix.transpose().multiply(matrix);
      int columns = matrix.getColumnDimension();
      for (int i = 0; i < columns; i++) {
        product.addToEntry(i, i, -1);
      }
      if (!(product.getNorm() <= TOLERANCE * columns)) {
        return "its columns are not of length 1 and orthogonal to each other";
      }
    }
    return null;
  }

  private static @Nullable String spd(NdArray array, int row) {
    String asymmetric = symmetric(array, row);
    if (asymmetric != null) {
      return asymmetric;
    }
    for (RealMatrix matrix : matrices(array, row)) {
      double least = Double.POSITIVE_INFINITY;
      for (double eigenvalue :
          new EigenDecomposition(matrix.add(matrix.transpose()).scalarMultiply(0.5))
              .getRealEigenvalues()) {
        least = Math.min(least, eigenvalue);
      }
      if (!(least > 0)) {
        return "its least eigenvalue is " + least;
      }
    }
    return null;
  }

  /** Returns the matrices of {@code array}; a vector is one column. */
  private static Iterable<RealMatrix> matrices(NdArray array, int entries) {
    int row = array.rank() < 2 ? 1 : entries;
    int size = array.rank() < 2 ? array.size() : array.axes()[array.rank() - 2] * row;
    java.util.List<RealMatrix> matrices = new java.util.ArrayList<>();
    for (int start = 0; start < array.size(); start += size) {
      double[][] rows = new double[size / row][row];
      for (int k = 0; k < size; k++) {
        rows[k / row][k % row] = array.entry(start + k);
      }
      matrices.add(new Array2DRowRealMatrix(rows, false));
    }
    return matrices;
  }
}
