package gradsmith.emit;

import org.jspecify.annotations.Nullable;

/**
 * A piece of code.
 *
 * @param text what is written
 * @param level how tightly its outermost operator binds
 * @param oneRow whether it is one row that stands for all, as broadcasting allows
 * @param oneColumn whether it is one column that stands for all
 * @param oneMatrix whether it has fewer leading axes than what it stands for
 * @param isNumber whether it is a number and no array
 * @param isFlat whether it is an array of one axis that stands for a column or a row; beside a
 *     matrix, broadcasting takes it for a row
 * @param operation what it computes entry by entry, if it is that
 */
record Code(
    String text,
    Level level,
    boolean oneRow,
    boolean oneColumn,
    boolean oneMatrix,
    boolean isNumber,
    boolean isFlat,
    @Nullable Operation operation) {

  /**
   * An operation on two arrays, entry by entry.
   *
   * @param key the target's word
   */
  record Operation(String key, Operand left, Operand right) {}

  /**
   * What is computed with.
   *
   * @param whole whether it has as many entries as the result
   */
  record Operand(Code code, boolean whole) {}

  /** How tightly an operator binds, loosest first. */
  enum Level {
    COMPARISON,
    SUM,
    PRODUCT,
    UNARY,
    POWER,
    ATOM
  }

  static Code atom(String text) {
    return of(text, Level.ATOM);
  }

  static Code of(String text, Level level) {
    return new Code(text, level, false, false, false, false, false, null);
  }

  /** Returns the name that the value of this has been given. */
  Code named(String name) {
    return new Code(name, Level.ATOM, oneRow, oneColumn, oneMatrix, isNumber, isFlat, null);
  }

  /** Returns the same code, said to be a number. */
  Code number() {
    return new Code(text, level, oneRow, oneColumn, oneMatrix, true, isFlat, operation);
  }

  /** Returns the same code, said to have one axis or not. */
  Code flat(boolean flat) {
    return new Code(text, level, oneRow, oneColumn, oneMatrix, isNumber, flat, operation);
  }

  /** Returns the same code, said to stand for more rows, columns or matrices than it has. */
  Code broadcast(boolean rows, boolean columns, boolean matrices) {
    return new Code(text, level, rows, columns, matrices, isNumber, isFlat, operation);
  }

  /** Returns the same code, said to have the axes of {@code other}. */
  Code as(Code other) {
    return broadcast(other.oneRow, other.oneColumn, other.oneMatrix).flat(other.isFlat);
  }

  /** Returns the same code, said to be {@code operation}. */
  Code by(Operation operation) {
    return new Code(text, level, oneRow, oneColumn, oneMatrix, isNumber, isFlat, operation);
  }

  /** Tells whether it is a number in digits, which is as short as a name. */
  boolean isLiteral() {
    return level == Level.ATOM && Character.isDigit(text.charAt(0));
  }

  boolean isBroadcast() {
    return oneRow || oneColumn || oneMatrix;
  }
}
