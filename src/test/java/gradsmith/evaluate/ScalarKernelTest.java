package gradsmith.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.apache.commons.math3.analysis.differentiation.DerivativeStructure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScalarKernelTest {

  private static final double STEP = 1e-3;

  private final DerivativeField series = new DerivativeField(2);
  private final Random random = new Random(7);

  @ParameterizedTest
  @EnumSource
  void derivativesAgreeWithCentralDifferences(ScalarKernel kernel) {
    int compared = 0;
    for (int trial = 0; trial < 300; trial++) {
      double range = trial % 3 == 0 ? 0.9 : 4;
      double x = kernel == ScalarKernel.POLYGAMMA ? 1 + random.nextInt(3) : between(-range, range);
      double y = between(-range, range);
      if (isAdmissible(kernel, x, y)) {
        compareDerivatives(kernel, x, y);
        compared++;
      }
    }
    assertTrue(compared > 40, "only " + compared + " admissible points");
  }

  private double between(double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  private static boolean isAdmissible(ScalarKernel kernel, double x, double y) {
    double distance =
        switch (kernel) {
          case ABS, SIGN, STEP -> Math.abs(x);
          case MAX, MIN, GREATER, GREATER_EQUAL, LESS, LESS_EQUAL, EQUAL -> Math.abs(x - y);
          case TAN -> Math.abs(Math.cos(x)) - 0.3;
          case LOG -> x - 0.2;
          case LOG1P -> x + 0.8;
          case ARCSIN, ARCCOS -> 0.8 - Math.abs(x);
          case LGAMMA, DIGAMMA -> x - 0.3;
          case POLYGAMMA -> y - 0.5;
          default -> 1;
        };
    return distance > 0.05;
  }

  /** Moves both arguments, but the order of polygamma. */
  private void compareDerivatives(ScalarKernel kernel, double x, double y) {
    double alongX = kernel == ScalarKernel.POLYGAMMA ? 0 : 1;
    double alongY = kernel.arity() == 2 ? -0.6 : 0;
    DerivativeStructure[] first =
        series.add(series.lift(new double[] {x}), series.along(new double[] {alongX}));
    DerivativeStructure[] second =
        series.add(series.lift(new double[] {y}), series.along(new double[] {alongY}));
    DerivativeStructure[] value = series.apply(kernel, first, kernel.arity() == 1 ? null : second);
    double[] f = new double[5];
    for (int i = 0; i < f.length; i++) {
      f[i] = kernel.value(x + (i - 2) * STEP * alongX, y + (i - 2) * STEP * alongY);
    }
    double slope = (8 * (f[3] - f[1]) - (f[4] - f[0])) / (12 * STEP);
    double curvature = (16 * (f[3] + f[1]) - (f[4] + f[0]) - 30 * f[2]) / (12 * STEP * STEP);
    String where = kernel + " at " + x + ", " + y;
    assertEquals(f[2], value[0].getValue(), 1e-14 * Math.max(1, Math.abs(f[2])), where);
    assertEquals(
        slope, value[0].getPartialDerivative(1), 1e-7 * Math.max(1, Math.abs(slope)), where);
    assertEquals(
        curvature,
        value[0].getPartialDerivative(2),
        1e-5 * Math.max(1, Math.abs(curvature)),
        where);
  }

  @Test
  void isFoundByItsNameAndArity() {
    for (ScalarKernel kernel : ScalarKernel.values()) {
      assertSame(kernel, ScalarKernel.find(kernel.functionName(), kernel.arity()));
      assertNull(ScalarKernel.find(kernel.functionName(), 3));
    }
    assertNull(ScalarKernel.find("softmax", 1));
  }

  @Test
  void specialFunctionsHaveTheValuesOfTheTables() {
    assertEquals(0.8427007929497149, ScalarKernel.ERF.value(1, 0), 1e-15);
    assertEquals(0.5723649429247001, ScalarKernel.LGAMMA.value(0.5, 0), 1e-14);
    assertEquals(-0.5772156649015329, ScalarKernel.DIGAMMA.value(1, 0), 1e-15);
    assertEquals(-1.9635100260214235, ScalarKernel.DIGAMMA.value(0.5, 0), 1e-14);
    assertEquals(Math.PI * Math.PI / 6, ScalarKernel.POLYGAMMA.value(1, 1), 1e-14);
    assertEquals(-2.404113806319188, ScalarKernel.POLYGAMMA.value(2, 1), 1e-14);
    assertTrue(Double.isNaN(ScalarKernel.DIGAMMA.value(-1, 0)));
  }
}
