package gradsmith;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gradsmith.source.Source;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A wrong line is put right as one would write it: nothing is multiplied by n / n, no ((A)). */
class CorrectedLinesTest {

  private static final Gradsmith GRADSMITH = new Gradsmith();

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '"',
      value = {
        "X : (n, d); L = CE(X W, Y) ~ dL/dW = X' (softmax(X W) - Y) / n ~ X' (softmax(X W) - Y)",
        "||x|| ~ df/dx = 2 x / ||x|| ~ x / ||x||",
        "||x|| ~ df/dx = 2 x ~ 2 x / (2 ||x||)",
        "x' x ~ df/dx = x ~ 2 x",
        "L = sum(exp(X w)) ~ dL/dw = X' exp(w) ~ X' exp(X w)",
        "L = ||w||^2 + a' w ~ dL/dw = 2 ||w|| + a ~ 2 w + a",
        "L = tr(inv(X) A) ~ dL/dX = -inv(X) A inv(X) ~ -inv(X)' A' inv(X)'",
        "L = ||X - U V'||^2 ~ dL/dV = -2 U' (X - U V') ~ -2 (X - U V')' U",
        "L = CE(X W, Y) ~ dL/dW = X' softmax(X W) - Y ~ X' (softmax(X W) - Y)",
        "L = ||A X - B||^2 ~ dL/dX = 2 A' A X - A' B ~ 2 A' A X - 2 A' B",
      })
  void theCorrectedLineIsPlain(String program, String wrong, String right) {
    String corrected =
        GRADSMITH
            .verify(new Source("", program), List.of(new Source("", wrong)), Options.DEFAULT)
            .verdicts()
            .getFirst()
            .corrected();
    assertEquals(wrong.substring(0, wrong.indexOf('=') + 2) + right, corrected);
  }
}
