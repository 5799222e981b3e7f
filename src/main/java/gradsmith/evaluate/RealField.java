package gradsmith.evaluate;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.LUDecomposition;
import org.jspecify.annotations.Nullable;

/** The real numbers, in double precision. */
public final class RealField implements Field<double[]> {

  /** Makes the field; it has no state. */
  public RealField() {}

  @Override
  public double[] lift(double[] values) {
    return values;
  }

  @Override
  public double[] realParts(double[] numbers) {
    return numbers;
  }

  @Override
  public double[] gather(double[] numbers, int[] index) {
    double[] result = new double[index.length];
    for (int i = 0; i < index.length; i++) {
      result[i] = index[i] < 0 ? 0 : numbers[index[i]];
    }
    return result;
  }

  @Override
  public double[] add(double[] a, double[] b) {
    double[] result = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      result[i] = a[i] + b[i];
    }
    return result;
  }

  @Override
  public double[] multiply(double[] a, double[] b) {
    double[] result = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      result[i] = a[i] * b[i];
    }
    return result;
  }

  @Override
  public double[] scale(double[] a, double factor) {
    double[] result = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      result[i] = a[i] * factor;
    }
    return result;
  }

  @Override
  public double[] power(double[] bases, double[] exponents) {
    double[] result = new double[bases.length];
    for (int i = 0; i < bases.length; i++) {
      result[i] = Math.pow(bases[i], exponents[i]);
    }
    return result;
  }

  @Override
  public double[] sums(double[] numbers, int outer, int length, int inner) {
    double[] result = new double[outer * inner];
    int next = 0;
    for (int i = 0; i < outer; i++) {
      for (int j = 0; j < length; j++) {
        for (int k = 0; k < inner; k++) {
          result[i * inner + k] += numbers[next++];
        }
      }
    }
    return result;
  }

  @Override
  public double[] maxima(double[] numbers, int length) {
    double[] result = new double[numbers.length / length];
    for (int i = 0; i < result.length; i++) {
      double largest = numbers[i * length];
      for (int j = 1; j < length; j++) {
        largest = Math.max(largest, numbers[i * length + j]);
      }
      result[i] = largest;
    }
    return result;
  }

  @Override
  public double[] matrixProducts(
      double[] a, int[] first, double[] b, int[] second, int rows, int inner, int columns) {
    double[] result = new double[first.length * rows * columns];
    for (int matrix = 0; matrix < first.length; matrix++) {
      int left = first[matrix] * rows * inner;
      int right = second[matrix] * inner * columns;
      int target = matrix * rows * columns;
      for (int i = 0; i < rows; i++) {
        for (int k = 0; k < inner; k++) {
          double factor = a[left + i * inner + k];
          for (int j = 0; j < columns; j++) {
            result[target + i * columns + j] += factor * b[right + k * columns + j];
          }
        }
      }
    }
    return result;
  }

  @Override
  public double[] inverses(double[] matrices, int size) {
    double[] result = new double[matrices.length];
    for (int start = 0; start < matrices.length; start += size * size) {
      LUDecomposition decomposition = decompose(matrices, start, size);
      if (!decomposition.getSolver().isNonSingular()) {
        Arrays.fill(result, start, start + size * size, Double.NaN);
        continue;
      }
      double[][] inverse = decomposition.getSolver().getInverse().getData();
      for (int i = 0; i < size; i++) {
        System.arraycopy(inverse[i], 0, result, start + i * size, size);
      }
    }
    return result;
  }

  @Override
  public double[] determinants(double[] matrices, int size) {
    double[] result = new double[matrices.length / (size * size)];
    for (int i = 0; i < result.length; i++) {
      result[i] = decompose(matrices, i * size * size, size).getDeterminant();
    }
    return result;
  }

  private static LUDecomposition decompose(double[] matrices, int start, int size) {
    double[][] rows = new double[size][];
    for (int i = 0; i < size; i++) {
      rows[i] = Arrays.copyOfRange(matrices, start + i * size, start + (i + 1) * size);
    }
    // The default threshold is absolute: it calls any matrix of small entries singular.
    return new LUDecomposition(new Array2DRowRealMatrix(rows, false), Double.MIN_NORMAL);
  }

  @Override
  public double[] apply(ScalarKernel kernel, double[] first, double @Nullable [] second) {
    double[] result = new double[first.length];
    for (int i = 0; i < first.length; i++) {
      result[i] = kernel.value(first[i], second == null ? 0 : second[i]);
    }
    return result;
  }
}
