package gradsmith.evaluate;

import java.util.Arrays;
import org.apache.commons.math3.exception.MathArithmeticException;
import org.apache.commons.math3.exception.MaxCountExceededException;

/**
 * How far matrices are from those at which a function of their eigenvalues or singular values is
 * not differentiable: where two values meet, or the rank falls.
 */
public final class Separation {

  private Separation() {}

  /**
   * Returns the least distance over all matrices of {@code argument}, relative to the largest
   * value; infinite for a function that has no such points.
   */
  public static double of(MatrixKernel kernel, Tensor<double[]> argument) {
    int size = argument.rows() * argument.columns();
    double least = Double.POSITIVE_INFINITY;
    for (int start = 0; start < argument.size(); start += size) {
      double[] matrix = Arrays.copyOfRange(argument.entries(), start, start + size);
      try {
        least = Math.min(least, of(kernel, matrix, argument.rows(), argument.columns()));
      } catch (MathArithmeticException | MaxCountExceededException e) {
        return 0; // nothing is known of a matrix that cannot be decomposed
      }
    }
    return least;
  }

  /** Returns the rank of each matrix of {@code argument}; -1 of one that cannot be decomposed. */
  public static int[] ranks(Tensor<double[]> argument) {
    int size = argument.rows() * argument.columns();
    int[] ranks = new int[argument.size() / size];
    for (int i = 0; i < ranks.length; i++) {
      double[] matrix = Arrays.copyOfRange(argument.entries(), i * size, (i + 1) * size);
      try {
        double[] values =
            Decompositions.singularValues(matrix, argument.rows(), argument.columns());
        while (ranks[i] < values.length && share(values, ranks[i]) > Decompositions.RANK) {
          ranks[i]++;
        }
      } catch (MathArithmeticException | MaxCountExceededException e) {
        ranks[i] = -1;
      }
    }
    return ranks;
  }

  private static double of(MatrixKernel kernel, double[] matrix, int rows, int columns) {
    return switch (kernel) {
      case EIGENVALUES, EIGENVECTORS -> {
        double[] values = Decompositions.eigenvalues(matrix, rows);
        double least = Double.POSITIVE_INFINITY;
        for (int i = 1; i < values.length; i++) {
          least = Math.min(least, gap(values, i));
        }
        yield least;
      }
      case LARGEST_EIGENVALUE, LEADING_EIGENVECTOR -> {
        double[] values = Decompositions.eigenvalues(matrix, rows);
        yield values.length < 2 ? Double.POSITIVE_INFINITY : gap(values, 1);
      }
      case SPECTRAL_NORM, LEADING_DYAD -> {
        double[] values = Decompositions.singularValues(matrix, rows, columns);
        yield values.length < 2 ? share(values, 0) : gap(values, 1);
      }
      case NUCLEAR_NORM, POLAR_FACTOR -> {
        double[] values = Decompositions.singularValues(matrix, rows, columns);
        yield share(values, values.length - 1);
      }
      case PSEUDO_INVERSE -> {
        double[] values = Decompositions.singularValues(matrix, rows, columns);
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < values.length; i++) {
          double share = share(values, i);
          least = share > Decompositions.RANK ? Math.min(least, share) : least;
        }
        yield least;
      }
      case INVERSE,
          DETERMINANT,
          ROW_MAXIMA,
          MAXIMUM,
          MINIMUM,
          EXPONENTIAL,
          EXPONENTIAL_DERIVATIVE,
          WHOLE_POWER,
          WHOLE_POWER_DERIVATIVE,
          LOWER_HALF,
          CHOLESKY ->
          Double.POSITIVE_INFINITY;
    };
  }

  /** Returns the distance of value i from the one before; values descend. */
  static double gap(double[] values, int i) {
    double scale = Math.max(Math.abs(values[0]), Math.abs(values[values.length - 1]));
    return scale == 0 ? 0 : (values[i - 1] - values[i]) / scale;
  }

  /** Returns singular value i as a share of the largest. */
  static double share(double[] values, int i) {
    return values[0] == 0 ? 0 : values[i] / values[0];
  }
}
