package gradsmith.source;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that the user should know about the input, in the user's terms.
 *
 * @param severity how bad it is
 * @param span the place that the carets mark
 * @param related further places on the same line that are underlined with tildes
 * @param message one sentence, lower case, without a full stop
 * @param hint what to do about it, or where the facts came from; null if there is nothing to add
 */
public record Diagnostic(
    Severity severity, Span span, List<Span> related, String message, @Nullable String hint) {

  /** How bad a diagnostic is. */
  public enum Severity {
    /** The program has no answer. */
    ERROR,
    /** The program has an answer, perhaps not the one that was meant. */
    WARNING,
    /** How something was read. */
    NOTE
  }

  /** Copies the list. */
  public Diagnostic {
    related = List.copyOf(related);
  }

  /** Returns an error at {@code span}. */
  public static Diagnostic error(Span span, String message, @Nullable String hint) {
    return new Diagnostic(Severity.ERROR, span, List.of(), message, hint);
  }

  /** Returns a warning at {@code span}. */
  public static Diagnostic warning(Span span, String message, @Nullable String hint) {
    return new Diagnostic(Severity.WARNING, span, List.of(), message, hint);
  }

  /** Returns a note at {@code span}. */
  public static Diagnostic note(Span span, String message, @Nullable String hint) {
    return new Diagnostic(Severity.NOTE, span, List.of(), message, hint);
  }
}
