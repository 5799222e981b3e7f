package gradsmith.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values are right where derivatives are not: where eigenvalues meet and where the rank falls. */
class DecompositionsTest {

  private static void assertValue(MatrixKernel kernel, double[] matrix, double... expected) {
    assertArrayEquals(expected, Decompositions.apply(kernel, matrix, 2, 2), 1e-9, kernel.name());
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 1 + 1e-9, 1.0005})
  void valuesMayMeet(double other) {
    double[] matrix = {1, 0, 0, other};
    assertValue(MatrixKernel.EIGENVALUES, matrix, 1, other);
    assertValue(MatrixKernel.LARGEST_EIGENVALUE, matrix, other);
    assertValue(MatrixKernel.SPECTRAL_NORM, matrix, other);
    assertValue(MatrixKernel.NUCLEAR_NORM, matrix, 1 + other);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-4, 1e-9})
  void theRankMayNearlyFall(double small) {
    double[] matrix = {1, 0, 0, small};
    assertValue(MatrixKernel.NUCLEAR_NORM, matrix, 1 + small);
    assertValue(MatrixKernel.PSEUDO_INVERSE, matrix, 1, 0, 0, 1 / small);
    assertValue(MatrixKernel.POLAR_FACTOR, matrix, 1, 0, 0, 1);
  }

  @Test
  void zeroIsAMatrixToo() {
    double[] zero = new double[4];
    assertValue(MatrixKernel.EIGENVALUES, zero, 0, 0);
    assertValue(MatrixKernel.NUCLEAR_NORM, zero, 0);
    assertValue(MatrixKernel.SPECTRAL_NORM, zero, 0);
    assertValue(MatrixKernel.PSEUDO_INVERSE, zero, zero);
    assertValue(MatrixKernel.POLAR_FACTOR, zero, zero);
  }

  @Test
  void vectorsOfEqualValuesAreNoNumbers() {
    double[] identity = {1, 0, 0, 1};
    for (MatrixKernel kernel :
        new MatrixKernel[] {
          MatrixKernel.EIGENVECTORS, MatrixKernel.LEADING_EIGENVECTOR, MatrixKernel.LEADING_DYAD
        }) {
      assertTrue(Double.isNaN(Decompositions.apply(kernel, identity, 2, 2)[0]), kernel.name());
    }
  }

  @Test
  void separationIsTheLeastOfAStack() {
    Tensor<double[]> stack = Tensor.of(new int[] {2, 2, 2}, new double[] {4, 0, 0, 1, 4, 0, 0, 3});
    assertEquals(0.25, Separation.of(MatrixKernel.EIGENVALUES, stack), 1e-12);
    assertEquals(0.25, Separation.of(MatrixKernel.SPECTRAL_NORM, stack), 1e-12);
    assertEquals(0.25, Separation.of(MatrixKernel.NUCLEAR_NORM, stack), 1e-12);
    assertEquals(0.25, Separation.of(MatrixKernel.PSEUDO_INVERSE, stack), 1e-12);
  }
}
