package gradsmith.emit;

/** A target has no way to say something; the message says what. */
public final class NotEmittableException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Makes an exception that says why nothing can be emitted. */
  public NotEmittableException(String message) {
    super(message);
  }
}
