package gradsmith.evaluate;

import static org.junit.jupiter.api.Assertions.assertTrue;

import gradsmith.Gradsmith;
import gradsmith.expr.Property;
import gradsmith.expr.Variable;
import gradsmith.language.Program;
import gradsmith.source.ProgramException;
import gradsmith.source.Source;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.StringJoiner;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every set of properties that a declaration may name is drawn, whole. */
class RandomStructureTest {

  private static final List<Property> ALL =
      List.of(
          Property.SYMMETRIC,
          Property.SPD,
          Property.DIAGONAL,
          Property.ORTHOGONAL,
          Property.ONEHOT,
          Property.STOCHASTIC,
          Property.POSITIVE);

  @ParameterizedTest
  @ValueSource(strings = {"(n, n)", "(3, 3)", "(1, 1)", "(n, k)", "(5, 2)", "(n, 1)"})
  void propertiesHoldTogether(String shape) {
    int drawn = 0;
    for (int set = 0; set < 1 << ALL.size(); set++) {
      Set<Property> properties = EnumSet.noneOf(Property.class);
      StringJoiner words = new StringJoiner(" ");
      for (int i = 0; i < ALL.size(); i++) {
        if ((set >> i & 1) == 1) {
          properties.add(ALL.get(i));
          words.add(ALL.get(i).word());
        }
      }
      Program program;
      try {
        program = new Gradsmith().read(new Source("", "A : " + shape + " " + words + "; sum(A)"));
      } catch (ProgramException e) {
        continue; // no such matrix
      }
      drawn++;
      for (int attempt = 0; attempt < RandomInstance.WAYS; attempt++) {
        assertHas(properties, draw(program.parameters(), attempt), words + " " + shape);
      }
    }
    assertTrue(drawn > 4, shape + ": " + drawn);
  }

  private static RealMatrix draw(List<Variable> variables, int attempt) {
    Random random = new Random(attempt);
    Sizes sizes = RandomInstance.sizes(variables, List.of(), random);
    RandomInstance instance = RandomInstance.draw(variables, sizes, Set.of(), random, attempt);
    double[][] rows = Tensor.toArray(instance.lifted(variables.getFirst(), new RealField()));
    return new Array2DRowRealMatrix(rows);
  }

  private static void assertHas(Set<Property> properties, RealMatrix matrix, String message) {
    for (Property property : properties) {
      assertTrue(has(property, matrix), () -> message + " is not " + property + ": " + matrix);
    }
  }

  private static boolean has(Property property, RealMatrix matrix) {
    double[][] rows = matrix.getData();
    return switch (property) {
      case SYMMETRIC -> matrix.equals(matrix.transpose());
      case SPD ->
          matrix.equals(matrix.transpose())
              && MatrixUtils.createRealVector(new EigenDecomposition(matrix).getRealEigenvalues())
                      .getMinValue()
                  > 1e-3;
      case DIAGONAL -> {
        boolean zero = true;
        for (int i = 0; i < rows.length * rows.length; i++) {
          zero &= i % rows.length == i / rows.length || rows[i / rows.length][i % rows.length] == 0;
        }
        yield zero;
      }
      case ORTHOGONAL -> {
        boolean wide = matrix.getColumnDimension() > matrix.getRowDimension();
        RealMatrix transpose = matrix.transpose();
        RealMatrix product = wide ? matrix.multiply(transpose) : transpose.multiply(matrix);
        RealMatrix identity = MatrixUtils.createRealIdentityMatrix(product.getRowDimension());
        yield product.subtract(identity).getNorm() < 1e-12;
      }
      case ONEHOT, STOCHASTIC -> {
        boolean holds = true;
        for (double[] row : rows) {
          double sum = 0;
          for (double entry : row) {
            holds &= entry >= 0 && (property == Property.STOCHASTIC || entry == 0 || entry == 1);
            sum += entry;
          }
          holds &= Math.abs(sum - 1) < 1e-14;
        }
        yield holds;
      }
      case POSITIVE -> {
        boolean positive = true;
        for (double[] row : rows) {
          for (double entry : row) {
            positive &= entry > 0;
          }
        }
        yield positive;
      }
      case CONSTANT, INTEGER -> true;
    };
  }
}
