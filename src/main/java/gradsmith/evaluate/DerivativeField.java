package gradsmith.evaluate;

import java.util.Arrays;
import org.apache.commons.math3.analysis.differentiation.DerivativeStructure;
import org.jspecify.annotations.Nullable;

/**
 * Truncated Taylor series in one parameter t, by Commons Math: evaluating a program at x + t d
 * gives its value and its exact derivatives along d. It shares nothing with the rules of the
 * library.
 */
public final class DerivativeField implements Field<DerivativeStructure[]> {

  private final int order;
  private final DerivativeStructure zero;

  /**
   * Makes the series up to t^order.
   *
   * @throws IllegalArgumentException unless {@code order} is 1 or 2
   */
  public DerivativeField(int order) {
    if (order < 1 || order > 2) {
      throw new IllegalArgumentException("order " + order);
    }
    this.order = order;
    zero = constant(0);
  }

  /** Returns t {@code direction}, entry by entry. */
  public DerivativeStructure[] along(double[] direction) {
    DerivativeStructure[] result = new DerivativeStructure[direction.length];
    for (int i = 0; i < result.length; i++) {
      result[i] =
          order == 1
              ? new DerivativeStructure(1, 1, 0.0, direction[i])
              : new DerivativeStructure(1, 2, 0.0, direction[i], 0.0);
    }
    return result;
  }

  /** Returns the derivatives of {@code which} order by t at t = 0. */
  public double[] derivatives(DerivativeStructure[] numbers, int which) {
    double[] result = new double[numbers.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = numbers[i].getPartialDerivative(which);
    }
    return result;
  }

  private DerivativeStructure constant(double value) {
    return new DerivativeStructure(1, order, value);
  }

  @Override
  public DerivativeStructure[] lift(double[] values) {
    DerivativeStructure[] result = new DerivativeStructure[values.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = constant(values[i]);
    }
    return result;
  }

  @Override
  public double[] realParts(DerivativeStructure[] numbers) {
    double[] result = new double[numbers.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = numbers[i].getValue();
    }
    return result;
  }

  @Override
  public DerivativeStructure[] gather(DerivativeStructure[] numbers, int[] index) {
    DerivativeStructure[] result = new DerivativeStructure[index.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = index[i] < 0 ? zero : numbers[index[i]];
    }
    return result;
  }

  @Override
  public DerivativeStructure[] add(DerivativeStructure[] a, DerivativeStructure[] b) {
    DerivativeStructure[] result = new DerivativeStructure[a.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = a[i].add(b[i]);
    }
    return result;
  }

  @Override
  public DerivativeStructure[] multiply(DerivativeStructure[] a, DerivativeStructure[] b) {
    DerivativeStructure[] result = new DerivativeStructure[a.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = a[i].multiply(b[i]);
    }
    return result;
  }

  @Override
  public DerivativeStructure[] scale(DerivativeStructure[] a, double factor) {
    DerivativeStructure[] result = new DerivativeStructure[a.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = a[i].multiply(factor);
    }
    return result;
  }

  @Override
  public DerivativeStructure[] power(DerivativeStructure[] bases, DerivativeStructure[] exponents) {
    DerivativeStructure[] result = new DerivativeStructure[bases.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = power(bases[i], exponents[i]);
    }
    return result;
  }

  private static DerivativeStructure power(DerivativeStructure base, DerivativeStructure exponent) {
    double[] coefficients = exponent.getAllDerivatives();
    double value = coefficients[0];
    for (int i = 1; i < coefficients.length; i++) {
      if (coefficients[i] != 0) {
        return base.pow(exponent);
      }
    }
    return value == Math.rint(value) && Math.abs(value) < Integer.MAX_VALUE
        ? base.pow((int) value)
        : base.pow(value);
  }

  @Override
  public DerivativeStructure[] sums(
      DerivativeStructure[] numbers, int outer, int length, int inner) {
    DerivativeStructure[] result = new DerivativeStructure[outer * inner];
    for (int i = 0; i < result.length; i++) {
      int start = i / inner * length * inner + i % inner;
      DerivativeStructure sum = numbers[start];
      for (int j = 1; j < length; j++) {
        sum = sum.add(numbers[start + j * inner]);
      }
      result[i] = sum;
    }
    return result;
  }

  @Override
  public DerivativeStructure[] maxima(DerivativeStructure[] numbers, int length) {
    DerivativeStructure[] result = new DerivativeStructure[numbers.length / length];
    for (int i = 0; i < result.length; i++) {
      DerivativeStructure largest = numbers[i * length];
      for (int j = 1; j < length; j++) {
        largest = larger(largest, numbers[i * length + j]);
      }
      result[i] = largest;
    }
    return result;
  }

  private static DerivativeStructure larger(DerivativeStructure a, DerivativeStructure b) {
    return a.getValue() >= b.getValue() || Double.isNaN(a.getValue()) ? a : b;
  }

  @Override
  public DerivativeStructure[] matrixProducts(
      DerivativeStructure[] a,
      int[] first,
      DerivativeStructure[] b,
      int[] second,
      int rows,
      int inner,
      int columns) {
    DerivativeStructure[] result = new DerivativeStructure[first.length * rows * columns];
    for (int next = 0; next < result.length; next++) {
      int matrix = next / (rows * columns);
      int left = (first[matrix] * rows + next / columns % rows) * inner;
      int right = second[matrix] * inner * columns + next % columns;
      DerivativeStructure sum = a[left].multiply(b[right]);
      for (int k = 1; k < inner; k++) {
        sum = sum.add(a[left + k].multiply(b[right + k * columns]));
      }
      result[next] = sum;
    }
    return result;
  }

