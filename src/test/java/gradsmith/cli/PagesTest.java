package gradsmith.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of the pages show what is really printed; {@code -Dfixtures.update} writes them. */
class PagesTest {

  private static final Pattern EXAMPLE = Pattern.compile("```console\n\\$ \\./(.*)\n([^`]*)```");

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "docs/tutorial.md"})
  void examplesShowRealOutput(String file) throws IOException {
    Path page = Path.of(file);
    String text = Files.readString(page);
    StringBuilder actual = new StringBuilder();
    Matcher example = EXAMPLE.matcher(text);
    while (example.find()) {
      GradsmithProcess.Outcome outcome =
          GradsmithProcess.run("PATH=/usr/bin:$PATH; " + example.group(1));
      String block =
          "```console\n$ ./"
              + example.group(1)
              + "\n"
              + outcome.errors()
              + outcome.output()
              + "```";
      example.appendReplacement(actual, Matcher.quoteReplacement(block));
    }
    example.appendTail(actual);
    if (System.getProperty("fixtures.update") != null) {
      Files.writeString(page, actual.toString());
    } else {
      assertEquals(withoutErrors(text), withoutErrors(actual.toString()));
    }
  }

  /** Rounding differs between processors. */
  private static String withoutErrors(String text) {
    return text.replaceAll("(relative[_ ]error\"?:?\\s*:?) [0-9.eE+-]+", "$1 …");
  }
}
