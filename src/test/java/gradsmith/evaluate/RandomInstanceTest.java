package gradsmith.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gradsmith.expr.Expressions;
import gradsmith.expr.Property;
import gradsmith.expr.Variable;
import gradsmith.shape.Polynomial;
import gradsmith.shape.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandomInstanceTest {

  private static final Shape SQUARE = Shape.matrix(Polynomial.of("n"), Polynomial.of("n"));
  private static final Shape WIDE = Shape.matrix(Polynomial.of("n"), Polynomial.of("k"));

  private final Expressions expressions = new Expressions();

  private double[][] draw(int attempt, Shape shape, int rank, Property... properties) {
    String name = "v" + expressions.size();
    Variable variable = expressions.variable(name, shape, rank, Set.of(properties));
    Random random = new Random(attempt);
    Sizes sizes = RandomInstance.sizes(List.of(variable), List.of(), random);
    RandomInstance instance =
        RandomInstance.draw(List.of(variable), sizes, Set.of(), random, attempt);
    return Tensor.toArray(instance.lifted(variable, new RealField()));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
  void declaredPropertiesHold(int attempt) {
    double[][] symmetric = draw(attempt, SQUARE, 2, Property.SYMMETRIC);
    double[][] diagonal = draw(attempt, SQUARE, 2, Property.DIAGONAL);
    double[][] definite = draw(attempt, SQUARE, 2, Property.SPD);
    double[][] orthogonal = draw(attempt, SQUARE, 2, Property.ORTHOGONAL);
    for (int i = 0; i < symmetric.length; i++) {
      for (int j = 0; j < symmetric.length; j++) {
        assertEquals(symmetric[i][j], symmetric[j][i]);
        assertTrue(i == j || diagonal[i][j] == 0);
        double sum = 0;
        for (double[] row : orthogonal) {
          sum += row[i] * row[j];
        }
        assertEquals(i == j ? 1 : 0, sum, 1e-14);
      }
    }
    for (double eigenvalue :
        new EigenDecomposition(new Array2DRowRealMatrix(definite)).getRealEigenvalues()) {
      assertTrue(eigenvalue > 0.4, "eigenvalue " + eigenvalue);
    }
    for (double[] row : draw(attempt, WIDE, 2, Property.POSITIVE)) {
      for (double entry : row) {
        assertTrue(entry > 0);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5})
  void rowsOfLabelsSumToOne(int attempt) {
    for (Property property : List.of(Property.ONEHOT, Property.STOCHASTIC)) {
      for (double[] row : draw(attempt, WIDE, 2, property)) {
        double sum = 0;
        for (double entry : row) {
          assertTrue(entry >= 0 && (property == Property.STOCHASTIC || entry == 0 || entry == 1));
          sum += entry;
        }
        assertEquals(1, sum, 1e-15);
      }
      double sum = 0;
      for (double[] entry :
          draw(attempt, Shape.matrix(Polynomial.of("k"), Polynomial.ONE), 1, property)) {
        sum += entry[0];
      }
      assertEquals(1, sum, 1e-15, "a vector is one row");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 9})
  void dimensionsHaveDistinctLengths(int count) {
    List<Variable> variables = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      variables.add(
          expressions.variable(
              "x" + i, Shape.matrix(Polynomial.of("n" + i), Polynomial.of(3)), 2, Set.of()));
    }
    Sizes sizes = RandomInstance.sizes(variables, List.of("n0*q"), new Random(3));
    Set<Integer> lengths = new HashSet<>(sizes.lengths().values());
    assertEquals(count + 1, lengths.size());
    assertTrue(!lengths.contains(1) && !lengths.contains(3));
    assertEquals(sizes, RandomInstance.sizes(variables, List.of("n0*q"), new Random(3)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 6})
  void equalSeedsGiveEqualValues(int attempt) {
    double[][] first = draw(attempt, WIDE, 2);
    double[][] second = draw(attempt, WIDE, 2);
    assertEquals(first.length, second.length);
    for (int i = 0; i < first.length; i++) {
      assertArrayEquals(first[i], second[i]);
    }
  }
}
