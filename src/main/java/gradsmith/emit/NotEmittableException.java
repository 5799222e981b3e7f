package gradsmith.emit;

import gradsmith.source.Diagnostic;
import gradsmith.source.Source;
import gradsmith.source.Span;
import org.jspecify.annotations.Nullable;

/** A target has no way to say something; the message says what. */
public final class NotEmittableException extends Exception {

  private static final long serialVersionUID = 1L;

  private final @Nullable String about;
  private final @Nullable String remedy;
  private final transient Span place;

  /** Makes an exception that says why nothing can be emitted. */
  public NotEmittableException(String message) {
    this(message, null, null);
  }

  /**
   * Makes an exception that says why nothing can be emitted.
   *
   * @param about the name in the program that is the reason, or null if it is the value
   * @param remedy what to do about it, or null
   */
  public NotEmittableException(String message, @Nullable String about, @Nullable String remedy) {
    this(message, about, remedy, new Span(new Source("", ""), 0, 0));
  }

  private NotEmittableException(
      String message, @Nullable String about, @Nullable String remedy, Span place) {
    super(message);
    this.about = about;
    this.remedy = remedy;
    this.place = place;
  }

  /** Returns the name in the program that is the reason, or null if it is the value. */
  public @Nullable String about() {
    return about;
  }

  /** Returns the same with the place in the program. */
  public NotEmittableException at(Span span) {
    return new NotEmittableException(String.valueOf(getMessage()), about, remedy, span);
  }

  /** Returns it as an error of the program. */
  public Diagnostic diagnostic() {
    return Diagnostic.error(place, String.valueOf(getMessage()), remedy);
  }
}
