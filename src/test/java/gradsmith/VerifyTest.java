package gradsmith;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gradsmith.derive.Derivation;
import gradsmith.derive.Derivative;
import gradsmith.expr.Binding;
import gradsmith.render.Form;
import gradsmith.render.Notation;
import gradsmith.render.TextRenderer;
import gradsmith.source.Source;
import gradsmith.source.Span;
import gradsmith.verify.Verdict;
import gradsmith.verify.Verdict.Outcome;
import gradsmith.verify.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Formulas by hand: the right ones are found right, and of the wrong ones it is said why. */
class VerifyTest {

  private static final Gradsmith GRADSMITH = new Gradsmith();

  private static final Set<Derivative.Kind> KINDS =
      Set.of(Derivative.Kind.GRADIENT, Derivative.Kind.JACOBIAN, Derivative.Kind.HESSIAN);

  private static Verification read(String program, String formulas) {
    return GRADSMITH.verify(
        new Source("", program), List.of(new Source("", formulas)), Options.DEFAULT);
  }

  private static List<Verdict> verify(String program, String formulas) {
    return whole(read(program, formulas), formulas);
  }

  /** Verifies lines about the values that {@code fixture} asks for. */
  private static List<Verdict> verify(Fixtures.Case fixture, String formulas) {
    return whole(
        GRADSMITH.verify(fixture.source(), List.of(new Source("", formulas)), of(fixture)),
        formulas);
  }

  private static Options of(Fixtures.Case fixture) {
    return Options.DEFAULT.of(fixture.options().of().toArray(String[]::new));
  }

  private static List<Verdict> whole(Verification said, String formulas) {
    assertTrue(said.isWhole(), () -> formulas + "\n" + said.diagnostics());
    return said.verdicts();
  }

  static Stream<Fixtures.Case> fixtures() {
    return Fixtures.read("derive").stream();
  }

  /**
   * What gradsmith prints is right, and with another sign or factor it is wrong for that reason.
   */
  @ParameterizedTest
  @MethodSource("fixtures")
  void whatIsPrintedIsRight(Fixtures.Case fixture) {
    Result result = GRADSMITH.derive(fixture.source(), fixture.options().check(false));
    StringBuilder lines = new StringBuilder();
    List<String> wrong = new ArrayList<>();
    for (Derivative derivative : result.derivation().closed()) {
      boolean row = derivative.kind() == Derivative.Kind.JACOBIAN && isScalar(result);
      if (KINDS.contains(derivative.kind()) && !row) {
        String name = Notation.ASCII.name(derivative);
        String formula = Notation.ASCII.printer().print(derivative.formula());
        lines.append(name).append(" = ").append(formula).append('\n');
        if (!formula.matches("0|zeros\\(.*\\)")) {
          wrong.add(name + " = -(" + formula + ")");
          wrong.add(name + " = (" + formula + ") / 2");
        }
      }
    }
    if (lines.isEmpty()) {
      return;
    }
    for (Verdict verdict : verify(fixture, lines.toString())) {
      assertEquals(Outcome.RIGHT, verdict.outcome(), verdict.toString());
    }
    if (wrong.isEmpty()) {
      return;
    }
    for (Verdict verdict : verify(fixture, String.join("\n", wrong))) {
      assertEquals(Outcome.WRONG, verdict.outcome(), verdict.toString());
      String cause =
          verdict.claim().endsWith("/ 2") ? "a factor of 2 is missing" : "the sign is wrong";
      assertEquals(List.of(cause), verdict.evidence(), verdict.toString());
      String corrected = Objects.requireNonNull(verdict.corrected());
      assertEquals(Outcome.RIGHT, verify(fixture, corrected).getFirst().outcome(), corrected);
    }
  }

  /** A whole page, as it comes through a pipe. */
  @ParameterizedTest
  @MethodSource("fixtures")
  void aPrintedPageIsRight(Fixtures.Case fixture) {
    Result result = GRADSMITH.derive(fixture.source(), fixture.options().check(false));
    for (Notation notation : Notation.values()) {
      Form form = notation == Notation.ASCII ? Form.CLOSED : Form.BACKPROP;
      String page = new TextRenderer(notation, 80, false).render(result.derivation(), form, null);
      for (Verdict verdict : verify(fixture, page)) {
        assertEquals(Outcome.RIGHT, verdict.outcome(), page + "\n" + verdict);
      }
    }
  }

