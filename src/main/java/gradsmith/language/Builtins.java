package gradsmith.language;

import java.util.Set;

/**
 * The functions that the elaborator builds itself, because their shapes or arguments are out of the
 * ordinary.
 */
public final class Builtins {

  /** Their names. */
  public static final Set<String> NAMES =
      Set.of(
          "sum",
          "tr",
          "diag",
          "vec",
          "kron",
          "rows",
          "cols",
          "numel",
          "I",
          "eye",
          "ones",
          "zeros",
          "vector",
          "matrix",
          "commutation",
          "unvec",
          "axissum",
          "newaxis",
          "kron_left",
          "kron_right");

  private Builtins() {}
}
