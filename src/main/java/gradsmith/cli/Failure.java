package gradsmith.cli;

import gradsmith.source.Diagnostic;
import gradsmith.source.ProgramException;
import gradsmith.source.Source;
import gradsmith.source.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a command gives no answer.
 *
 * @param status the exit status
 * @param diagnostics what to say
 */
record Failure(int status, List<Diagnostic> diagnostics) {

  /** What is wrong outside a program is at no place in it. */
  private static final Span NOWHERE = new Span(new Source("", ""), 0, 0);

  static Failure of(Throwable thrown) {
    return switch (thrown) {
      case ProgramException e -> new Failure(ExitStatus.WRONG_PROGRAM, e.diagnostics());
      case UsageException e ->
          failure(ExitStatus.WRONG_COMMAND_LINE, String.valueOf(e.getMessage()), null);
      case OutOfMemoryError e ->
          failure(
              ExitStatus.WRONG_PROGRAM,
              "the program is too large for the memory of this process",
              null);
      default -> {
        StackTraceElement[] trace = thrown.getStackTrace();
        yield failure(
            ExitStatus.BUG,
            "this is a bug in gradsmith: " + thrown,
            "at "
                + (trace.length == 0 ? "?" : trace[0])
                + "\nplease report it with the program that you typed");
      }
    };
  }

  private static Failure failure(int status, String message, @Nullable String hint) {
    return new Failure(status, List.of(Diagnostic.error(NOWHERE, message, hint)));
  }

  /** Says it, and returns the exit status. */
  int report(Console console, OutputFormat format) {
    if (status == ExitStatus.WRONG_COMMAND_LINE && format != OutputFormat.JSON) {
      diagnostics.forEach(
          diagnostic -> console.errors().println("gradsmith: " + diagnostic.message()));
    } else {
      console.report(diagnostics, format);
    }
    return status;
  }
}
