package gradsmith.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gradsmith.expr.Apply;
import gradsmith.expr.Expr;
import gradsmith.expr.Expressions;
import gradsmith.expr.FunctionFacts;
import gradsmith.expr.FunctionSymbol;
import gradsmith.expr.Lambda;
import gradsmith.expr.Operator;
import gradsmith.expr.Operator.Primitive;
import gradsmith.expr.Rational;
import gradsmith.expr.SizeExpressions;
import gradsmith.expr.Variable;
import gradsmith.shape.Polynomial;
import gradsmith.shape.Shape;
import gradsmith.shape.Signature;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.math3.analysis.differentiation.DerivativeStructure;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EvaluatorTest {

  private static final Polynomial N = Polynomial.of("n");
  private static final Polynomial K = Polynomial.of("k");
  private static final Sizes SIZES = new Sizes(Map.of("n", 2, "k", 3, "b", 2));
  private static final FunctionSymbol EXP = elementwise("exp");
  private static final FunctionSymbol MEAN =
      new FunctionSymbol(
          "rowmean",
          1,
          new Signature(Signature.Kind.ROWS, List.of(List.of("n", "k")), List.of("n", "1")),
          Set.of());

  private final Expressions expressions = new Expressions();
  private final Variable matrix = variable("A", Shape.matrix(N, K));
  private final Variable square = variable("S", Shape.matrix(N, N));
  private final Variable column = variable("x", Shape.matrix(N, Polynomial.ONE));
  private final Variable stack = variable("B", new Shape(List.of(Polynomial.of("b")), K, N));

  private final Evaluator<double[]> evaluator = evaluator();

  private static FunctionSymbol elementwise(String name) {
    List<String> pattern = List.of("n", "k");
    return new FunctionSymbol(
        name, 1, new Signature(Signature.Kind.ELEMENTWISE, List.of(pattern), pattern), Set.of());
  }

  private Variable variable(String name, Shape shape) {
    return expressions.variable(name, shape, 2, Set.of());
  }

  private Evaluator<double[]> evaluator() {
    Evaluator<double[]> made = new Evaluator<>(new RealField(), facts(), SIZES, null);
    made.define(matrix, Tensor.of(new double[][] {{1, 2, 3}, {4, 5, 6}}));
    made.define(square, Tensor.of(new double[][] {{2, 1}, {5, 4}}));
    made.define(column, Tensor.column(7, -1));
    made.define(
        stack, Tensor.of(new int[] {2, 3, 2}, new double[] {1, 0, 0, 1, 0, 0, 2, 1, 1, 1, 0, 3}));
    return made;
  }

  /** Defines {@code rowmean(A) = A ones(k, 1) / k} and nothing else. */
  private static FunctionFacts facts() {
    Expressions session = new Expressions();
    Polynomial rows = Polynomial.of("r");
    Polynomial length = Polynomial.of("c");
    Variable parameter = session.variable("A", Shape.matrix(rows, length), 2, Set.of());
    Expr sum =
        session.apply(
            Primitive.PRODUCT,
            parameter,
            session.fill(Rational.ONE, Shape.matrix(length, Polynomial.ONE)));
    Expr inverse =
        session.apply(Primitive.POWER, session.size("c"), session.number(Rational.MINUS_ONE));
    Lambda mean = new Lambda(List.of(parameter), session.apply(Primitive.PRODUCT, inverse, sum));
    return new FunctionFacts() {
      @Override
      public @Nullable Lambda definition(FunctionSymbol symbol) {
        return symbol.name().equals("rowmean") ? mean : null;
      }

      @Override
      public List<Lambda> domain(FunctionSymbol symbol) {
        return List.of();
      }
    };
  }

  private Apply apply(Operator operator, Expr... arguments) {
    return expressions.apply(operator, arguments);
  }

  private void assertValue(double[][] expected, Expr node) {
    double[][] actual = Tensor.toArray(evaluator.evaluate(node));
    assertEquals(expected.length, actual.length, "rows");
    for (int i = 0; i < expected.length; i++) {
      assertArrayEquals(expected[i], actual[i], 1e-12, "row " + i);
    }
  }

  @Test
  void elementwiseOperatorsWorkEntryByEntry() {
    assertValue(new double[][] {{2, 4, 6}, {8, 10, 12}}, apply(Primitive.SUM, matrix, matrix));
    assertValue(
        new double[][] {{1, 8, 27}, {64, 125, 216}},
        apply(Primitive.HADAMARD, matrix, matrix, matrix));
    assertValue(
        new double[][] {{.5, 1, 1.5}, {2, 2.5, 3}},
        apply(new Operator.Scale(Rational.of(1, 2)), matrix));
    assertValue(
        new double[][] {{Math.exp(7)}, {Math.exp(-1)}}, apply(new Operator.Function(EXP), column));
  }

  @Test
  void wholePowersOfNegativeNumbersAreExact() {
    assertValue(
        new double[][] {{343}, {-1}},
        apply(Primitive.POWER, column, expressions.number(Rational.of(3))));
    assertValue(
        new double[][] {{1.0 / 7}, {-1}},
        apply(Primitive.POWER, column, expressions.number(Rational.MINUS_ONE)));
  }

  @Test
  void transposeVecAndDiagonalsMoveEntries() {
    assertValue(new double[][] {{1, 4}, {2, 5}, {3, 6}}, apply(Primitive.TRANSPOSE, matrix));
    assertValue(new double[][] {{1}, {4}, {2}, {5}, {3}, {6}}, apply(Primitive.VEC, matrix));
    assertValue(
        new double[][] {{1, 2, 3}, {4, 5, 6}},
        apply(new Operator.Unvec(N, K), apply(Primitive.VEC, matrix)));
    assertValue(new double[][] {{2}, {4}}, apply(Primitive.DIAGONAL, square));
    assertValue(new double[][] {{7, 0}, {0, -1}}, apply(Primitive.DIAGONAL_MATRIX, column));
  }

  @Test
  void reductionsSum() {
    assertValue(new double[][] {{21}}, apply(Primitive.TOTAL, matrix));
    assertValue(new double[][] {{6}}, apply(Primitive.TRACE, square));
  }

  @Test
  void innerProductsScaleWhatFollows() {
    Expr row = apply(Primitive.TRANSPOSE, column);
    assertValue(new double[][] {{50}}, apply(Primitive.PRODUCT, row, column));
    assertValue(
        new double[][] {{50, 100, 150}, {200, 250, 300}},
        apply(Primitive.PRODUCT, row, column, matrix));
    assertValue(new double[][] {{3, 9, 15}}, apply(Primitive.PRODUCT, row, matrix));
    assertValue(new double[][] {{49, -7}, {-7, 1}}, apply(Primitive.PRODUCT, column, row));
  }

  @Test
  void kroneckerProductsAndTheirAdjoints() {
    assertValue(
        new double[][] {{14, 7}, {-2, -1}, {35, 28}, {-5, -4}},
        apply(Primitive.KRONECKER, square, column));
    Expr g = apply(Primitive.KRONECKER, square, matrix);
    // ⟨A, A⟩ = 91 and ⟨S, S⟩ = 46
    assertValue(
        new double[][] {{182, 91}, {455, 364}},
        apply(new Operator.BlockContraction(true, N, N), g, matrix));
    assertValue(
        new double[][] {{46, 92, 138}, {184, 230, 276}},
        apply(new Operator.BlockContraction(false, N, K), g, square));
  }

  @Test
  void stacksOfMatricesBroadcastAgainstOneMatrix() {
    Tensor<double[]> product = evaluator.evaluate(apply(Primitive.PRODUCT, matrix, stack));
    assertArrayEquals(new int[] {2, 2, 2}, product.axes());
    assertArrayEquals(new double[] {1, 2, 4, 5, 4, 12, 13, 27}, product.entries());
    assertValue(
        new double[][] {{3, 1}, {1, 2}, {0, 3}}, apply(new Operator.AxisSum(0, false), stack));
    Tensor<double[]> kept = evaluator.evaluate(apply(new Operator.AxisSum(0, true), stack));
    assertArrayEquals(new int[] {1, 3, 2}, kept.axes());
    Tensor<double[]> traces =
        evaluator.evaluate(apply(Primitive.TRACE, apply(Primitive.PRODUCT, matrix, stack)));
    assertArrayEquals(new double[] {6, 31}, traces.entries());
    Tensor<double[]> axis = evaluator.evaluate(apply(new Operator.NewAxis(0), stack));
    assertArrayEquals(new int[] {2, 1, 3, 2}, axis.axes());
  }

  @Test
  void inversesAndDeterminantsAreOfEachMatrix() {
    Signature mapped =
        new Signature(Signature.Kind.MAPPED, List.of(List.of("n", "n")), List.of("n", "n"));
    Expr inverse =
        apply(new Operator.Function(new FunctionSymbol("inv", 1, mapped, Set.of())), square);
    assertValue(new double[][] {{4 / 3.0, -1 / 3.0}, {-5 / 3.0, 2 / 3.0}}, inverse);
    Signature number =
        new Signature(Signature.Kind.MAPPED, List.of(List.of("n", "n")), List.of("1", "1"));
    assertValue(
        new double[][] {{3}},
        apply(new Operator.Function(new FunctionSymbol("det", 1, number, Set.of())), square));
    Expr tiny = apply(new Operator.Scale(Rational.of(1, 1_000_000_000_000L)), square);
    Expr large = apply(new Operator.Function(new FunctionSymbol("inv", 1, mapped, Set.of())), tiny);
    assertEquals(4e12 / 3, evaluator.evaluate(large).entries()[0], 1);
  }

  @Test
  void definitionsAreEvaluatedForStacksToo() {
    assertValue(new double[][] {{2}, {5}}, apply(new Operator.Function(MEAN), matrix));
    Tensor<double[]> means = evaluator.evaluate(apply(new Operator.Function(MEAN), stack));
    assertArrayEquals(new int[] {2, 3, 1}, means.axes());
    assertArrayEquals(new double[] {.5, .5, 0, 1.5, 1, 1.5}, means.entries(), 1e-15);
  }

  @Test
  void constantsHaveTheSizesOfTheirDimensions() {
    assertValue(new double[][] {{1, 0}, {0, 1}}, expressions.identity(N));
    assertValue(new double[][] {{3}}, expressions.size("k"));
    assertValue(
        new double[][] {{6}}, SizeExpressions.of(N.times(K), expressions, expressions::apply));
    assertValue(
        new double[][] {{1, 1, 1}, {1, 1, 1}}, expressions.fill(Rational.ONE, Shape.matrix(N, K)));
    assertValue(new double[][] {{Math.PI}}, expressions.pi());
  }

  @Test
  void unknownFunctionsAreDerivativesOfEachOther() {
    DerivativeField series = new DerivativeField(1);
    Evaluator<DerivativeStructure[]> along = new Evaluator<>(series, facts(), SIZES, null);
    Tensor<double[]> value = evaluator.evaluate(column);
    along.define(
        column,
        value.withEntries(
            series.add(series.lift(value.entries()), series.along(new double[] {1, 1}))));
    for (int order = 0; order < 6; order++) {
      Expr derivative = apply(new Operator.Unknown("f", order), column);
      Expr next = apply(new Operator.Unknown("f", order + 1), column);
      assertArrayEquals(
          evaluator.evaluate(next).entries(),
          series.derivatives(along.evaluate(derivative).entries(), 1),
          1e-13);
    }
  }

  @Test
  void depthIsNoLimit() {
    Expr node = column;
    for (int i = 0; i < 100_000; i++) {
      node = apply(Primitive.SUM, apply(new Operator.Scale(Rational.of(1, 2)), node), column);
    }
    assertArrayEquals(new double[] {14, -2}, evaluator.evaluate(node).entries(), 1e-9);
  }

  @Test
  void whatHasNoValueIsABug() {
    Variable free = variable("Z", Shape.SCALAR);
    assertThrows(IllegalStateException.class, () -> evaluator.evaluate(free));
    Expr nameless = apply(new Operator.Function(elementwise("nameless")), column);
    String message =
        String.valueOf(
            assertThrows(IllegalStateException.class, () -> evaluator.evaluate(nameless))
                .getMessage());
    assertTrue(message.contains("nameless has neither a definition nor a kernel"), message);
    assertThrows(IllegalArgumentException.class, () -> evaluator.define(free, Tensor.column(1, 2)));
  }
}
