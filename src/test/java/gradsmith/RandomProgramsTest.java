package gradsmith;

import static org.junit.jupiter.api.Assertions.assertTrue;

import gradsmith.check.CheckReport;
import gradsmith.source.ProgramException;
import gradsmith.source.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Derives random programs, checks the gradients against both witnesses, and reads every formula
 * back. {@code -Dprograms=5000 -Dseed=7} runs more of them.
 */
class RandomProgramsTest {

  private static final int PROGRAMS = Integer.getInteger("programs", 400);
  private static final long SEED = Long.getLong("seed", 1);

  /** What some functions of whole matrices say of their second derivatives. */
  private static final String NO_CLOSED_FORM = "has no closed form";

  /** Several values at once, of which some are computed from others. */
  private static final Pattern ASSIGNED = Pattern.compile("(?<=; )([HLMmT]\\d?)(?= = )");

  private static Result result(Gradsmith gradsmith, Source source, int i) {
    Options options = Options.DEFAULT.draws(i, 2);
    String[] values =
        ASSIGNED.matcher(source.text()).results().map(MatchResult::group).toArray(String[]::new);
    if (i % 7 == 3 && values.length > 1) {
      return gradsmith.derive(source, options.of(values));
    }
    Result answer = gradsmith.derive(source, options);
    if (!answer.given().isEmpty()) {
      return i % 2 == 0 ? answer : gradsmith.derive(source, options.jacobians(variables(answer)));
    }
    if (i % 6 != 1) {
      return answer;
    }
    try {
      return gradsmith.derive(source, second(gradsmith, source, options, i));
    } catch (ProgramException e) {
      if (!e.diagnostics().getFirst().message().endsWith(NO_CLOSED_FORM)) {
        throw e;
      }
      return gradsmith.derive(source, options);
    }
  }

  private static String[] variables(Result answer) {
    return answer.gradients().stream().map(DerivativeFormula::variable).toArray(String[]::new);
  }

  /** Asks for second derivatives. */
  private static Options second(Gradsmith gradsmith, Source source, Options options, int i) {
    List<DerivativeFormula> gradients = gradsmith.derive(source, options.check(false)).gradients();
    if (gradients.isEmpty()) {
      return options;
    }
    String by = gradients.get(i % gradients.size()).variable();
    String other = gradients.getFirst().variable();
    return i % 12 == 1 ? options.products(by) : options.hessian(by).hessian(by, other);
  }

  @Test
  void gradientsAreRightAndFormulasReadBack() {
    assertRight(PROGRAMS, RandomProgram::of);
  }

  @Test
  void reductionsOnStacksAreRightAndReadBack() {
    assertRight(PROGRAMS / 2, RandomReductions::of);
  }

  private static void assertRight(int programs, LongFunction<String> written) {
    Gradsmith gradsmith = new Gradsmith();
    List<String> failures = new ArrayList<>();
    int unchecked = 0;
    for (int i = 0; i < programs; i++) {
      String program = written.apply(SEED * 1_000_003 + i);
      try {
        Source source = new Source("", program);
        Result result = result(gradsmith, source, i);
        CheckReport check = result.check();
        if (check == null || check.unavailable() != null) {
          unchecked++;
        } else if (!check.passed()) {
          failures.add(program + "\n    " + check.failures());
        }
        RoundTrip.assertReadsBack(result.derivation());
      } catch (ProgramException e) {
        failures.add(program + "\n    " + e.diagnostics().getFirst().message());
      } catch (RuntimeException | AssertionError | StackOverflowError e) {
        failures.add(program + "\n    " + e);
      }
    }
    assertTrue(failures.isEmpty(), failures.size() + " failures\n" + String.join("\n", failures));
    assertTrue(unchecked * 10 <= programs, unchecked + " programs could not be checked");
  }
}
