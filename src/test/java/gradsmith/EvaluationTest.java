package gradsmith;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import gradsmith.data.MisfitException;
import gradsmith.data.NdArray;
import gradsmith.source.Source;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values and derivatives at given numbers. */
class EvaluationTest {

  private static final NdArray ROWS = NdArray.matrix(new double[][] {{1, 2}, {3, 4}});

  @Test
  void stacksOfMatrices() {
    NdArray x = NdArray.of(new int[] {2, 1, 2}, new double[] {1, 2, 3, 4});
    Evaluation at =
        Gradsmith.derive("X : (b, t, d); L = sum((X W).^2)")
            .evaluateArrays(Map.of("X", x, "W", NdArray.matrix(new double[][] {{1}, {-1}})));
    assertEquals(2, at.value(), 1e-15);
    assertEquals(
        NdArray.of(new int[] {2, 1, 2}, new double[] {-2, 2, -2, 2}),
        at.derivatives().get(0).numbers());
    assertEquals(NdArray.matrix(new double[][] {{-8}, {-12}}), at.derivatives().get(1).numbers());
  }

  @Test
  void directionsAndLengths() {
    Options options = Options.DEFAULT.products("x");
    Evaluation product =
        new Gradsmith()
            .derive(new Source("", "sum(x.^3)"), options)
            .evaluateArrays(Map.of("x", NdArray.vector(1, 2), "v_x", NdArray.vector(1, 10)));
    assertEquals(NdArray.vector(6, 120), product.derivatives().getFirst().numbers());
    Result ones = Gradsmith.derive("A : (n, n); x : (m); L = sum(ones(n, m) x)");
    assertThrows(
        MisfitException.class, () -> ones.evaluateArrays(Map.of("x", NdArray.vector(1, 2))));
    Evaluation at = ones.evaluateArrays(Map.of("x", NdArray.vector(1, 2), "n", NdArray.of(3)));
    assertEquals(9, at.value(), 1e-15);
    assertArrayEquals(new double[][] {{3}, {3}}, at.gradient("x"));
  }

  @Test
  void vectorsAreRowsOrColumnsOfAFile() {
    Result result = Gradsmith.derive("x' A x");
    for (int[] axes : new int[][] {{2}, {2, 1}, {1, 2}}) {
      NdArray x = NdArray.of(axes, new double[] {1, 1});
      assertEquals(10, result.evaluateArrays(Map.of("x", x, "A", ROWS)).value(), 1e-15);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "A : (2, 3); sum(A) ~ A is 2×3, but its value is 2×2",
        "sum(A B) + sum(B) ~ B is d×k but has no value",
        "A : (n, n) symmetric; tr(A) ~ A was declared symmetric, but its entry (1, 2), 2.0, is not"
            + " the one across the diagonal",
        "A : (n, n) spd; tr(A) ~ A was declared spd, but its entry (1, 2), 2.0, is not the one"
            + " across the diagonal",
        "A : (n, n) diagonal; tr(A) ~ A was declared diagonal, but its entry (1, 2), 2.0, is not 0",
        "A : (n, n) orthogonal; sum(A) ~ A was declared orthogonal, but its columns are not of"
            + " length 1 and orthogonal to each other",
        "A : (n, d) onehot; sum(A) ~ A was declared onehot, but its entry (1, 2), 2.0, is neither"
            + " 0 nor 1",
        "A : (n, d) stochastic; sum(A) ~ A was declared stochastic, but row 1 sums to 3.0",
        "A : (n, d) positive; sum(log(A - 5)) ~ ",
        "CE(A, A) ~ ",
        "a^2 ~ a is a scalar but has no value",
      })
  void saysWhatDoesNotFit(String program, String message) {
    Result result = Gradsmith.derive(program);
    if (message == null) {
      result.evaluateArrays(Map.of("A", ROWS));
      return;
    }
    MisfitException wrong =
        assertThrows(MisfitException.class, () -> result.evaluateArrays(Map.of("A", ROWS)));
    assertEquals(message, wrong.getMessage());
  }

  /** A vector is one column. */
  @Test
  void anOrthogonalVectorHasLengthOne() {
    Result result = Gradsmith.derive("q : (n) orthogonal; sum(q)");
    assertEquals(1.4, result.evaluateArrays(Map.of("q", NdArray.vector(0.6, 0.8))).value(), 1e-15);
    assertThrows(
        MisfitException.class, () -> result.evaluateArrays(Map.of("q", NdArray.vector(1, 1))));
  }

  /** A shear by 1 to the power n is one by n; moved along its own kind it gains n there. */
  @ParameterizedTest
  @CsvSource({"-3", "0", "1", "7", "64", "5000", "9007199254740992"})
  void powersGoAsFarAsWholeNumbersDo(double n) {
    NdArray shear = NdArray.matrix(new double[][] {{1, 1}, {0, 1}});
    Evaluation at =
        Gradsmith.derive("A : (2, 2); a, b : (2); a' A^n b")
            .evaluateArrays(
                Map.of(
                    "A",
                    shear,
                    "n",
                    NdArray.of(n),
                    "a",
                    NdArray.vector(1, 0),
                    "b",
                    NdArray.vector(0, 1)));
    assertEquals(n, at.value(), 1e-9 * Math.abs(n));
    double[][] byA = at.gradient("A");
    assertEquals(n, byA[0][1], 1e-9 * Math.abs(n));
    assertEquals(n * (n - 1) / 2, byA[0][0], 1e-9 * n * n);
    assertEquals(n * (n - 1) / 2, byA[1][1], 1e-9 * n * n);
  }

  @Test
  void anExponentThatNoDoubleCountsIsRefused() {
    Result result = Gradsmith.derive("tr(A^n)");
    MisfitException wrong =
        assertThrows(
            MisfitException.class,
            () -> result.evaluateArrays(Map.of("A", ROWS, "n", NdArray.of(1e17))));
    assertEquals(
        "n is to be a whole number, but 1.0E17 is too large: whole numbers go to 2^53",
        wrong.getMessage());
  }

  @Test
  void labelsThatBreakTheAssumptionAreRefused() {
    Result result = Gradsmith.derive("CE(Z, A)");
    MisfitException wrong =
        assertThrows(
            MisfitException.class, () -> result.evaluateArrays(Map.of("A", ROWS, "Z", ROWS)));
    assertEquals(
        "the formulas take for true that each row of A sums to 1, but row 1 sums to 3.0",
        wrong.getMessage());
  }
}
