package gradsmith.evaluate;

import java.util.Arrays;
import org.apache.commons.math3.exception.MathArithmeticException;
import org.apache.commons.math3.exception.MaxCountExceededException;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.DiagonalMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.NonPositiveDefiniteMatrixException;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;

/**
 * Functions of real matrices that are read off a decomposition. A square matrix counts as its
 * symmetric part; where there is no decomposition the result is not a number.
 */
final class Decompositions {

  /** Two values that are closer than this share of the largest differ by rounding alone. */
  private static final double EQUAL = 1e-12;

  /** A singular value up to this share of the largest is zero. */
  static final double RANK = 1e-11;

  private Decompositions() {}

  /** Returns the results for stacked rows × columns matrices, in row-major order. */
  static double[] apply(MatrixKernel kernel, double[] matrices, int rows, int columns) {
    double[] result = {};
    int size = rows * columns;
    for (int start = 0; start < matrices.length; start += size) {
      double[] one = apply(kernel, matrix(matrices, start, rows, columns));
      if (result.length == 0) {
        result = new double[matrices.length / size * one.length];
      }
      System.arraycopy(one, 0, result, start / size * one.length, one.length);
    }
    return result;
  }

  /** Returns the eigenvalues of the symmetric part of one matrix, descending. */
  static double[] eigenvalues(double[] matrix, int size) {
    return new EigenDecomposition(symmetric(matrix(matrix, 0, size, size))).getRealEigenvalues();
  }

  /** Returns the singular values of one matrix, descending. */
  static double[] singularValues(double[] matrix, int rows, int columns) {
    return new SingularValueDecomposition(matrix(matrix, 0, rows, columns)).getSingularValues();
  }

  private static RealMatrix matrix(double[] entries, int start, int rows, int columns) {
    double[][] data = new double[rows][];
    for (int i = 0; i < rows; i++) {
      data[i] = Arrays.copyOfRange(entries, start + i * columns, start + (i + 1) * columns);
    }
    return new Array2DRowRealMatrix(data, false);
  }

  private static double[] apply(MatrixKernel kernel, RealMatrix matrix) {
    for (double[] row : matrix.getData()) {
      for (double entry : row) {
        if (!Double.isFinite(entry)) {
          return undefined(kernel, matrix);
        }
      }
    }
    try {
      return switch (kernel) {
        case CHOLESKY -> flat(new CholeskyDecomposition(symmetric(matrix), 1e-9, 1e-12).getL());
        case EIGENVALUES, EIGENVECTORS, LARGEST_EIGENVALUE, LEADING_EIGENVECTOR ->
            eigen(kernel, symmetric(matrix));
        case NUCLEAR_NORM, SPECTRAL_NORM, POLAR_FACTOR, LEADING_DYAD, PSEUDO_INVERSE ->
            singular(kernel, matrix);
        default -> throw new IllegalArgumentException("no decomposition gives " + kernel);
      };
    } catch (NonPositiveDefiniteMatrixException
        | MathArithmeticException
        | MaxCountExceededException e) {
      return undefined(kernel, matrix);
    }
  }

  private static double[] undefined(MatrixKernel kernel, RealMatrix matrix) {
    int length =
        switch (kernel) {
          case EIGENVALUES, LEADING_EIGENVECTOR -> matrix.getRowDimension();
          case LARGEST_EIGENVALUE, NUCLEAR_NORM, SPECTRAL_NORM -> 1;
          default -> matrix.getRowDimension() * matrix.getColumnDimension();
        };
    double[] result = new double[length];
    Arrays.fill(result, Double.NaN);
    return result;
  }

  private static RealMatrix symmetric(RealMatrix matrix) {
    return matrix.add(matrix.transpose()).scalarMultiply(0.5);
  }

  /** Vectors are those of simple values: of equal ones any rotation would do as well. */
  private static double[] eigen(MatrixKernel kernel, RealMatrix matrix) {
    EigenDecomposition decomposition = new EigenDecomposition(matrix);
    double[] values = decomposition.getRealEigenvalues(); // descending
    int size = values.length;
    return switch (kernel) {
      case EIGENVALUES -> {
        Arrays.sort(values);
        yield values;
      }
      case LARGEST_EIGENVALUE -> new double[] {values[0]};
      case LEADING_EIGENVECTOR ->
          areDistinct(values, Math.min(2, size))
              ? oriented(decomposition.getEigenvector(0).toArray())
              : undefined(kernel, matrix);
      default -> areDistinct(values, size) ? vectors(decomposition) : undefined(kernel, matrix);
    };
  }

  /** Tells whether the first {@code count} of descending values differ. */
  private static boolean areDistinct(double[] values, int count) {
    for (int i = 1; i < count; i++) {
      if (!(Separation.gap(values, i) > EQUAL)) {
        return false;
      }
    }
    return true;
  }

  private static double[] vectors(EigenDecomposition decomposition) {
    int size = decomposition.getRealEigenvalues().length;
    double[] result = new double[size * size];
    for (int j = 0; j < size; j++) {
      double[] vector = oriented(decomposition.getEigenvector(size - 1 - j).toArray());
      for (int i = 0; i < size; i++) {
        result[i * size + j] = vector[i];
      }
    }
    return result;
  }

  /** Of a vector and its negative takes the one whose largest entry is positive. */
  private static double[] oriented(double[] vector) {
    double largest = 0;
    for (double entry : vector) {
      largest = Math.abs(entry) > Math.abs(largest) ? entry : largest;
    }
    double[] result = vector.clone();
    for (int i = 0; i < result.length && largest < 0; i++) {
      result[i] = -result[i];
    }
    return result;
  }

  private static double[] singular(MatrixKernel kernel, RealMatrix matrix) {
    SingularValueDecomposition decomposition = new SingularValueDecomposition(matrix);
    double[] values = decomposition.getSingularValues(); // descending
    return switch (kernel) {
      case NUCLEAR_NORM -> new double[] {Arrays.stream(values).sum()};
      case SPECTRAL_NORM -> new double[] {values[0]};
      case POLAR_FACTOR -> flat(polar(decomposition));
      case PSEUDO_INVERSE -> flat(pseudoInverse(decomposition));
      default ->
          areDistinct(values, Math.min(2, values.length))
              ? flat(
                  decomposition
                      .getU()
                      .getColumnMatrix(0)
                      .multiply(decomposition.getVT().getRowMatrix(0)))
              : undefined(kernel, matrix);
    };
  }

  /** Singular vectors of zero count for nothing: there they are any that are orthogonal. */
  private static RealMatrix polar(SingularValueDecomposition svd) {
    double[] values = svd.getSingularValues();
    double[] signs = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      signs[i] = Separation.share(values, i) > RANK ? 1 : 0;
    }
    return svd.getU().multiply(new DiagonalMatrix(signs)).multiply(svd.getVT());
  }

  private static RealMatrix pseudoInverse(SingularValueDecomposition svd) {
    double[] values = svd.getSingularValues();
    double[] inverses = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      inverses[i] = Separation.share(values, i) > RANK ? 1 / values[i] : 0;
    }
    return svd.getV().multiply(new DiagonalMatrix(inverses)).multiply(svd.getUT());
  }

  private static double[] flat(RealMatrix matrix) {
    double[] result = new double[matrix.getRowDimension() * matrix.getColumnDimension()];
    for (int i = 0; i < result.length; i++) {
      result[i] = matrix.getEntry(i / matrix.getColumnDimension(), i % matrix.getColumnDimension());
    }
    return result;
  }
}
