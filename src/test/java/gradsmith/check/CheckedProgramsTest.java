package gradsmith.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gradsmith.Gradsmith;
import gradsmith.Options;
import gradsmith.derive.Derivative;
import gradsmith.derive.Derivative.Kind;
import gradsmith.expr.Variable;
import gradsmith.language.Library;
import gradsmith.language.Program;
import gradsmith.rules.FunctionRules;
import gradsmith.source.Source;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the check says of whole programs. */
class CheckedProgramsTest {

  private static final FunctionRules RULES = new FunctionRules(Library.standard());

  private static CheckReport check(String program, Options options) {
    CheckReport check = new Gradsmith().derive(new Source("", program), options).check();
    assertNotNull(check);
    return check;
  }

  /** Two kinks at one distance, met from opposite sides, deceive differences without a trace. */
  @Test
  void aSumThatDeceivesDifferencesIsNoFailure() {
    CheckReport check =
        check(
            "P : (n, n) spd; L = sum(eigvals(max(P, I(n)) softmax(I(n))))",
            Options.DEFAULT.draws(3931, 3));
    assertTrue(check.passed(), check.toString());
    assertEquals(3, check.trials());
  }

  @Test
  void anAgreementOnZeroIsOneToRounding() {
    CheckReport exact = check("X : (n, k); A : (k, k); sum(X A)", Options.DEFAULT.products("X"));
    assertTrue(exact.passed() && exact.maxRelativeError() < 1e-9, exact.toString());
    CheckReport differences =
        check("A, B : (n, n); sum(A + eigvals(B))", Options.DEFAULT.products("A"));
    assertTrue(differences.passed() && differences.maxRelativeError() < 1e-6);
  }

  /** Of a second derivative that is zero, rounding is no disagreement. */
  @Test
  void roundingAroundZeroIsNoFailure() {
    for (int seed = 0; seed < 40; seed++) {
      Options options = Options.DEFAULT.hessian("s", "x").draws(seed, 5);
      CheckReport check = check("s : (); x : (n); A : (k, n); sum(A normalize(s x))", options);
      assertTrue(check.passed(), check.toString());
    }
  }

  private static CheckReport restricted(String formula, Witness... witnesses) {
    Program program =
        new Gradsmith()
            .read(
                new Source(
                    "",
                    "S : (n, n) symmetric; C : (n, n); T = "
                        + formula
                        + "; L = sum(C .* S) + sum(T)"));
    Variable structured = program.expressions().variable("S");
    Variable claimed = program.expressions().variable("T");
    assertNotNull(structured);
    assertNotNull(claimed);
    Derivative derivative =
        new Derivative(
            Kind.RESTRICTED,
            program.value(),
            List.of(structured),
            null,
            structured.axes(),
            claimed);
    return new GradientCheck(List.of(witnesses))
        .check(program, List.of(), List.of(derivative), RULES, 1, 5);
  }

  /** The formula is right on and below the diagonal alone. */
  @Test
  void everyEntryOfARestrictedGradientIsCompared() {
    CheckReport report =
        restricted(
            "C + C' - diag(diag(C)) + lower_half(C)' - diag(diag(C)) / 2",
            new AutomaticDifferentiation());
    List<Integer> entry = report.failures().getFirst().entry();
    assertTrue(entry.get(0) < entry.get(1), report.toString());
  }

  @Test
  void aWitnessThatTheFirstContradictsProvesNothing() {
    Witness wrong = new WrongWitness();
    String right = "C + C' - diag(diag(C))";
    CheckReport report = restricted(right, new AutomaticDifferentiation(), wrong);
    String reason = report.unavailable();
    assertNotNull(reason);
    assertTrue(reason.contains("forward automatic differentiation and nobody disagree"), reason);
    assertEquals("nobody", restricted(right, wrong).failures().getFirst().witness());
  }
}
