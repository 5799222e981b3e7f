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
}
