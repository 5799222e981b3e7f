package gradsmith.cli;

import gradsmith.render.JsonRenderer;
import gradsmith.source.Diagnostic;
import gradsmith.source.DiagnosticRenderer;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;

/**
 * The streams of the process, and where they go.
 *
 * @param echo whether an answer begins with the program, which a prompt shows already
 */
record Console(
    InputStream input, PrintStream output, PrintStream errors, Terminal terminal, boolean echo) {

  /** Prints diagnostics: those of a wrong program all, else the warnings. */
  void report(List<Diagnostic> diagnostics, OutputFormat format) {
    boolean failed = false;
    for (Diagnostic diagnostic : diagnostics) {
      failed |= diagnostic.severity() == Diagnostic.Severity.ERROR;
    }
    if (format == OutputFormat.JSON) {
      output.print(JsonRenderer.render(diagnostics));
      return;
    }
    DiagnosticRenderer renderer = new DiagnosticRenderer(terminal.width(), terminal.errorColor());
    for (Diagnostic diagnostic : diagnostics) {
      if (failed || diagnostic.severity() != Diagnostic.Severity.NOTE) {
        errors.print(renderer.render(diagnostic));
      }
    }
    errors.flush(); // before the answer, where both go to one terminal
  }
}
