package gradsmith.verify;

import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.jspecify.annotations.Nullable;

/** Finds the coefficients with which columns sum to a vector. */
final class LeastSquares {

  private static final double WORST_CONDITION = 1e6;

  private LeastSquares() {}

  /** Returns the only coefficients that solve it exactly, or null if there are none or many. */
  static double @Nullable [] solve(List<double[]> columns, double[] sum) {
    if (columns.size() > sum.length) {
      return null;
    }
    RealMatrix matrix = new Array2DRowRealMatrix(sum.length, columns.size());
    for (int i = 0; i < columns.size(); i++) {
      for (double entry : columns.get(i)) {
        if (Double.isNaN(entry) || Double.isInfinite(entry)) {
          return null;
        }
      }
      matrix.setColumn(i, columns.get(i));
    }
    SingularValueDecomposition svd = new SingularValueDecomposition(matrix);
    if (!(svd.getConditionNumber() < WORST_CONDITION)) {
      return null;
    }
    RealVector solution = svd.getSolver().solve(new ArrayRealVector(sum));
    return Points.isClose(matrix.operate(solution).toArray(), sum) ? solution.toArray() : null;
  }
}