  @Override
  public DerivativeStructure[] inverses(DerivativeStructure[] matrices, int size) {
    DerivativeStructure[] result = new DerivativeStructure[matrices.length];
    for (int start = 0; start < matrices.length; start += size * size) {
      DerivativeStructure[][] rows = new DerivativeStructure[size][2 * size];
      for (int i = 0; i < size; i++) {
        Arrays.fill(rows[i], size, 2 * size, zero);
        System.arraycopy(matrices, start + i * size, rows[i], 0, size);
        rows[i][size + i] = constant(1);
      }
      boolean singular = eliminate(rows).getValue() == 0;
      for (int i = 0; i < size * size; i++) {
        result[start + i] = singular ? constant(Double.NaN) : rows[i / size][size + i % size];
      }
    }
    return result;
  }

  @Override
  public DerivativeStructure[] determinants(DerivativeStructure[] matrices, int size) {
    DerivativeStructure[] result = new DerivativeStructure[matrices.length / (size * size)];
    for (int i = 0; i < result.length; i++) {
      DerivativeStructure[][] rows = new DerivativeStructure[size][];
      for (int j = 0; j < size; j++) {
        int start = (i * size + j) * size;
        rows[j] = Arrays.copyOfRange(matrices, start, start + size);
      }
      result[i] = eliminate(rows);
    }
    return result;
  }

  /**
   * Makes the square matrix in front of {@code rows} the identity, as Gauss and Jordan do, and
   * returns its determinant; stops at 0. Pivots are the largest: the decomposition of Commons Math
   * takes any that is not zero, and lost half of the digits to it.
   */
  private DerivativeStructure eliminate(DerivativeStructure[][] rows) {
    DerivativeStructure determinant = constant(1);
    for (int k = 0; k < rows.length; k++) {
      int pivot = k;
      for (int i = k + 1; i < rows.length; i++) {
        pivot = Math.abs(rows[i][k].getValue()) > Math.abs(rows[pivot][k].getValue()) ? i : pivot;
      }
      DerivativeStructure[] row = rows[pivot];
      rows[pivot] = rows[k];
      rows[k] = row;
      determinant = determinant.multiply(pivot == k ? row[k] : row[k].negate());
      if (row[k].getValue() == 0) {
        return determinant;
      }
      DerivativeStructure inverse = row[k].reciprocal();
      for (int j = k; j < row.length; j++) {
        row[j] = row[j].multiply(inverse);
      }
      for (int i = 0; i < rows.length; i++) {
        DerivativeStructure factor = rows[i][k];
        for (int j = k; i != k && j < row.length; j++) {
          rows[i][j] = rows[i][j].subtract(factor.multiply(row[j]));
        }
      }
    }
    return determinant;
  }

  @Override
  public DerivativeStructure[] apply(
      ScalarKernel kernel, DerivativeStructure[] first, DerivativeStructure @Nullable [] second) {
    DerivativeStructure[] result = new DerivativeStructure[first.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = apply(kernel, first[i], second == null ? zero : second[i]);
    }
    return result;
  }

  private DerivativeStructure apply(
      ScalarKernel kernel, DerivativeStructure x, DerivativeStructure y) {
    return switch (kernel) {
      // The JDK's own, since the first use of Commons Math's fills its tables.
      case EXP -> {
        double value = Math.exp(x.getValue());
        yield compose(x, value, value, value);
      }
      case LOG -> {
        double slope = 1 / x.getValue();
        yield compose(x, Math.log(x.getValue()), slope, -slope * slope);
      }
      case LOG1P -> x.log1p();
      case EXPM1 -> x.expm1();
      case ABS -> x.abs();
      case SIN -> x.sin();
      case COS -> x.cos();
      case TAN -> x.tan();
      case ARCSIN -> x.asin();
      case ARCCOS -> x.acos();
      case ARCTAN -> x.atan();
      case SINH -> x.sinh();
      case COSH -> x.cosh();
      case TANH -> x.tanh();
      case SIGMOID -> apply(ScalarKernel.EXP, x.negate(), zero).add(1).reciprocal();
      case ERF -> {
        // Abramowitz & Stegun (1964), 7.1.19
        double slope = 2 / Math.sqrt(Math.PI) * Math.exp(-x.getValue() * x.getValue());
        yield compose(x, kernel.value(x.getValue(), 0), slope, -2 * x.getValue() * slope);
      }
      case LGAMMA -> compose(x, kernel.value(x.getValue(), 0), polygamma(0, x), polygamma(1, x));
      case DIGAMMA -> compose(x, polygamma(0, x), polygamma(1, x), polygamma(2, x));
      case POLYGAMMA -> {
        int n = (int) x.getValue();
        yield compose(y, polygamma(n, y), polygamma(n + 1, y), polygamma(n + 2, y));
      }
      case MAX -> larger(x, y);
      case MIN -> larger(x.negate(), y.negate()).negate();
      case SIGN, STEP, GREATER, GREATER_EQUAL, LESS, LESS_EQUAL, EQUAL ->
          constant(kernel.value(x.getValue(), y.getValue()));
    };
  }

  private static double polygamma(int n, DerivativeStructure x) {
    return Polygamma.value(n, x.getValue());
  }

  private DerivativeStructure compose(
      DerivativeStructure x, double value, double slope, double curvature) {
    return order == 1 ? x.compose(value, slope) : x.compose(value, slope, curvature);
  }
}
