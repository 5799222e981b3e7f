package gradsmith.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gradsmith.derive.Derivative;
import gradsmith.expr.Binding;
import gradsmith.expr.Expr;
import gradsmith.expr.Expressions;
import gradsmith.expr.FunctionFacts;
import gradsmith.expr.FunctionSymbol;
import gradsmith.expr.Lambda;
import gradsmith.expr.Operator;
import gradsmith.expr.Operator.Primitive;
import gradsmith.expr.Property;
import gradsmith.expr.Rational;
import gradsmith.expr.Variable;
import gradsmith.language.Program;
import gradsmith.shape.Polynomial;
import gradsmith.shape.Shape;
import gradsmith.shape.Signature;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GradientCheckTest {

  private static final long SEED = 1;
  private static final int TRIALS = 5;
  private static final Polynomial N = Polynomial.of("n");
  private static final Polynomial K = Polynomial.of("k");
  private static final FunctionSymbol LOG = elementwise("log");
  private static final FunctionSymbol RELU = elementwise("relu");
  private static final FunctionSymbol STEP = elementwise("step");
  private static final FunctionSymbol EXP = elementwise("exp");
  private static final FunctionSymbol INV =
      new FunctionSymbol(
          "inv",
          1,
          new Signature(Signature.Kind.MAPPED, List.of(List.of("n", "n")), List.of("n", "n")),
          Set.of());

  private final Expressions expressions = new Expressions();
  private final Variable matrix = variable("X", Shape.matrix(N, K), 2);
  private final Variable square = variable("A", Shape.matrix(N, N), 2);
  private final Variable column = variable("x", Shape.matrix(N, Polynomial.ONE), 1);
  private final Variable value = variable("f", Shape.SCALAR, 0);

  private static FunctionSymbol elementwise(String name) {
    List<String> pattern = List.of("n", "k");
    return new FunctionSymbol(
        name, 1, new Signature(Signature.Kind.ELEMENTWISE, List.of(pattern), pattern), Set.of());
  }

  /**
   * log and relu as the library has them: relu(A) = max(A, 0), differentiable where A.^2 is
   * positive.
   */
  private static final class Facts implements FunctionFacts {
    private final Expressions session = new Expressions();
    private final Shape shape = Shape.matrix(Polynomial.of("r"), Polynomial.of("c"));
    private final Variable parameter = session.variable("A", shape, 2, Set.of());

    @Override
    public @Nullable Lambda definition(FunctionSymbol symbol) {
      if (!symbol.equals(RELU)) {
        return null;
      }
      List<String> pattern = List.of("n", "k");
      Signature two = new Signature(Signature.Kind.ELEMENTWISE, List.of(pattern, pattern), pattern);
      Expr zeros = session.fill(Rational.ZERO, shape);
      return lambda(
          session.apply(
              new Operator.Function(new FunctionSymbol("max", 2, two, Set.of())),
              parameter,
              zeros));
    }

    @Override
    public List<Lambda> domain(FunctionSymbol symbol) {
      return switch (symbol.name()) {
        case "log" -> List.of(lambda(parameter));
        case "relu", "step" ->
            List.of(
                lambda(session.apply(Primitive.POWER, parameter, session.number(Rational.TWO))));
        default -> List.of();
      };
    }

    private Lambda lambda(Expr body) {
      return new Lambda(List.of(parameter), body);
    }
  }

  private Variable variable(String name, Shape shape, int rank, Property... properties) {
    return expressions.variable(name, shape, rank, Set.of(properties));
  }

  private Expr apply(Operator operator, Expr... arguments) {
    return expressions.apply(operator, arguments);
  }

  private Expr call(FunctionSymbol symbol, Expr argument) {
    return apply(new Operator.Function(symbol), argument);
  }

  private Expr total(Expr node) {
    return apply(Primitive.TOTAL, node);
  }

  private Expr transpose(Expr node) {
    return apply(Primitive.TRANSPOSE, node);
  }

  private Program program(List<Variable> parameters, Binding... bindings) {
    return new Program(
        expressions,
        parameters,
        List.of(bindings),
        List.of(),
        List.of(),
        Set.of(),
        Set.of(),
        List.of("n", "k"),
        Map.of(),
        List.of());
  }

  private static CheckReport check(Program program, Derivative... gradients) {
    return new GradientCheck()
        .check(program, List.of(), List.of(gradients), new Facts(), SEED, TRIALS);
  }

  private static void assertPassed(CheckReport report) {
    assertNull(report.unavailable());
    assertEquals(List.of(), report.failures());
    assertTrue(report.passed());
    assertTrue(report.trials() > 0);
    assertTrue(report.maxRelativeError() < 1e-9, "relative error " + report.maxRelativeError());
  }

  private Program quadraticForm() {
    Expr form = apply(Primitive.PRODUCT, transpose(column), square, column);
    return program(List.of(column, square), new Binding(value, form));
  }

  @Test
  void rightGradientsPass() {
    Expr byColumn =
        apply(Primitive.PRODUCT, apply(Primitive.SUM, square, transpose(square)), column);
    Expr bySquare = apply(Primitive.PRODUCT, column, transpose(column));
    CheckReport report =
        check(
            quadraticForm(),
            Derivative.gradient(value, column, byColumn),
            Derivative.gradient(value, square, bySquare));
    assertPassed(report);
    assertEquals(TRIALS, report.trials());
    assertEquals(
        List.of("forward automatic differentiation", "central differences"), report.witnesses());
  }

  @Test
  void aWrongGradientFailsWithEntryAndBothNumbers() {
    Expr lacksTranspose =
        apply(new Operator.Scale(Rational.TWO), apply(Primitive.PRODUCT, square, column));
    Expr right = apply(Primitive.PRODUCT, column, transpose(column));
    CheckReport report =
        check(
            quadraticForm(),
            Derivative.gradient(value, column, lacksTranspose),
            Derivative.gradient(value, square, right));
    assertFalse(report.passed());
    assertNull(report.unavailable());
    assertEquals(1, report.failures().size());
    CheckReport.Failure failure = report.failures().getFirst();
    assertEquals("x", failure.variable());
    assertEquals(1, failure.entry().size());
    assertTrue(Math.abs(failure.formula() - failure.expected()) > 1e-3);
    assertEquals("forward automatic differentiation", failure.witness());
  }

  @Test
  void oneWrongEntryIsFound() {
    FunctionSymbol log = LOG;
    Expr sum = total(call(log, call(EXP, matrix)));
    Expr almostOne =
        apply(
            Primitive.SUM,
            expressions.fill(Rational.ONE, matrix.shape()),
            apply(new Operator.Scale(Rational.parse("1e-5")), matrix));
    CheckReport report =
        check(
            program(List.of(matrix), new Binding(value, sum)),
            Derivative.gradient(value, matrix, almostOne));
    CheckReport.Failure failure = report.failures().getFirst();
    assertEquals(2, failure.entry().size());
    assertEquals(1, failure.expected(), 1e-12);
    assertEquals(1, failure.formula(), 1e-3);
    assertTrue(failure.formula() != failure.expected());
  }

  @Test
  void kinksAreAvoided() {
    Expr product = apply(Primitive.PRODUCT, square, matrix);
    Program program =
        program(List.of(square, matrix), new Binding(value, total(call(RELU, product))));
    Expr byMatrix = apply(Primitive.PRODUCT, transpose(square), call(STEP, product));
    assertPassed(check(program, Derivative.gradient(value, matrix, byMatrix)));
  }

  @Test
  void gradientsByAssignedNamesMoveOnlyWhatComesAfter() {
    Variable hidden = variable("H", Shape.matrix(N, K), 2);
    Program program =
        program(
            List.of(square, matrix),
            new Binding(hidden, apply(Primitive.PRODUCT, square, matrix)),
            new Binding(value, total(apply(Primitive.HADAMARD, hidden, hidden, matrix))));
    Expr byHidden =
        apply(new Operator.Scale(Rational.TWO), apply(Primitive.HADAMARD, hidden, matrix));
    Variable cotangent = variable("dH", Shape.matrix(N, K), 2);
    Expr byMatrix =
        apply(
            Primitive.SUM,
            apply(Primitive.HADAMARD, hidden, hidden),
            apply(Primitive.PRODUCT, transpose(square), cotangent));
    List<Derivative> gradients =
        List.of(
            Derivative.gradient(value, hidden, cotangent),
            Derivative.gradient(value, matrix, byMatrix));
    assertPassed(
        new GradientCheck()
            .check(
                program,
                List.of(new Binding(cotangent, byHidden)),
                gradients,
                new Facts(),
                SEED,
                TRIALS));
  }

  @Test
  void inversesOfMatricesWithStructurePass() {
    Variable definite = variable("S", Shape.matrix(N, N), 2, Property.SPD);
    Program program =
        program(List.of(definite), new Binding(value, apply(Primitive.TRACE, call(INV, definite))));
    Expr inverse = call(INV, definite);
    Expr gradient =
        apply(
            new Operator.Scale(Rational.MINUS_ONE),
            apply(Primitive.PRODUCT, transpose(inverse), transpose(inverse)));
    assertPassed(check(program, Derivative.gradient(value, definite, gradient)));
  }

  @Test
  void aDomainThatCannotBeMetIsSaid() {
    Expr negative =
        apply(new Operator.Scale(Rational.MINUS_ONE), apply(Primitive.HADAMARD, matrix, matrix));
    Program program = program(List.of(matrix), new Binding(value, total(call(LOG, negative))));
    CheckReport report = check(program, Derivative.gradient(value, matrix, matrix));
    assertFalse(report.passed());
    assertEquals(0, report.trials());
    String reason = report.unavailable();
    assertNotNull(reason);
    assertTrue(reason.contains("log is not differentiable"), reason);
  }

  @Test
  void narrowDomainsAreFound() {
    Expr one = expressions.fill(Rational.ONE, matrix.shape());
    Expr rest = apply(Primitive.SUM, one, apply(new Operator.Scale(Rational.MINUS_ONE), matrix));
    Program program =
        program(
            List.of(matrix),
            new Binding(value, total(apply(Primitive.SUM, call(LOG, matrix), call(LOG, rest)))));
    Expr minusOne = expressions.number(Rational.MINUS_ONE);
    Expr gradient =
        apply(
            Primitive.SUM,
            apply(Primitive.POWER, matrix, minusOne),
            apply(new Operator.Scale(Rational.MINUS_ONE), apply(Primitive.POWER, rest, minusOne)));
    assertPassed(check(program, Derivative.gradient(value, matrix, gradient)));
  }

  @Test
  void aFormulaThatIsNotANumberFails() {
    Expr undefined =
        call(
            LOG,
            apply(
                new Operator.Scale(Rational.MINUS_ONE), apply(Primitive.HADAMARD, matrix, matrix)));
    CheckReport report =
        check(
            program(List.of(matrix), new Binding(value, total(matrix))),
            Derivative.gradient(value, matrix, undefined));
    assertFalse(report.passed());
    assertTrue(Double.isNaN(report.failures().getFirst().formula()));
    assertEquals(1, report.failures().getFirst().expected(), 1e-12);
  }

  @Test
  void matricesTooLargeToCheckAreSaid() {
    Variable large = variable("L", Shape.matrix(Polynomial.of(3000), Polynomial.of(2000)), 2);
    Program program = program(List.of(large), new Binding(value, total(large)));
    Expr ones = expressions.fill(Rational.ONE, large.shape());
    String reason = check(program, Derivative.gradient(value, large, ones)).unavailable();
    assertNotNull(reason);
    assertTrue(reason.startsWith("L has more than"), reason);
  }

  @Test
  void witnessesThatDisagreeProveNothing() {
    Witness wrong = new WrongWitness();
    Program program = program(List.of(matrix), new Binding(value, total(matrix)));
    Derivative gradient =
        Derivative.gradient(value, matrix, expressions.fill(Rational.ONE, matrix.shape()));
    CheckReport report =
        new GradientCheck(List.of(new AutomaticDifferentiation(), wrong))
            .check(program, List.of(), List.of(gradient), new Facts(), SEED, TRIALS);
    String reason = report.unavailable();
    assertNotNull(reason);
    assertTrue(reason.contains("forward automatic differentiation and nobody disagree"), reason);
    CheckReport alone =
        new GradientCheck(List.of(wrong))
            .check(program, List.of(), List.of(gradient), new Facts(), SEED, 1);
    assertEquals("nobody", alone.failures().getFirst().witness());
  }

  @Test
  void equalSeedsGiveEqualReports() {
    Expr wrong = apply(Primitive.PRODUCT, square, column);
    CheckReport first = check(quadraticForm(), Derivative.gradient(value, column, wrong));
    assertEquals(first, check(quadraticForm(), Derivative.gradient(value, column, wrong)));
  }

  @Test
  void thousandsOfBindingsTakeLinearTime() {
    List<Binding> bindings = new ArrayList<>();
    Variable last = column;
    for (int i = 0; i < 20_000; i++) {
      Variable next = variable("h" + i, column.shape(), 1);
      Expr half = apply(new Operator.Scale(Rational.of(1, 2)), last);
      bindings.add(new Binding(next, apply(Primitive.SUM, half, column)));
      last = next;
    }
    bindings.add(new Binding(value, total(last)));
    Program program = program(List.of(column), bindings.toArray(Binding[]::new));
    Expr two =
        apply(new Operator.Scale(Rational.TWO), expressions.fill(Rational.ONE, column.shape()));
    assertTimeout(
        Duration.ofSeconds(20),
        () -> assertPassed(check(program, Derivative.gradient(value, column, two))));
  }
}
