package gradsmith.emit;

/**
 * What a result is called in code.
 *
 * @param rank how many axes the user expects it to have
 * @param formula what it is
 */
record Title(String name, int rank, String formula) {

  /** Returns the comment that says what it is. */
  String line() {
    return name + " = " + formula;
  }
}
