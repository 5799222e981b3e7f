package gradsmith.evaluate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The functions of whole matrices.
 *
 * @param <A> an array of numbers of the field
 */
final class MatrixFunctions<A> {

  /** Terms of the exponential series; the scaled norm is below 1/2. */
  private static final int TERMS = 18;

  private final Field<A> field;
  private final TensorAlgebra<A> algebra;

  MatrixFunctions(Field<A> field, TensorAlgebra<A> algebra) {
    this.field = field;
    this.algebra = algebra;
  }

  Tensor<A> apply(MatrixKernel kernel, List<Tensor<A>> arguments) {
    Tensor<A> a = arguments.getFirst();
    return switch (kernel) {
      case INVERSE -> inverse(a);
      case DETERMINANT ->
          TensorAlgebra.withMatrices(a, 1, 1, field.determinants(a.entries(), a.rows()));
      case ROW_MAXIMA ->
          TensorAlgebra.withMatrices(a, a.rows(), 1, field.maxima(a.entries(), a.columns()));
      case MAXIMUM -> maximum(a);
      case MINIMUM -> algebra.scale(maximum(algebra.scale(a, -1)), -1);
      case EXPONENTIAL -> exponential(a, null);
      case EXPONENTIAL_DERIVATIVE -> exponential(a, arguments.get(1));
      case WHOLE_POWER -> power(a, exponent(arguments.get(1)), null);
      case WHOLE_POWER_DERIVATIVE -> power(a, exponent(arguments.get(1)), arguments.get(2));
      case LOWER_HALF -> lowerHalf(a);
      case PSEUDO_INVERSE -> decomposed(kernel, a, a.columns(), a.rows());
      case CHOLESKY, EIGENVECTORS -> decomposed(kernel, a, a.rows(), a.rows());
      case EIGENVALUES, LEADING_EIGENVECTOR -> decomposed(kernel, a, a.rows(), 1);
      case LARGEST_EIGENVALUE, NUCLEAR_NORM, SPECTRAL_NORM -> decomposed(kernel, a, 1, 1);
      case POLAR_FACTOR, LEADING_DYAD -> decomposed(kernel, a, a.rows(), a.columns());
    };
  }

  private Tensor<A> inverse(Tensor<A> a) {
    return new Tensor<>(a.sharedAxes(), field.inverses(a.entries(), a.rows()));
  }

  private Tensor<A> maximum(Tensor<A> a) {
    return new Tensor<>(new int[] {1, 1}, field.maxima(a.entries(), a.size()));
  }

  private Tensor<A> decomposed(MatrixKernel kernel, Tensor<A> a, int rows, int columns) {
    double[] values =
        Decompositions.apply(kernel, field.realParts(a.entries()), a.rows(), a.columns());
    return TensorAlgebra.withMatrices(a, rows, columns, field.lift(values));
  }

  /** By scaling, the series and squaring; along E if that is given. Higham (2008), chapter 10. */
  private Tensor<A> exponential(Tensor<A> a, @Nullable Tensor<A> e) {
    double largest = 0;
    for (double entry : field.realParts(a.entries())) {
      largest = Math.max(largest, Math.abs(entry) * a.rows());
    }
    int squarings = largest > 0.5 ? Math.min(60, 2 + Math.getExponent(largest)) : 0;
    double factor = Math.scalb(1.0, -squarings);
    Tensor<A> x = algebra.scale(a, factor);
    Tensor<A> term = identity(a);
    Tensor<A> sum = term;
    Tensor<A> along = e == null ? null : algebra.scale(e, factor);
    Tensor<A> termAlong = algebra.scale(a, 0);
    Tensor<A> sumAlong = termAlong;
    for (int k = 1; k <= TERMS; k++) {
      if (along != null) {
        Tensor<A> moved =
            algebra.sum(List.of(algebra.product(x, termAlong), algebra.product(along, term)));
        termAlong = algebra.scale(moved, 1.0 / k);
        sumAlong = algebra.sum(List.of(sumAlong, termAlong));
      }
      term = algebra.scale(algebra.product(x, term), 1.0 / k);
      sum = algebra.sum(List.of(sum, term));
    }
    for (int i = 0; i < squarings; i++) {
      if (along != null) {
        sumAlong =
            algebra.sum(List.of(algebra.product(sum, sumAlong), algebra.product(sumAlong, sum)));
      }
      sum = algebra.product(sum, sum);
    }
    return along == null ? sum : sumAlong;
  }

  private Tensor<A> identity(Tensor<A> like) {
    double[] entries = new double[like.size()];
    for (int diagonal : Axes.diagonalIndex(like.matrices(), like.rows())) {
      entries[diagonal] = 1;
    }
    return like.withEntries(field.lift(entries));
  }

  private double exponent(Tensor<A> number) {
    return Math.rint(field.realParts(number.entries())[0]);
  }

  /** By squaring; along E if that is given. A negative power is one of the inverse. */
  private Tensor<A> power(Tensor<A> a, double exponent, @Nullable Tensor<A> e) {
    if (!(Math.abs(exponent) <= MatrixKernel.LARGEST_EXPONENT)) {
      return algebra.scale(a, Double.NaN);
    }
    Tensor<A> x = exponent < 0 ? inverse(a) : a;
    Tensor<A> along =
        e != null && exponent < 0
            ? algebra.scale(algebra.product(algebra.product(x, e), x), -1)
            : e;
    Tensor<A> power = identity(a);
    Tensor<A> powerAlong = algebra.scale(a, 0);
    for (long rest = (long) Math.abs(exponent); rest > 0; rest >>= 1) {
      if (rest % 2 == 1) {
        if (along != null) {
          powerAlong =
              algebra.sum(List.of(algebra.product(powerAlong, x), algebra.product(power, along)));
        }
        power = algebra.product(power, x);
      }
      if (rest > 1) {
        if (along != null) {
          along = algebra.sum(List.of(algebra.product(x, along), algebra.product(along, x)));
        }
        x = algebra.product(x, x);
      }
    }
    return along == null ? power : powerAlong;
  }

  private Tensor<A> lowerHalf(Tensor<A> a) {
    double[] mask = new double[a.size()];
    for (int i = 0; i < mask.length; i++) {
      int row = i / a.columns() % a.rows();
      int column = i % a.columns();
      mask[i] = row > column ? 1 : row == column ? 0.5 : 0;
    }
    return a.withEntries(field.multiply(a.entries(), field.lift(mask)));
  }
}
