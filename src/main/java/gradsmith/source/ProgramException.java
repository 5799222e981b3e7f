package gradsmith.source;

import java.util.List;

/** The input has errors; nothing was derived. */
public final class ProgramException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<Diagnostic> diagnostics;

  /** Carries {@code diagnostics}, at least one of which is an error. */
  public ProgramException(List<Diagnostic> diagnostics) {
    super(firstError(diagnostics));
    this.diagnostics = List.copyOf(diagnostics);
  }

  /** Returns everything that was found, errors and warnings. */
  public List<Diagnostic> diagnostics() {
    return diagnostics;
  }

  private static String firstError(List<Diagnostic> diagnostics) {
    for (Diagnostic diagnostic : diagnostics) {
      if (diagnostic.severity() == Diagnostic.Severity.ERROR) {
        Span span = diagnostic.span();
        return span.source().line(span.start())
            + ":"
            + span.source().column(span.start())
            + ": "
            + diagnostic.message();
      }
    }
    return "invalid program";
  }
}
