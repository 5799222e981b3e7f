package gradsmith.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gradsmith.Gradsmith;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A bug is said, and a session goes on after it. */
class SessionTest {

  /** Throws what nobody expects, once. */
  private static final class Faulty extends ByteArrayOutputStream {
    private boolean failed;

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
      if (!failed) {
        failed = true;
        throw new IllegalStateException("out of order");
      }
      super.write(bytes, offset, length);
    }
  }

  @Test
  void aBugInOneLineIsSaidAndTheNextIsAnswered() {
    Faulty output = new Faulty();
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    Session session = new Session(new Gradsmith(), List.of(), console(output, errors));
    session.accept("H = A x");
    String said = errors.toString(StandardCharsets.UTF_8);
    assertTrue(said.startsWith("error: this is a bug in gradsmith"), said);
    session.accept("y");
    session.accept(":show");
    assertTrue(output.toString(StandardCharsets.UTF_8).endsWith("\ny\n"));
    assertEquals(said, errors.toString(StandardCharsets.UTF_8));
  }

  @Test
  void aBugIsADiagnosticWhereJsonIsAskedFor() {
    Faulty output = new Faulty();
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    String[] typed = {"--format", "json", "sum(x)"};
    assertEquals(ExitStatus.BUG, Main.run(typed, console(output, errors)));
    String said = output.toString(StandardCharsets.UTF_8);
    assertTrue(said.startsWith("{\n  \"diagnostics\" : [ {\n    \"severity\" : \"error\""), said);
    assertEquals("", errors.toString(StandardCharsets.UTF_8));
  }

  @Test
  void aFunctionIsTheValueWhereNothingElseIs() {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    Session session = new Session(new Gradsmith(), List.of(), console(output, errors));
    session.accept("f(x) = x' A x");
    assertTrue(output.toString(StandardCharsets.UTF_8).contains("∂f/∂x = (A + Aᵀ) x"));
    session.accept("g(tr) = tr + 1");
    session.accept("L = f(y) + g(1)");
    session.accept("swish(A) = A .* sigmoid(A)");
    output.reset();
    session.accept(":show");
    assertEquals(
        """
        f(x) = x' A x
        g(tr) = tr + 1
        swish(A) = A .* sigmoid(A)
        L = f(y) + g(1)
        """,
        output.toString(StandardCharsets.UTF_8));
    assertEquals("", errors.toString(StandardCharsets.UTF_8));
  }

  private static Console console(OutputStream output, OutputStream errors) {
    return new Console(
        InputStream.nullInputStream(),
        new PrintStream(output, true, StandardCharsets.UTF_8),
        new PrintStream(errors, true, StandardCharsets.UTF_8),
        new Terminal(false, false, false, 80),
        true);
  }
}
