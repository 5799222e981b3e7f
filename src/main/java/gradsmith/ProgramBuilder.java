package gradsmith;

import gradsmith.source.Source;

/** Builds a program from Java. Not thread-safe; what it builds is. */
public final class ProgramBuilder {

  private final StringBuilder text = new StringBuilder();

  /**
   * Declares a variable.
   *
   * @param shape its shape and properties as a program writes them: {@code (n, d)}, {@code (n, n)
   *     spd}
   */
  public ProgramBuilder declare(String name, String shape) {
    text.append(name).append(" : ").append(shape).append('\n');
    return this;
  }

  /** Names a value. The last one that is assigned is differentiated. */
  public ProgramBuilder assign(String name, Term value) {
    text.append(name).append(" = ").append(value).append('\n');
    return this;
  }

  /** Returns the program. */
  public Source build() {
    return new Source("", text.toString());
  }
}
