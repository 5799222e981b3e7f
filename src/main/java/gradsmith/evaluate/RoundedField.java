package gradsmith.evaluate;

import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Real numbers with every result rounded at random, up or down by a last place. Two runs differ by
 * about as much as rounding may have changed either.
 */
public final class RoundedField implements Field<double[]> {

  private final Field<double[]> exact = new RealField();
  private final Random random;

  /** Rounds as {@code seed} decides. */
  public RoundedField(long seed) {
    random = new Random(seed);
  }

  private double[] rounded(double[] numbers) {
    double[] result = new double[numbers.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = random.nextBoolean() ? Math.nextUp(numbers[i]) : Math.nextDown(numbers[i]);
      result[i] = numbers[i] == 0 ? 0 : result[i];
    }
    return result;
  }

  @Override
  public double[] lift(double[] values) {
    return exact.lift(values);
  }

  @Override
  public double[] realParts(double[] numbers) {
    return exact.realParts(numbers);
  }

  @Override
  public double[] gather(double[] numbers, int[] index) {
    return exact.gather(numbers, index);
  }

  @Override
  public double[] add(double[] a, double[] b) {
    return rounded(exact.add(a, b));
  }

  @Override
  public double[] multiply(double[] a, double[] b) {
    return rounded(exact.multiply(a, b));
  }

  @Override
  public double[] scale(double[] a, double factor) {
    return rounded(exact.scale(a, factor));
  }

  @Override
  public double[] power(double[] bases, double[] exponents) {
    return rounded(exact.power(bases, exponents));
  }

  @Override
  public double[] sums(double[] numbers, int outer, int length, int inner) {
    return rounded(exact.sums(numbers, outer, length, inner));
  }

  @Override
  public double[] maxima(double[] numbers, int length) {
    return exact.maxima(numbers, length);
  }

  @Override
  public double[] matrixProducts(
      double[] a, int[] first, double[] b, int[] second, int rows, int inner, int columns) {
    return rounded(exact.matrixProducts(a, first, b, second, rows, inner, columns));
  }

  @Override
  public double[] inverses(double[] matrices, int size) {
    return exact.inverses(rounded(matrices), size);
  }

  @Override
  public double[] determinants(double[] matrices, int size) {
    return exact.determinants(rounded(matrices), size);
  }

  @Override
  public double[] apply(ScalarKernel kernel, double[] first, double @Nullable [] second) {
    return rounded(exact.apply(kernel, first, second));
  }
}