  /** The backward lines of a page, without those that say what its own names are. */
  @ParameterizedTest
  @MethodSource("fixtures")
  void aCotangentIsJudgedWhereverItsNameComesFrom(Fixtures.Case fixture) {
    Derivation derivation =
        GRADSMITH.derive(fixture.source(), of(fixture).check(false)).derivation();
    Set<String> forward = new HashSet<>();
    derivation.forward().forEach(line -> forward.add("d" + line.variable().name()));
    StringBuilder lines = new StringBuilder();
    int cotangents = 0;
    for (Binding line : derivation.backward()) {
      String name = line.variable().name();
      lines.append(name).append(" = ");
      lines.append(Notation.ASCII.printer().print(line.value())).append('\n');
      cotangents += forward.contains(name) ? 1 : 0;
    }
    if (cotangents > 0) {
      List<Verdict> verdicts = verify(fixture, lines.toString());
      assertEquals(cotangents, verdicts.size(), lines.toString());
      for (Verdict verdict : verdicts) {
        assertEquals(Outcome.RIGHT, verdict.outcome(), lines + "\n" + verdict);
      }
    }
  }

  private static boolean isScalar(Result result) {
    return result.derivation().program().value().shape().isScalar();
  }

  static Stream<String> mistakes() throws IOException {
    return Files.readAllLines(Path.of("test-fixtures", "verify", "mistakes.txt")).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void saysWhatIsWrong(String mistake) {
    List<String> parts = List.of(mistake.split(" \\| ", -1));
    Verdict verdict = verify(parts.get(0), parts.get(1)).getFirst();
    String said = String.join("; ", verdict.evidence());
    String assumed = String.join("; ", verdict.assumptions());
    assertTrue((said + "; " + assumed).contains(parts.get(2)), verdict.toString());
    boolean conditional = assumed.contains(parts.get(2));
    assertTrue(
        verdict.outcome() == Outcome.WRONG || verdict.outcome() == Outcome.CONDITIONAL,
        verdict.toString());
    assertTrue(!conditional || verdict.outcome() == Outcome.CONDITIONAL, verdict.toString());
    if (verdict.corrected() != null) {
      assertEquals(
          Outcome.RIGHT,
          verify(parts.get(0), verdict.corrected()).getFirst().outcome(),
          verdict.toString());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          L = CE(X W, Y)  | dL/dW = X (X W - Y)  | cannot multiply n×d by n×k
          L = sum(sin(x)) | dL/dx = x            | at a random point its entry
          """)
  void saysWhatItSees(String program, String claim, String said) {
    Verdict verdict = verify(program, claim).getFirst();
    assertEquals(Outcome.WRONG, verdict.outcome());
    assertTrue(verdict.toString().contains(said), verdict.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          x' A x             | df/dx = (A + A') x                  | true  | it has the same normal form as gradsmith's
          L = CE(X W, Y)     | dL/dW = X' softmax(X W) - X' Y      | true  | it has the same
          L = sum(tanh(X w)) | dL/dw = X' (1 ./ cosh(X w).^2)      | false | only numbers say so
          x' x / 3           | df/dx = 0.6666666666666667 x        | false | only numbers say so
          x' x               | df/dx = 2.0000000000001 x           | false | it differs from gradsmith's by 1e-13 x
          x' x               | df/dx = 2 x + 1e-14 x               | false | it differs from gradsmith's by 1e-14 x
          s = rowsum(X); L = sum(exp(s)) | s = X vector(1)         | true  | the same normal form as the value
          s = tanh(x); L = sum(s) | s = 1 - 2 ./ (1 + exp(2 x))    | false | only numbers say so
          s = 2 x; L = sum(s)     | s = 2.0000000000001 x          | false | by 1e-13 x
          """)
  void saysWhatTheEvidenceIs(String program, String claim, boolean proved, String said) {
    Verdict verdict = verify(program, claim).getFirst();
    assertEquals(
        said.contains("by 1e") ? Outcome.WRONG : Outcome.RIGHT,
        verdict.outcome(),
        verdict.toString());
    assertEquals(proved, verdict.proved(), verdict.toString());
    assertTrue(verdict.evidence().getFirst().contains(said), verdict.toString());
  }

  @Test
  void linesBuildOnEachOther() {
    List<Verdict> verdicts =
        verify(
            "Z = X W + b; L = CE(Z, Y)",
            """
            P = softmax(Z)     # a name
            dZ = P - Y
            ∂L/∂W = Xᵀ dZ
            dL / db = colsum(dZ)'
            """);
    assertEquals(3, verdicts.size());
    for (Verdict verdict : verdicts) {
      assertEquals(Outcome.RIGHT, verdict.outcome(), verdict.toString());
      assertEquals(List.of("each row of Y sums to 1"), verdict.assumptions());
    }
  }

  /** What a line names is a part of the program, and has a cotangent. */
  @Test
  void aNameOfOnesOwnHasACotangent() {
    String lines = "Q = X W; dQ = Y - softmax(Q); dL/dW = X' dQ; dL/dQ = softmax(Q) - Y";
    List<Verdict> verdicts = verify("L = CE(X W, Y)", lines);
    assertEquals(
        List.of(Outcome.WRONG, Outcome.RIGHT, Outcome.RIGHT),
        verdicts.stream().map(Verdict::outcome).toList());
    assertEquals(List.of("the sign is wrong"), verdicts.getFirst().evidence());
  }

  /** A line that gives a value of the program another name takes no use away from the first. */
  @Test
  void aSecondNameOfAValueHasTheSameCotangent() {
    String program = "X : (n, d)\nY : (n, d)\nz = vec(X)\nu = vec(Y)\nf = z' u";
    for (String lines : List.of("t = vec(X)\ndz = u\ndt = u", "du = z\ndz = u", "dz = u\ndu = z")) {
      for (Verdict verdict : verify(program, lines)) {
        assertEquals(Outcome.RIGHT, verdict.outcome(), lines + "\n" + verdict);
      }
    }
  }

  @Test
  void aNameThatMeansTwoThingsHasNoCotangent() {
    Verification said = read("L = CE(X W, Y)", "Q = X W; Q = softmax(Q); dL/dQ = Q - Y");
    assertEquals("the program has no variable Q", said.diagnostics().getFirst().message());
  }

  /** The line for dZ is one of differentials; it is no gradient. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "P = softmax(Z); dZ = dX W; dL = tr((P - Y)' dZ)",
        "dZ = dX W + X dW; dL = sum((softmax(Z) - Y) .* dZ)",
      })
  void differentialsAreCarriedFromLineToLine(String lines) {
    List<Verdict> verdicts = verify("Z = X W + b; L = CE(Z, Y)", lines);
    assertEquals(1, verdicts.size());
    assertEquals(Outcome.RIGHT, verdicts.getFirst().outcome(), verdicts.toString());
  }

  @Test
  void aValueSaysWhatItAssumes() {
    String program = "s = rowsum(Y); t = rowsum(X); L = CE(X W, Y) + s' t";
    List<Verdict> verdicts = verify(program, "s = vector(1); t = rowsum(X)");
    assertEquals(List.of("each row of Y sums to 1"), verdicts.get(0).assumptions());
    assertEquals(List.of(), verdicts.get(1).assumptions());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      textBlock =
          """
          L = CE(Z, Y)             | dL/dZ = softmax(Z) - Y              | each row of Y sums to 1
          L = CE(Z, Y)             | dL/dZ = softmax(Z) .* rowsum(Y) - Y | none
          L = CE(Z, Y)             | dL/dY = -logsoftmax(Z)              | none
          L = CE(Z, Y) + CE(U, T)  | dL/dZ = softmax(Z) - Y              | each row of Y sums to 1
          L = CE(z, y)             | dL/dz = softmax(z) - y              | y sums to 1
          """)
  void everyClaimSaysWhatItAssumes(String program, String claim, String assumption) {
    String other = program.contains("z") ? "dL/dy = -logsoftmax(z)" : "dL/dY = -logsoftmax(Z)";
    for (String claims : List.of(claim, claim + "; " + other)) {
      Verdict verdict = verify(program, claims).getFirst();
      assertEquals(Outcome.RIGHT, verdict.outcome(), verdict.toString());
      assertEquals(
          assumption == null ? List.of() : List.of(assumption), verdict.assumptions(), claims);
    }
  }

  @Test
  void aLongProgramTakesLinearTime() {
    StringBuilder program = new StringBuilder("h0 = tanh(X W)\n");
    for (int i = 1; i < 6000; i++) {
      program.append("h%d = tanh(h%d W)%n".formatted(i, i - 1));
    }
    program.append("L = sum(h5999)");
    Verdict verdict =
        assertTimeout(
            Duration.ofSeconds(60),
            () -> verify(program.toString(), "dL/dh5999 = ones(rows(X), cols(X))").getFirst());
    assertEquals(Outcome.RIGHT, verdict.outcome());
  }

  @Test
  void aWrongLineDoesNotSpoilTheNext() {
    List<Verdict> verdicts = verify("Z = X W; L = CE(Z, Y)", "dZ = Y - softmax(Z); dL/dW = X' dZ");
    assertEquals(Outcome.WRONG, verdicts.get(0).outcome());
    assertEquals(Outcome.RIGHT, verdicts.get(1).outcome());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          L = sum(x)     | dL/dy = 1             | the program has no variable y
          L = sum(x)     | dg/dx = 1             | the program has no g; its value is L
          L = sum(x)     | x = 3                 | x is an input of the program, not a derivative
          L = sum(x)     | sum = 3               | sum is a function, not a derivative
          L = sum(x)     | n = 3                 | n is a length, not a derivative
          L = sum(x)     | y = 3                 | this names a value, and no line claims a derivative
          f = A x        | df = A x              | a differential is in terms of those of the variables
          L = sum(x)     | dL/dx                 | this says not what it is the formula of
          L = sum(x)     | dL/dx =               | there is nothing after the equals sign
          Z = X W; L = sum(Z) | dZ/dX = W        | this is a derivative of Z; the value of the program is L
          L = CE(X W, Y) | dL/dW = X' (X W - Y   | this `(` is never closed
          L = CE(X W, Y) | 3 + 4 = 7             | what is before the equals sign is no derivative and no name
          L = CE(X W, Y) | dL/dW = X' (X W - Q)  | nothing is called Q here
          L = CE(X W, Y) | dL/dW = X' sofmax(X W) | there is no function called sofmax
          """)
  void refusesWhatIsNoClaim(String program, String claim, String message) {
    Verification said = read(program, claim);
    assertEquals(message, said.diagnostics().getFirst().message());
    assertFalse(said.isWhole());
    assertEquals(List.of(), said.verdicts());
  }

  /** The lines that can be read are judged; each of the others is an error with its place. */
  @Test
  void aLineThatCannotBeReadDoesNotSpoilTheOthers() {
    Verification said =
        read(
            "L = CE(X W, Y)",
            """
            dq/dW = 3
            P = softmax(X W
            dL/dW = X' (P - Y)
            dL/dX = (softmax(X W) - Y W'; dL/dX = (softmax(X W) -
              Y) W'
            R = softmix(X W)
            D = R - Y
            dW = X' D
            dL/dW = (softmax(X W) - Y)' X
            """);
    assertEquals(
        List.of(Outcome.RIGHT, Outcome.WRONG),
        said.verdicts().stream().map(Verdict::outcome).toList());
    assertEquals(
        List.of(
            "1:1 the program has no q; its value is L",
            "2:12 this `(` is never closed",
            "3:13 the line that says what P is could not be read",
            "4:9 this `(` is never closed",
            "6:5 there is no function called softmix",
            "7:5 the line that says what R is could not be read",
            "8:9 the line that says what D is could not be read"),
        said.diagnostics().stream()
            .map(each -> place(each.span()) + " " + each.message())
            .toList());
  }

  private static String place(Span span) {
    return span.source().line(span.start()) + ":" + span.source().column(span.start());
  }
}
