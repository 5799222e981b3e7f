package gradsmith.evaluate;

import org.jspecify.annotations.Nullable;

/** The functions of whole matrices that are computed, not defined in the library. */
public enum MatrixKernel {
  /** The inverse of each matrix. */
  INVERSE("inv", 1, true),
  /** The determinant of each matrix. */
  DETERMINANT("det", 1, true),
  /** The largest entry of each row. */
  ROW_MAXIMA("rowmax", 1, true),
  /** The largest of all entries. */
  MAXIMUM("max", 1, true),
  /** The smallest of all entries. */
  MINIMUM("min", 1, true),
  /** The matrix exponential. */
  EXPONENTIAL("expm", 1, true),
  /** Its derivative along a matrix. */
  EXPONENTIAL_DERIVATIVE("expm_frechet", 2, true),
  /** A whole power; the exponent is rounded. */
  WHOLE_POWER("matpow", 2, true),
  /** Its derivative along a matrix. */
  WHOLE_POWER_DERIVATIVE("matpow_frechet", 3, true),
  /** The lower triangle with half the diagonal. */
  LOWER_HALF("lower_half", 1, true),
  /** The pseudo-inverse. */
  PSEUDO_INVERSE("pinv", 1, false),
  /** The Cholesky factor. */
  CHOLESKY("cholesky", 1, false),
  /** The eigenvalues of a symmetric matrix, ascending. */
  EIGENVALUES("eigvals", 1, false),
  /** The eigenvectors in that order. */
  EIGENVECTORS("eigvecs", 1, false),
  /** The largest eigenvalue. */
  LARGEST_EIGENVALUE("lambda_max", 1, false),
  /** Its eigenvector. */
  LEADING_EIGENVECTOR("eigvec_max", 1, false),
  /** The sum of the singular values. */
  NUCLEAR_NORM("nuclear_norm", 1, false),
  /** U V' of the singular value decomposition. */
  POLAR_FACTOR("polar", 1, false),
  /** The largest singular value. */
  SPECTRAL_NORM("spectral_norm", 1, false),
  /** Its singular vectors, u v'. */
  LEADING_DYAD("singular_dyad", 1, false);

  /** Up to here every whole number is a double; a power with a larger exponent is not a number. */
  public static final double LARGEST_EXPONENT = 0x1p53;

  private final String functionName;
  private final int arity;
  private final boolean overAnyField;

  MatrixKernel(String functionName, int arity, boolean overAnyField) {
    this.functionName = functionName;
    this.arity = arity;
    this.overAnyField = overAnyField;
  }

  /** Tells whether it can be computed in every field of numbers, not in real numbers alone. */
  public boolean isOverAnyField() {
    return overAnyField;
  }

  /**
   * Returns the kernel of the library's function {@code name} of {@code arity} arguments, or null.
   */
  public static @Nullable MatrixKernel find(String name, int arity) {
    for (MatrixKernel kernel : values()) {
      if (kernel.arity == arity && kernel.functionName.equals(name)) {
        return kernel;
      }
    }
    return null;
  }
}
