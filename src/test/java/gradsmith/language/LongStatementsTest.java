package gradsmith.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import gradsmith.Gradsmith;
import gradsmith.Options;
import gradsmith.source.Source;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The time to read a statement grows linearly with its length, and with what calls stand for. */
class LongStatementsTest {

  private static final int PARTS = 15_000;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          sum( | X%d       | " + "  | )
          sum( | X%d       | " "    | )
          sum( | X%d       | " .* " | )
          sum( | X%d W%1$d | " .* " | )
          0 +  | mean(X%d) | " + "  | ""
          1 +  | b%d       | " / "  | ""
          """)
  void longStatementsAreReadInLinearTime(String start, String part, String operator, String end) {
    String parts =
        IntStream.range(0, PARTS)
            .mapToObj(i -> part.formatted(i))
            .collect(Collectors.joining(operator));
    Source source = new Source("", start + " " + parts + end);
    Program program = assertTimeout(Duration.ofSeconds(20), () -> new Gradsmith().read(source));
    assertEquals(part.contains("W") ? 2 * PARTS : PARTS, program.parameters().size());
  }

  @ParameterizedTest
  @CsvSource({
    "x.^2 + x, 9, 5",
    "sin(x) .* x, 9, 5",
    "tanh(x), 9, 5",
    "tanh(x + 1) + tanh(x + 1), 9, 5",
    "sin(x) .* x, 13, 15"
  })
  void nestedCallsAreDerivedInLinearTime(String body, int levels, int seconds) {
    String calls =
        IntStream.rangeClosed(1, levels)
            .mapToObj(i -> "f%d(x) = f%d(f%2$d(x)); ".formatted(i, i - 1))
            .collect(Collectors.joining());
    Source source = new Source("", "f0(x) = " + body + "; " + calls + "sum(f" + levels + "(y))");
    assertTimeout(
        Duration.ofSeconds(seconds),
        () -> new Gradsmith().derive(source, Options.DEFAULT.check(false)).gradient("y"));
  }

  @Test
  void aCallIsReadOnceForEachArgument() {
    String calls =
        IntStream.rangeClosed(1, 30)
            .mapToObj(i ->
                "f%d(x) = f%d(x + 1) .* f%2$d(x + 1) + f%2$d(x) .* f%2$d(x); ".formatted(i, i - 1))
            .collect(Collectors.joining());
    Source source = new Source("", "f0(x) = tanh(x); " + calls + "sum(f30(y))");
    assertTimeout(Duration.ofSeconds(5), () -> new Gradsmith().read(source));
  }
}
