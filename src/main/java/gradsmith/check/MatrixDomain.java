package gradsmith.check;

import gradsmith.evaluate.MatrixKernel;
import gradsmith.evaluate.Separation;
import gradsmith.evaluate.Tensor;
import gradsmith.expr.FunctionSymbol;
import java.util.List;

/** Where the functions of whole matrices can be differentiated with some accuracy. */
final class MatrixDomain {

  /** Values that are closer than this share of the largest are too close. */
  private static final double DISTINCT = 1e-3;

  private MatrixDomain() {}

  /** Tells whether {@code function} is smooth around {@code arguments}, as far as a tie goes. */
  static boolean isSmooth(FunctionSymbol function, List<Tensor<double[]>> arguments) {
    MatrixKernel kernel = MatrixKernel.find(function.name(), function.arity());
    if (kernel == null) {
      return true;
    }
    return switch (kernel) {
      case ROW_MAXIMA, MAXIMUM, MINIMUM -> !Ties.isNearlyTied(kernel, arguments.getFirst());
      case EIGENVALUES,
          EIGENVECTORS,
          LARGEST_EIGENVALUE,
          LEADING_EIGENVECTOR,
          NUCLEAR_NORM,
          POLAR_FACTOR,
          SPECTRAL_NORM,
          LEADING_DYAD,
          PSEUDO_INVERSE ->
          Separation.of(kernel, arguments.getFirst()) >= DISTINCT;
      case INVERSE,
          DETERMINANT,
          EXPONENTIAL,
          EXPONENTIAL_DERIVATIVE,
          WHOLE_POWER,
          WHOLE_POWER_DERIVATIVE,
          LOWER_HALF,
          CHOLESKY ->
          true; // where they are not differentiable they are not a number
    };
  }
}
