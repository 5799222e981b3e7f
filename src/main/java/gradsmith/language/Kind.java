package gradsmith.language;

/** What a value is before its lengths are known. */
enum Kind {
  SCALAR,
  VECTOR,
  ROW,
  MATRIX;

  Kind transposed() {
    return this == VECTOR ? ROW : this == ROW ? VECTOR : this;
  }

  /** Returns what this and {@code other} are together, entry by entry. */
  Kind join(Kind other) {
    if (this == SCALAR) {
      return other;
    }
    return other == SCALAR || this == other ? this : MATRIX;
  }

  /** Returns what the product of this and {@code right} is. */
  Kind times(Kind right) {
    if (this == SCALAR) {
      return right;
    }
    if (right == SCALAR) {
      return this;
    }
    boolean oneRow = this == ROW;
    boolean oneColumn = right == VECTOR;
    return oneRow && oneColumn ? SCALAR : oneRow ? ROW : oneColumn ? VECTOR : MATRIX;
  }
}
