package gradsmith.data;

import gradsmith.source.Diagnostic;
import java.util.List;
import java.util.stream.Collectors;

/** The numbers do not fit the variables that they are for, or are not enough for a value. */
public final class MisfitException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final transient List<Diagnostic> diagnostics;

  /** Carries {@code diagnostics}, all of them errors. */
  public MisfitException(List<Diagnostic> diagnostics) {
    super(diagnostics.stream().map(Diagnostic::message).collect(Collectors.joining("; ")));
    this.diagnostics = List.copyOf(diagnostics);
  }

  /** Returns what does not fit. */
  public List<Diagnostic> diagnostics() {
    return diagnostics;
  }
}
