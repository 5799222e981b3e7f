package gradsmith;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gradsmith.check.CheckReport;
import gradsmith.language.Library;
import gradsmith.source.Source;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The check can fail: a library with a wrong rule is caught, by the name of the variable. */
class WrongRuleTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "(1 - tanh(A).^2) .* dA ~ (1 - tanh(A)) .* dA ~ sum(tanh(X)) ~ X",
        "tr(inv(A) * dA) ~ tr(inv(A)' * dA) ~ logdet(X) ~ X",
        "-inv(A) * dA * inv(A) ~ inv(A) * dA * inv(A) ~ sum(inv(X)) ~ X",
        "softmax(Z) .* (dZ - rowsum(softmax(Z) .* dZ)) ~ softmax(Z) .* dZ ~ sum(C .* softmax(X)) ~"
            + " X",
        "sum((A >= max(A)) .* dA) / sum(A >= max(A)) ~ sum((A >= max(A)) .* dA) ~ max(X + X') ~ X",
        "sum((A >= max(A)) .* dA) / sum(A >= max(A)) ~ sum((A >= max(A)) .* dA) ~"
            + " S : (n, n) symmetric; max(S) ~ S",
        "rowsum((A >= rowmax(A)) .* dA) ./ rowsum(A >= rowmax(A)) ~"
            + " rowsum((A >= rowmax(A)) .* dA) ~ sum(rowmax(x ones(1, 3))) ~ x",
      })
  void aWrongDifferentialIsCaught(String right, String wrong, String program, String variable) {
    CheckReport check = check(libraryWith(right, wrong), program);
    assertFalse(check.passed());
    assertEquals(null, check.unavailable());
    assertEquals(variable, check.failures().getFirst().variable());
    CheckReport sound = check(Library.standard(), program);
    assertTrue(sound.passed(), sound.toString());
  }

  @Test
  void aWrongFactorIsShownWithBothNumbers() {
    CheckReport check = check(libraryWith("cos(A) .* dA", "2 * cos(A) .* dA"), "sum(sin(x))");
    CheckReport.Failure failure = check.failures().getFirst();
    assertEquals(2, failure.formula() / failure.expected(), 1e-6);
  }

  private static CheckReport check(Library library, String program) {
    CheckReport check =
        new Gradsmith(library).derive(new Source("", program), Options.DEFAULT).check();
    if (check == null) {
      throw new AssertionError("no check");
    }
    return check;
  }

  private static Library libraryWith(String right, String wrong) {
    List<Source> sources = new ArrayList<>();
    boolean replaced = false;
    for (String family : Library.FAMILIES) {
      Source source = Library.resource("library/" + family + ".gs", family);
      replaced |= source.text().contains(right);
      sources.add(new Source(family, source.text().replace(right, wrong)));
    }
    assertTrue(replaced, right);
    return new Library(sources);
  }
}
