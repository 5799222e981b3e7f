package gradsmith.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import gradsmith.Gradsmith;
import gradsmith.source.Source;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The time to read a statement grows linearly with its length. */
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
}
