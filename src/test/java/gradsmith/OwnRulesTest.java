package gradsmith;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gradsmith.check.CheckReport;
import gradsmith.source.Diagnostic;
import gradsmith.source.ProgramException;
import gradsmith.source.Source;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Functions and identities of a user's own file. */
class OwnRulesTest {

  private static final String RULES =
      """
      # Own functions.
      cube(A) = A.^3
      swash(A)=A .* sigmoid(2 A)  # no blank line between two definitions

      gaussian : elementwise
      gaussian(A) = exp(-A.^2)
      d(gaussian(A)) = -2 * A .* gaussian(A) .* dA

      energy : (n, n), (n) -> (1, 1)
      energy(A, x) = x' * A * x / 2
      d(energy(A, x)) = x' * dA * x / 2 + x' * (A + A') * dx / 2

      log-of-gaussian : log(gaussian(A)) -> -A.^2
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "sum(cube(X)) ~ 3 X.^2",
        "sum(swash(X)) ~ sigmoid(2 X) + 2 X .* sigmoid(2 X) .* (1 - sigmoid(2 X))",
        "sum(gaussian(X)) ~ -2 X .* gaussian(X)",
        "sum(log(gaussian(X))) ~ -2 X",
        "energy(X, y) ~ y y' / 2",
      })
  void areUsed(String program, String gradient) {
    Result result =
        new Gradsmith(List.of(new Source("own", RULES)))
            .derive(new Source("", program), Options.DEFAULT);
    CheckReport check = result.check();
    assertTrue(check != null && check.passed());
    assertEquals(gradient, result.gradient("X").ascii());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '"',
      value = {
        "f(A) = sigmo(A) ~ 8 ~ there is no function called sigmo",
        "f(A) = A .* B ~ 13 ~ B is no parameter of f",
        "# nothing ~ 1 ~ there are no rules here",
        "f() = 3 ~ 1 ~ this takes another number of arguments than was said",
        "f(A) = A.^2\\nf(A) = A.^3 ~ 1 ~ this is a second definition of f",
        "f(A) = A.^2\\n\\nf(A) = A.^3 ~ 1 ~ f is a function already",
        "f : elementwise\\nf(A) = A.^2\\nd(f(A)) = 2 * A .* dB ~ 20 ~ nothing is called dB here",
        "f : elementwise\\nf(A) = A.^2\\nd(g(A)) = 2 * A .* dA ~ 3 ~ this line is of g, in the"
            + " entry of f",
        "f : elementwise, elementwise\\nf(A, B) = A - B\\nd(f(B, A)) = dA - dB ~ 3 ~ the"
            + " parameters of f have other names here",
        "f : elementwise\\nf(A) = 2 * A\\nadjoint B of f(A) = 2 * G ~ 9 ~ B is no parameter of f",
        "f : elementwise, elementwise\\nf(A, G) = A .* G\\nd(f(A, G)) = dA .* G + A .* dG ~ 6 ~ G"
            + " is the cotangent",
        "f : (n, k) -> (k, n)\\nf(A) = A\\nd(f(A)) = dA ~ 8 ~ this is n×k, and k×n by what is said",
        "f : (n, k) -> ()\\nf(A) = A ~ 8 ~ this is n×k, and a number by what is said",
        "f : (n, k) -> (n, k)\\nf(A) = 2 * A\\nd(f(A)) = 2 * dA' ~ 11 ~ this is k×n, and n×k",
        "f : elementwise\\nf(A) = A .* sum(A)\\nd(f(A)) = dA .* sum(A) + A .* sum(dA) ~ 1 ~ this"
            + " does not act entry by entry",
        "f : rowwise\\nf(A) = A - colmean(A)\\nd(f(A)) = dA - colmean(dA) ~ 1 ~ this does not act"
            + " on each row by itself",
        "f : (n) -> (n)\\nf(A) = 2*A\\nd(f(A)) = 2*dA\\nfact f(A) : equivariant ~ 13 ~ this is not"
            + " so: its first argument is no matrix",
        "f : elementwise, elementwise\\nf(A, B) = A - B\\nd(f(A, B)) = dA - dB\\nfact f(A, B) :"
            + " commutative ~ 16 ~ this is not so",
        "f : (0, k) -> ()\\nf(A) = sum(A)\\nd(f(A)) = sum(dA) ~ 6 ~ a length is a name, or a"
            + " number",
        "f : (n, k) -> (m, m)\\nf(A) = A' * A ~ 15 ~ the length m is none of the arguments'",
        "f : (n, k, m) -> ()\\nf(A) = sum(A) ~ 5 ~ a function takes and gives matrices",
        "a : log(exp(A)) -> A\\na : tanh(A) .* cosh(A) -> sinh(A) ~ 1 ~ a is an identity already",
        "log-of-exp : log(exp(A)) -> A ~ 1 ~ log-of-exp is an identity already",
        "a b : log(exp(A)) -> A ~ 1 ~ the name of an identity is one word",
        "a : inv(A) -> A' if orthogonal() ~ 21 ~ a condition is a property",
        "a : inv(A) -> A' if ~ 20 ~ a formula is missing here",
        "f(A = A ~ 1 ~ this is no line of a rule file",
        "hello ~ 1 ~ this is no line of a rule file",
        "d(f(A)) = dA ~ 1 ~ what function this is of must be said before it",
        "f : elementwise ~ 1 ~ f has no definition f(A) = …",
        "f : elementwise\\nf(A) = A.^2\\nd(f(A)) = A .* dA ~ 3 ~ this is not the differential",
        "f(A) = A.^2\\nd(f(A)) = 2 * A .* dA ~ 1 ~ f has a differential, but it is not said",
        "softmax(A) = A ~ 1 ~ softmax is a function already",
        "sum(A) = A ~ 1 ~ sum is a function already",
        "f : elementwise\\nf(A) = 2 * A\\nd(f(A)) = f(dA) ~ 3 ~ the differential of f comes back to"
            + " f",
        "f : elementwise\\nfact f(A) : positive\\nf(A) = A.^2 - 1\\nd(f(A)) = 2 * A .* dA ~ 13 ~"
            + " this is not so",
        "f : (n, n) -> (n, n)\\nfact f(A) : invariant\\nf(A) = 2 * A\\nd(f(A)) = 2 * dA ~ 13 ~ this"
            + " is not so",
        "f : (n, n) -> (n, n)\\nfact f(A) : equivariant\\nf(A) = A * A * A'\\nd(f(A)) = dA * A * A'"
            + " + A * dA * A' + A * A * dA' ~ 13 ~ this is not so",
        "f : rowwise\\nfact f(A) : stochastic\\nf(A) = A ./ 2\\nd(f(A)) = dA ./ 2 ~ 13 ~ this is"
            + " not so",
        "f : elementwise\\nfact f(A) : postive\\nf(A) = A.^2\\nd(f(A)) = 2 * A .* dA ~ 13 ~ a fact"
            + " is one of positive, stochastic",
        "f(A) = A.^2\\nfact f(A) : positive ~ 13 ~ a fact is of a function with a differential",
        "f(A) = f(A) ~ 8 ~ f is defined by itself",
        "f(A, A) = A ~ 6 ~ A is a parameter twice",
        "f : (n, k) -> (n, n)\\nf(A) = A * A\\nd(f(A)) = dA ~ 10 ~ cannot multiply n×k by n×k",
        "f : elementwise\\nf(A) = log(A)\\ndomain f(A) : A ~ 15 ~ a condition is a comparison",
        "a : tanh(A) -> A ~ 1 ~ the two sides are not equal",
        "a : A -> tanh(A) ~ 1 ~ the left side is already as simple as it can be",
        "a : tanh(A) -> tanh(B) ~ 21 ~ nothing is called B here",
        "a : inv(A) -> A if symmetrical(A) ~ 20 ~ a condition is a property",
        "a : tr(A B) -> tr(B A) ~ 1 ~ the right side is no simpler than the left",
        "a : sum(A) + -> 2 ~ 12 ~ expected an expression after `+`",
        "a : foo(A) -> A ~ 5 ~ there is no function called foo",
      })
  void areRefusedWithTheirPlace(String rules, int column, String message) {
    Source source = new Source("own", rules.replace("\\n", "\n"));
    ProgramException wrong =
        assertThrows(ProgramException.class, () -> new Gradsmith(List.of(source)));
    Diagnostic error = wrong.diagnostics().getFirst();
    assertTrue(error.message().startsWith(message), error.message());
    assertEquals(column, source.column(error.span().start()), error.message());
  }

  @Test
  void allThatIsWrongIsSaidAtOnce() {
    Source source = new Source("own", "f(A) = A + b\n\ng(A) = foo(A)\n\na : exp(A) -> B\n");
    ProgramException wrong =
        assertThrows(ProgramException.class, () -> new Gradsmith(List.of(source)));
    assertEquals(3, wrong.diagnostics().size());
  }

  /** Each calls the one before twice, or once: neither may be written out. */
  @ParameterizedTest
  @CsvSource({"f(A) + f(2 * A), this stands for more than", "f(A) + 1, definitions nest deeper"})
  void definitionsThatGrowWithoutEndAreRefused(String body, String message) {
    StringBuilder rules = new StringBuilder("f0(A) = A\n");
    for (int i = 1; i <= 210; i++) {
      rules.append("\nf%d : elementwise\nf%d(A) = ".formatted(i, i));
      rules.append(body.replace("f(", "f%d(".formatted(i - 1))).append('\n');
      rules.append("d(f%d(A)) = dA\n".formatted(i));
    }
    Source source = new Source("own", rules.toString());
    ProgramException wrong =
        assertThrows(ProgramException.class, () -> new Gradsmith(List.of(source)));
    assertTrue(
        wrong.diagnostics().stream().anyMatch(error -> error.message().startsWith(message)),
        wrong.diagnostics().getLast().message());
  }

  @Test
  void bodiesWithoutUseAreRead() {
    Source source = new Source("own", "f(A) = A A' + 3\r\ng(A) = f(A)\r\n");
    assertEquals(2, new Gradsmith(List.of(source)).laws().family("own").size());
  }

  /** The name of a file means nothing: one may be called as a family of the library is. */
  @Test
  void aFileMayBeNamedLikeAFamily() {
    Source source = new Source("rows", RULES);
    assertEquals("2 X", gradient(new Gradsmith(List.of(source)), "-sum(log(gaussian(X)))"));
  }

  @Test
  void aLinearFunctionMayBeItsOwnDifferential() {
    Source source =
        new Source(
            "own",
            """
            twice : elementwise
            twice(A) = 2 * A
            d(twice(A)) = twice(dA)
            adjoint A of twice(A) = twice(G)
            """);
    assertEquals("twice(Y)", gradient(new Gradsmith(List.of(source)), "sum(Y .* twice(X))"));
  }

  private static String gradient(Gradsmith gradsmith, String program) {
    return gradsmith.derive(new Source("", program), Options.DEFAULT).gradient("X").ascii();
  }
}
