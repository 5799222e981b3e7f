package gradsmith;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gradsmith.check.CheckReport;
import gradsmith.render.Form;
import gradsmith.render.Notation;
import gradsmith.render.TextRenderer;
import gradsmith.source.Diagnostic;
import gradsmith.source.DiagnosticRenderer;
import gradsmith.source.ProgramException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs and what is printed for them, errors too. */
class FixturesTest {

  private static final Gradsmith GRADSMITH = new Gradsmith();

  static Stream<Fixtures.Case> derivations() {
    return Fixtures.read("derive").stream();
  }

  static Stream<Fixtures.Case> errors() {
    return Fixtures.read("errors").stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("derivations")
  void printsTheFormulas(Fixtures.Case fixture) {
    assertEquals(fixture.expected(), derived(fixture));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("derivations")
  void passesTheCheckAndReadsBack(Fixtures.Case fixture) {
    Result result = GRADSMITH.derive(fixture.source(), fixture.options());
    CheckReport check = result.check();
    assertTrue(check != null && check.passed(), String.valueOf(check));
    RoundTrip.assertReadsBack(result.derivation());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("errors")
  void explainsTheError(Fixtures.Case fixture) {
    assertEquals(fixture.expected(), diagnosed(fixture));
  }

  @Test
  void updatesOnDemand() throws IOException {
    if (Fixtures.update()) {
      List<Fixtures.Case> derivations = Fixtures.read("derive");
      List<String> pages = new ArrayList<>();
      derivations.forEach(fixture -> pages.add(derived(fixture)));
      Fixtures.write(derivations, pages);
      List<Fixtures.Case> errors = Fixtures.read("errors");
      List<String> diagnostics = new ArrayList<>();
      errors.forEach(fixture -> diagnostics.add(diagnosed(fixture)));
      Fixtures.write(errors, diagnostics);
    }
  }

  private static String derived(Fixtures.Case fixture) {
    Result result = GRADSMITH.derive(fixture.source(), fixture.options().check(false));
    TextRenderer renderer = new TextRenderer(Notation.ASCII, 80, false);
    return renderer
        .render(result.derivation(), Form.AUTO, null)
        .replaceAll("(?m)^\\s*\n", "")
        .stripTrailing();
  }

  private static String diagnosed(Fixtures.Case fixture) {
    DiagnosticRenderer renderer = new DiagnosticRenderer(80, false);
    StringBuilder text = new StringBuilder();
    List<Diagnostic> diagnostics;
    try {
      diagnostics =
          GRADSMITH
              .derive(fixture.source(), fixture.options().check(false))
              .derivation()
              .program()
              .notes();
    } catch (ProgramException e) {
      diagnostics = e.diagnostics();
    }
    diagnostics.forEach(diagnostic -> text.append(renderer.render(diagnostic)));
    return text.toString().stripTrailing();
  }
}
