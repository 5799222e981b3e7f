package gradsmith.emit;

/**
 * A piece of code.
 *
 * @param text what is written
 * @param level how tightly its outermost operator binds
 * @param oneRow whether it is one row that stands for all, as broadcasting allows
 * @param oneColumn whether it is one column that stands for all
 */
record Code(String text, Level level, boolean oneRow, boolean oneColumn) {

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
    return new Code(text, Level.ATOM, false, false);
  }

  /** Returns the same code, said to stand for more rows or columns than it has. */
  Code broadcast(boolean rows, boolean columns) {
    return new Code(text, level, rows, columns);
  }

  boolean isBroadcast() {
    return oneRow || oneColumn;
  }
}
