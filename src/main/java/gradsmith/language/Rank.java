package gradsmith.language;

/** What a value is before its lengths are known; a stack counts as what it is a stack of. */
enum Rank {
  NUMBER("scalar"),
  VECTOR("vector"),
  ROW("row"),
  MATRIX("matrix");

  private static final Rank[] ALL = values();

  private final String word;

  Rank(String word) {
    this.word = word;
  }

  /** Returns the word that declares it. */
  String word() {
    return word;
  }

  /** Returns the place of this among all. */
  @SuppressWarnings("EnumOrdinal") // nothing but tables in memory depends on it
  int index() {
    return ordinal();
  }

  /** Returns the rank at the place {@code index}. */
  static Rank at(int index) {
    return ALL[index];
  }

  /** Tells whether a value has one row. */
  boolean hasOneRow() {
    return this == NUMBER || this == ROW;
  }

  /** Tells whether a value has one column. */
  boolean hasOneColumn() {
    return this == NUMBER || this == VECTOR;
  }

  /** Returns the rank of values with one row, or many, and one column, or many. */
  static Rank of(boolean oneRow, boolean oneColumn) {
    return oneRow ? (oneColumn ? NUMBER : ROW) : oneColumn ? VECTOR : MATRIX;
  }

  Rank transposed() {
    return of(hasOneColumn(), hasOneRow());
  }

  /** Returns what this and {@code other} are together, entry by entry. */
  Rank join(Rank other) {
    return of(hasOneRow() && other.hasOneRow(), hasOneColumn() && other.hasOneColumn());
  }

  /** Returns what the product of this and {@code right} is, scaling if one is a number. */
  Rank times(Rank right) {
    return this == NUMBER ? right : right == NUMBER ? this : of(hasOneRow(), right.hasOneColumn());
  }

  /** Tells whether this and {@code right} have a product: the inner axes are one, or many. */
  boolean multiplies(Rank right) {
    return this == NUMBER || right == NUMBER || hasOneColumn() == right.hasOneRow();
  }
}
