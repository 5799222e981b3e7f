package gradsmith;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gradsmith.check.CheckReport;
import gradsmith.source.ProgramException;
import gradsmith.source.Source;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The library as a Java program uses it. */
class GradsmithTest {

  private static final double[][] A = {{2, 1}, {0, 3}};
  private static final double[][] X = {{1}, {-1}};

  @Test
  void givesFormulasShapesAndTheCheck() {
    Result result = Gradsmith.derive("L = CE(X W, Y)");
    assertEquals("Xᵀ (softmax(X W) − Y)", result.gradient("W").text());
    assertEquals("X' (softmax(X W) - Y)", result.gradient("W").ascii());
    assertEquals("[d, k]", result.gradient("W").shape().toString());
    CheckReport check = result.check();
    assertTrue(check != null && check.passed());
    assertThrows(IllegalArgumentException.class, () -> result.gradient("Y"));
  }

  @Test
  void evaluatesOnGivenMatrices() {
    Evaluation at = Gradsmith.derive("x' A x").evaluate(Map.of("x", X, "A", A));
    assertEquals(4, at.value(), 1e-15);
    assertArrayEquals(new double[][] {{3}, {-5}}, at.gradient("x"));
    assertArrayEquals(new double[][] {{1, -1}, {-1, 1}}, at.gradient("A"));
  }

  @Test
  void saysWhichInputDoesNotFit() {
    Result result = Gradsmith.derive("x' A x");
    IllegalArgumentException wrong =
        assertThrows(
            IllegalArgumentException.class,
            () -> result.evaluate(Map.of("x", new double[][] {{1, 2, 3}}, "A", A)));
    assertEquals("A is n×n, but its value is 2×2", wrong.getMessage());
  }

  @Test
  void hasNoHessianMatrixWithAStackOnEitherSide() {
    Source program = new Source("", "T : (b, n, n); S : (n, n); sum(T) + sum(S.^3)");
    for (List<String> by : List.of(List.of("T", "S"), List.of("S", "T"))) {
      Options options = Options.DEFAULT.hessian(by.getFirst(), by.getLast());
      Result result = new Gradsmith().derive(program, options);
      assertEquals(1, result.derivatives().size());
      assertTrue(result.derivation().unanswered().getFirst().contains("is a stack of matrices"));
    }
  }

  @Test
  void buildsProgramsWithoutText() {
    Source program =
        new ProgramBuilder()
            .declare("A", "(n, n) symmetric")
            .assign("f", Term.of("x").transposed().times(Term.of("A")).times(Term.of("x")))
            .build();
    Result result = new Gradsmith().derive(program, Options.DEFAULT);
    assertEquals("2 A x", result.gradient("x").text());
  }

  @Test
  void aWrongProgramCarriesItsDiagnostics() {
    ProgramException e =
        assertThrows(ProgramException.class, () -> Gradsmith.derive("sum(x) + sofmax(y)"));
    assertEquals(1, e.diagnostics().size());
    assertEquals("1:10: there is no function called sofmax", e.getMessage());
  }

  @Test
  void oneInstanceServesManyThreads() {
    Gradsmith gradsmith = new Gradsmith();
    List<String> texts =
        IntStream.range(0, 64)
            .parallel()
            .mapToObj(i ->
                gradsmith
                    .derive(new Source("", "L = SSE(layernorm(X, g, b) W, Y)"), Options.DEFAULT)
                    .gradients()
                    .toString())
            .distinct()
            .toList();
    assertEquals(1, texts.size());
  }

  @Test
  void layersByTheThousandTakeLinearTimeAndNoStack() {
    StringBuilder program = new StringBuilder("H0 = X\n");
    for (int i = 1; i <= 5_000; i++) {
      program.append("H" + i + " = tanh(H" + (i - 1) + " W" + i + ")\n");
    }
    program.append("L = sum(H5000)\n");
    Options unchecked = Options.DEFAULT.check(false);
    Result result = new Gradsmith().derive(new Source("", program.toString()), unchecked);
    assertFalse(result.derivation().backprop().isEmpty());
    assertEquals(5_001, result.derivation().backprop().size());
  }
}
