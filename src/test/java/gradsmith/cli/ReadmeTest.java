package gradsmith.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** README's examples show what is really printed; {@code -Dfixtures.update} writes them. */
class ReadmeTest {

  private static final Pattern EXAMPLE = Pattern.compile("```console\n\\$ \\./(.*)\n([^`]*)```");

  @Test
  void examplesShowRealOutput() throws IOException {
    Path readme = Path.of("README.md");
    String text = Files.readString(readme);
    StringBuilder actual = new StringBuilder();
    Matcher example = EXAMPLE.matcher(text);
    while (example.find()) {
      GradsmithProcess.Outcome outcome = GradsmithProcess.run(example.group(1));
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
      Files.writeString(readme, actual.toString());
    } else {
      assertEquals(withoutErrors(text), withoutErrors(actual.toString()));
    }
  }

  /** Rounding differs between processors. */
  private static String withoutErrors(String text) {
    return text.replaceAll("(relative[_ ]error\"?:?\\s*:?) [0-9.eE+-]+", "$1 …");
  }
}
