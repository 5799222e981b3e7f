package gradsmith.language;

/** How large a program may be. */
public final class Limits {

  /** Characters of a program. */
  public static final int CHARACTERS = 8_000_000;

  /** Open brackets, powers and signs inside each other. */
  public static final int NESTING = 200;

  /** Characters of a name. */
  public static final int NAME = 200;

  /** Characters of a number. */
  public static final int NUMERAL = 40;

  /** The largest decimal exponent of a number. */
  public static final int DECIMAL_EXPONENT = 300;

  /** The largest integer power of a matrix that is written out as a product. */
  public static final int MATRIX_POWER = 64;

  /** Tokens of one statement. */
  public static final int STATEMENT_TOKENS = 200_000;

  /** Operations that a call stands inside, the bodies of definitions included. */
  public static final int EXPANSION_DEPTH = 200;

  /** Operations that the calls of definitions may become, besides a few for each that is typed. */
  public static final int EXPANSION = 200_000;

  /** The largest length that is written as a number in the entry of a function. */
  public static final int RULE_LENGTH = 100;

  /** Calls that a call of a function in a rule file may stand for. */
  public static final int RULE_CALLS = 2_000;

  /** Errors that are reported at once. */
  public static final int ERRORS = 20;

  private Limits() {}
}
