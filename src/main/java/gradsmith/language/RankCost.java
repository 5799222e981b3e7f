package gradsmith.language;

/**
 * What a reading of a program costs, in one number: a unit of each kind outweighs all that a
 * program pays of the next.
 */
final class RankCost {

  /** The most vectors and matrices among names are counted in units of this. */
  static final long SIZE = 1;

  /** The value is no number. */
  static final long VALUE = 1L << 13;

  /** A name is read against its spelling. */
  static final long SPELLING = 1L << 14;

  /**
   * A name behind a matrix or row is read as a number, although numbers stand before what they
   * scale; or a capital is read as anything but a matrix.
   */
  static final long UNUSUAL = 1L << 26;

  /** What only meets numbers is read as a vector or matrix. */
  static final long ONLY_NUMBERS = 1L << 34;

  /** A number is mixed with a vector or matrix, or reduced. */
  static final long MIXTURE = 1L << 42;

  /** A small name is read as a matrix. */
  static final long SMALL_MATRIX = 1L << 47;

  /** The operation has no meaning. */
  static final long ERROR = 1L << 50;

  /** A number is transposed: nobody writes that, but it has a meaning. */
  static final long TRANSPOSED_NUMBER = ERROR - MIXTURE;

  private RankCost() {}

  /** Returns how many operations have no meaning. */
  static long errors(long cost) {
    return cost / ERROR;
  }

  /**
   * Tells whether a reading that costs {@code more} than another is as good but for the spelling of
   * names, and for what only meets numbers.
   */
  static boolean isOpen(long more) {
    long uses = Math.floorDiv(more + UNUSUAL / 2, UNUSUAL);
    return uses <= 0 || uses % (ONLY_NUMBERS / UNUSUAL) == 0 && more < MIXTURE / 2;
  }

  /** Tells whether {@code cost} has a part beyond the spelling of names and their number. */
  static boolean isFree(long cost) {
    return cost < VALUE;
  }
}
