package gradsmith.evaluate;

import org.jspecify.annotations.Nullable;

/** The functions of one matrix that are computed, not defined in the library. */
public enum MatrixKernel {
  /** The inverse of each matrix. */
  INVERSE("inv"),
  /** The determinant of each matrix. */
  DETERMINANT("det"),
  /** The largest entry of each row. */
  ROW_MAXIMA("rowmax"),
  /** The largest of all entries. */
  MAXIMUM("max"),
  /** The smallest of all entries. */
  MINIMUM("min");

  private final String functionName;

  MatrixKernel(String functionName) {
    this.functionName = functionName;
  }

  /**
   * Returns the kernel of the library's function {@code name} of {@code arity} arguments, or null.
   */
  public static @Nullable MatrixKernel find(String name, int arity) {
    if (arity == 1) {
      for (MatrixKernel kernel : values()) {
        if (kernel.functionName.equals(name)) {
          return kernel;
        }
      }
    }
    return null;
  }
}
