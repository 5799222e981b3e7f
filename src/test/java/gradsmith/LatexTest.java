package gradsmith;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import gradsmith.derive.Derivation;
import gradsmith.render.Form;
import gradsmith.render.LatexRenderer;
import gradsmith.render.Sheet;
import gradsmith.render.SheetLatex;
import gradsmith.source.Source;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written in LaTeX compiles with amsmath as it stands. */
class LatexTest {

  private static final Gradsmith GRADSMITH = new Gradsmith();

  @TempDir private Path folder;

  @Test
  void everyFixtureCompiles() throws Exception {
    assumeTrue(isInstalled(), "pdflatex is not installed");
    StringBuilder document =
        new StringBuilder("\\documentclass{article}\n\\usepackage{amsmath}\n\\begin{document}\n");
    for (Fixtures.Case fixture : Fixtures.read("derive")) {
      Derivation derivation =
          GRADSMITH.derive(fixture.source(), fixture.options().check(false)).derivation();
      document
          .append(LatexRenderer.render(derivation, Form.AUTO, null, null))
          .append("\\newpage\n")
          .append(withSteps(fixture.source(), fixture.options().check(false)))
          .append("\\newpage\n");
    }
    compile(document + "\\end{document}\n");
  }

  /** No two of the answers are called the same: they would contradict each other. */
  @Test
  void everyAnswerHasANameOfItsOwn() {
    for (Fixtures.Case fixture : Fixtures.read("derive")) {
      Derivation derivation =
          GRADSMITH.derive(fixture.source(), fixture.options().check(false)).derivation();
      Set<String> names = new HashSet<>();
      for (String row : LatexRenderer.render(derivation, Form.AUTO, null, null).lines().toList()) {
        int sign = row.indexOf(" &=");
        assertTrue(sign < 0 || names.add(row.substring(0, sign)), row);
      }
    }
  }

  @Test
  void whatIsAssumedAndCheckedIsSaid() {
    Source source = new Source("", "β : vector\nS : (n, n) symmetric\nf = tr(S S S) + sum(β)");
    Result result = GRADSMITH.derive(source, Options.DEFAULT);
    String text = LatexRenderer.render(result.derivation(), Form.AUTO, null, result.check());
    assertTrue(
        text.contains("\nS is symmetric: derivatives take its entries as independent"), text);
    assertTrue(text.contains("\nCheck: 5 random draws, 2 witnesses"), text);
  }

  @Test
  void stepsCiteTheirLawsAndEndInTheirOwnNames() {
    Source source = new Source("", "L = CE(softmax(relu(X W1) + X) W2, Y)");
    String text = withSteps(source, Options.DEFAULT.check(false));
    assertTrue(
        text.contains(
            ", by relu: \\(Y = \\operatorname{relu}(A)\\) gives \\(\\mathrm{d}A = \\mathrm{d}Y"
                + " \\odot \\operatorname{step}(A)\\)."),
        text);
    assertTrue(
        text.contains("\\frac{\\partial L}{\\partial W_{1}} &= {X}^{\\top} \\, \\mathrm{d}A &&"),
        text);
  }

  /** Of so many layers there is no closed form; the steps end with the answers all the same. */
  @Test
  void stepsOfALongProgramEndWithTheAnswers() {
    StringBuilder program = new StringBuilder("H0 = X\n");
    for (int i = 1; i <= 300; i++) {
      program.append("H" + i + " = tanh(H" + (i - 1) + " W" + i + ")\n");
    }
    Source source = new Source("", program + "L = sum(H300)");
    String text = withSteps(source, Options.DEFAULT.check(false));
    assertTrue(text.contains("\\frac{\\partial L}{\\partial W_{1}} &= {H_{0}}^{\\top} \\, "));
  }

  @Test
  void theFormulaSheetCompiles() throws Exception {
    assumeTrue(isInstalled(), "pdflatex is not installed");
    List<Sheet> sheets = new ArrayList<>();
    for (String family : GRADSMITH.laws().families()) {
      sheets.add(new Sheet(family, GRADSMITH.laws().family(family), GRADSMITH.identities()));
    }
    compile(new SheetLatex().render(sheets));
  }

  private static String withSteps(Source source, Options options) {
    return LatexRenderer.render(
        GRADSMITH.derive(source, options).derivation(),
        Form.AUTO,
        GRADSMITH.steps(source, options),
        null);
  }

  private void compile(String document) throws Exception {
    Files.writeString(folder.resolve("all.tex"), document);
    Process process =
        new ProcessBuilder("pdflatex", "-interaction=nonstopmode", "-halt-on-error", "all.tex")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    assertEquals(0, process.waitFor(), output);
  }

  private static boolean isInstalled() throws InterruptedException {
    try {
      return new ProcessBuilder("pdflatex", "--version")
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor(10, TimeUnit.SECONDS);
    } catch (IOException e) {
      return false;
    }
  }
}
