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

  /** Two values that are closer than this share of the largest are one. */
  private static final double DISTINCT = 1e-3;

  /** A singular value below this share of the largest is zero. */
  private static final double RANK = 1e-11;

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

  private static double[] eigen(MatrixKernel kernel, RealMatrix matrix) {
    EigenDecomposition decomposition = new EigenDecomposition(matrix);
    double[] values = decomposition.getRealEigenvalues(); // descending
    int size = values.length;
    boolean all = kernel == MatrixKernel.EIGENVALUES || kernel == MatrixKernel.EIGENVECTORS;
    double scale = Math.max(Math.abs(values[0]), Math.abs(values[size - 1]));
    for (int i = 1; i < (all ? size : Math.min(2, size)); i++) {
      if (values[i - 1] - values[i] < DISTINCT * scale) {
        return undefined(kernel, matrix);
      }
    }
    double[] result = new double[undefined(kernel, matrix).length];
    for (int j = 0; j < size; j++) {
      double[] vector = oriented(decomposition.getEigenvector(size - 1 - j).toArray());
      switch (kernel) {
        case EIGENVALUES -> result[j] = values[size - 1 - j];
        case EIGENVECTORS -> {
          for (int i = 0; i < size; i++) {
            result[i * size + j] = vector[i];
          }
        }
        case LARGEST_EIGENVALUE -> result[0] = values[0];
        default -> result = vector; // the last is that of the largest
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
    double scale = values[0];
    boolean simple = values.length < 2 || values[0] - values[1] >= DISTINCT * scale;
    boolean full = values[values.length - 1] >= DISTINCT * scale;
    return switch (kernel) {
      case NUCLEAR_NORM ->
          full ? new double[] {Arrays.stream(values).sum()} : undefined(kernel, matrix);
      case SPECTRAL_NORM -> simple ? new double[] {scale} : undefined(kernel, matrix);
      case POLAR_FACTOR -> flat(decomposition.getU().multiply(decomposition.getVT()));
      case PSEUDO_INVERSE -> pseudoInverse(decomposition, matrix);
      default ->
          flat(
              decomposition
                  .getU()
                  .getColumnMatrix(0)
                  .multiply(decomposition.getVT().getRowMatrix(0)));
    };
  }

  /** Singular values that are nothing but rounding count as zero; the others must not be near. */
  private static double[] pseudoInverse(SingularValueDecomposition svd, RealMatrix matrix) {
    double[] values = svd.getSingularValues();
    double[] inverses = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      double share = values[i] / values[0];
      if (share > RANK && share < DISTINCT) {
        return undefined(MatrixKernel.PSEUDO_INVERSE, matrix);
      }
      inverses[i] = share >= DISTINCT ? 1 / values[i] : 0;
    }
    return flat(svd.getV().multiply(new DiagonalMatrix(inverses)).multiply(svd.getUT()));
  }

  private static double[] flat(RealMatrix matrix) {
    double[] result = new double[matrix.getRowDimension() * matrix.getColumnDimension()];
    for (int i = 0; i < result.length; i++) {
      result[i] = matrix.getEntry(i / matrix.getColumnDimension(), i % matrix.getColumnDimension());
    }
    return result;
  }
}
