package gradsmith;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import gradsmith.render.Form;
import gradsmith.render.HtmlRenderer;
import gradsmith.source.Source;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.InputSource;

/** The page in a real browser. */
class HtmlTest {

  /** Opens a step, touches a symbol, and writes down what there is to see. */
  private static final String VISIT =
      """
      <script>
      const errors = [];
      addEventListener('error', event => errors.push(event.message));
      addEventListener('load', () => {
        const steps = [...document.querySelectorAll('details')];
        steps[1].querySelector('summary').click();
        const symbol = document.querySelector('.equation [data-name]');
        symbol.dispatchEvent(new MouseEvent('mouseover', {bubbles: true}));
        const formulas = [...document.querySelectorAll('.answers math')];
        const seen = {
          errors: errors.length,
          hidden: formulas.filter(math => math.getBoundingClientRect().height < 5).length,
          formulas: formulas.length,
          open: steps[1].open && steps[1].querySelector('.equation').offsetHeight > 0,
          told: document.getElementById('told').textContent,
          boxes: document.querySelectorAll('svg rect').length,
          wide: document.documentElement.scrollWidth > innerWidth,
        };
        document.body.setAttribute('data-seen', JSON.stringify(seen));
      });
      </script>
      """;

  @TempDir private Path folder;

  private static String page(String program) {
    Gradsmith gradsmith = new Gradsmith();
    Source source = new Source("", program);
    Result result = gradsmith.derive(source, Options.DEFAULT);
    return HtmlRenderer.render(
        source,
        result.derivation(),
        Form.AUTO,
        gradsmith.steps(source, Options.DEFAULT),
        result.check());
  }

  @ParameterizedTest
  @ValueSource(strings = {"900", "400"})
  void aBrowserShowsIt(String width) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/chromium")), "chromium is not installed");
    String page = page("L = CE(softmax(relu(X W1) + X) W2, Y)");
    Path file = folder.resolve("page.html");
    Files.writeString(file, page.replace("<style>", VISIT + "<style>"));
    String seen = seen(file, width);
    assertEquals(
        "{'errors':0,'hidden':0,'formulas':3,'open':true,'told':'A = X W1, n×d','boxes':10,"
            + "'wide':false}",
        seen.replace('"', '\''));
  }

  private String seen(Path file, String width) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                "/usr/bin/chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--window-size=" + width + ",1200",
                "--user-data-dir=" + folder.resolve("profile"),
                "--virtual-time-budget=2000",
                "--dump-dom",
                file.toUri().toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String dom = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    Matcher matcher = Pattern.compile("data-seen=\"([^\"]*)\"").matcher(dom);
    assertTrue(matcher.find(), dom);
    return matcher.group(1).replace("&quot;", "\"");
  }

  @Test
  void needsNothingElse() {
    String page = page("L = sum(relu(X W + b)) + ||x||^2");
    assertFalse(Pattern.compile("(?:src|href)=|url\\((?!#)|@import|https?:").matcher(page).find());
  }

  /** No two of the answers are called the same: they would contradict each other. */
  @Test
  void everyAnswerHasANameOfItsOwn() {
    String page = page("S : (n, n) symmetric\nf = tr(S S S)");
    String answers = page.substring(page.indexOf("class=\"answers\""), page.indexOf("<h2>Shapes"));
    Matcher left = Pattern.compile("displaystyle=\"true\">(.*?)<mo>=</mo>").matcher(answers);
    assertEquals(2, left.results().map(found -> found.group(1)).distinct().count());
  }

  /** Formulas are well-formed, whatever signs are in them. */
  @Test
  void markupIsWellFormed() throws Exception {
    for (Fixtures.Case fixture : Fixtures.read("derive")) {
      Gradsmith gradsmith = new Gradsmith();
      String page =
          HtmlRenderer.render(
              fixture.source(),
              gradsmith.derive(fixture.source(), fixture.options().check(false)).derivation(),
              Form.AUTO,
              gradsmith.steps(fixture.source(), fixture.options()),
              null);
      Matcher formulas = Pattern.compile("(?s)<(math|svg).*?</\\1>").matcher(page);
      while (formulas.find()) {
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new java.io.StringReader(formulas.group())));
      }
    }
  }
}
