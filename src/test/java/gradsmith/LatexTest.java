package gradsmith;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import gradsmith.derive.Derivation;
import gradsmith.render.Form;
import gradsmith.render.LatexRenderer;
import gradsmith.render.Sheet;
import gradsmith.render.SheetLatex;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
      document.append(LatexRenderer.render(derivation, Form.AUTO, null)).append("\\newpage\n");
      document.append(
          LatexRenderer.render(
              derivation, Form.AUTO, GRADSMITH.steps(fixture.source(), fixture.options())));
      document.append("\\newpage\n");
    }
    compile(document + "\\end{document}\n");
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
