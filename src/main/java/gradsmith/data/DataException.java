package gradsmith.data;

/** A text or a file does not hold numbers; the message says where and why, for the user. */
public final class DataException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Makes one with a sentence without a full stop. */
  public DataException(String message) {
    super(message);
  }

  /** Returns the sentence. */
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
