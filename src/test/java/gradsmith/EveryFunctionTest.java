package gradsmith;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gradsmith.check.CheckReport;
import gradsmith.emit.NotEmittableException;
import gradsmith.emit.Target;
import gradsmith.rules.Law;
import gradsmith.rules.Laws;
import gradsmith.source.Diagnostic;
import gradsmith.source.ProgramException;
import gradsmith.source.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every function that users can call, of numbers, vectors, matrices and stacks of them, one to four
 * at a time: the gradient is right, or the error says what is wrong.
 */
class EveryFunctionTest {

  private static final Gradsmith GRADSMITH = new Gradsmith();
  private static final int MOST_ARGUMENTS = 4;

  private static final Map<String, String> ARGUMENTS = new LinkedHashMap<>();

  static {
    ARGUMENTS.put("a", "()");
    ARGUMENTS.put("x", "(n)");
    ARGUMENTS.put("A", "(n, d)");
    ARGUMENTS.put("S", "(n, n)");
    ARGUMENTS.put("T", "(b, n, n)");
  }

  static Stream<String> functions() {
    return GRADSMITH.functionNames().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("functions")
  void isDerivedOrRefused(String function) {
    List<String> answered = new ArrayList<>();
    ARGUMENTS.forEach((name, shape) -> {
      for (int count = 1; count <= MOST_ARGUMENTS; count++) {
        StringBuilder declarations = new StringBuilder();
        List<String> arguments = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
          arguments.add(name + i);
        }
        declarations.append(String.join(", ", arguments)).append(" : ").append(shape);
        String call = function + "(" + String.join(", ", arguments) + ")";
        boolean summed = isRight(declarations + "; sum(" + call + ")");
        boolean layer = isRight(declarations + "; Y = " + call);
        if (summed || layer) {
          answered.add(call);
        }
        if (count == 1) {
          isRight(declarations + "; " + call, Options.DEFAULT.jacobians(name + 1));
        }
      }
    });
    boolean known = !answered.isEmpty() || isOfOwnShape(function) || hasNone(function);
    assertTrue(known, () -> "nothing is said of " + function);
  }

  /** Those whose arguments differ in shape. */
  private static boolean isOfOwnShape(String function) {
    return Stream.of(
            "x : (6); sum(%s(x, 2, 3))",
            "x : (6); x' %s(2, 3) x",
            "x : (n); x' %s(n) x",
            "A : (n, d); c : (n); sum(%s(A, c))",
            "A : (n, d); g : (d); sum(%s(A, g))",
            "A : (n, d); g, b : (d); sum(%s(A, g, b))",
            "A : (n, d); a : (); sum(%s(A, a))",
            "A, B : (n, d); a : (); sum(%s(A, B, a))",
            "A : (n, d); W : (d, k); b : (k); sum(%s(A, W, b))",
            "A : (n, d); W, V : (d, k); sum(%s(A, W, V))",
            "S : (n, n); k : () integer; sum(%s(S, k))",
            "T : (b, n, d); sum(%s(T, 0))",
            "G : (6, 4); B : (3, 2); sum(%s(G, B, 2, 2))")
        .map(program -> program.formatted(function))
        .anyMatch(program -> isRight(program) && isRight(asLayer(program)));
  }

  /** The value that the program sums. */
  private static String asLayer(String program) {
    return program.replaceFirst("sum\\((.*)\\)$", "Y = $1");
  }

  /** The sheet's laws are layers: each line of the library with the names that it has there. */
  @ParameterizedTest
  @MethodSource("laws")
  void everyLawIsALayer(String call) {
    isRight("Y_of_it = " + call);
  }

  static Stream<String> laws() {
    Laws laws = GRADSMITH.laws();
    return laws.families().stream()
        .filter(family -> !family.equals("primitives"))
        .flatMap(family -> laws.family(family).stream())
        .filter(law -> !law.adjoints().isEmpty())
        .map(Law::head);
  }

  /** Those without a derivative in the language, which is said. */
  private static boolean hasNone(String function) {
    return Stream.of("%s(S)", "%s(S, S)", "%s(S, k)", "%s(S, k, S)", "%s(S, n)")
        .map(call -> "S : (n, n); k : () integer; sum(" + call.formatted(function) + ")")
        .anyMatch(program -> {
          try {
            GRADSMITH.derive(new Source("", program), Options.DEFAULT);
            return false;
          } catch (ProgramException e) {
            return e.diagnostics().getFirst().message().contains("has no closed form");
          }
        });
  }

  /** Tells whether there is an answer, which then is right; an error has a place and a sentence. */
  private static boolean isRight(String program) {
    return isRight(program, Options.DEFAULT);
  }

  private static boolean isRight(String program, Options options) {
    Result result;
    try {
      result = GRADSMITH.derive(new Source("", program), options);
    } catch (ProgramException e) {
      assertFalse(e.diagnostics().isEmpty(), program);
      for (Diagnostic diagnostic : e.diagnostics()) {
        assertFalse(diagnostic.message().isBlank(), program);
        assertTrue(diagnostic.span().end() <= program.length(), program);
      }
      return false;
    }
    CheckReport check = result.check();
    assertTrue(check == null || check.failures().isEmpty(), () -> program + ": " + check);
    assertTrue(
        check == null || check.passed() || check.unavailable() != null,
        () -> program + ": " + check);
    result.derivatives().forEach(formula -> assertNotNull(formula.ascii()));
    for (String target : Target.NAMES) {
      try {
        assertFalse(result.emit(target).isBlank(), program);
      } catch (NotEmittableException e) {
        assertNotNull(e.getMessage(), program);
      }
    }
    if (!result.derivatives().isEmpty()) {
      try {
        RoundTrip.assertReadsBack(result.derivation());
      } catch (AssertionError e) {
        throw new AssertionError(program, e);
      }
    }
    return true;
  }
}
