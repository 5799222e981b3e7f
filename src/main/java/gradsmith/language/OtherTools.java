package gradsmith.language;

import org.jspecify.annotations.Nullable;

/** How to write here what other tools, and LaTeX, spell in another way. */
final class OtherTools {

  private OtherTools() {}

  /** Returns how a call of {@code name}, which is no function here, is written; or null. */
  static @Nullable String function(String name) {
    return switch (name) {
      case "trace", "Tr" -> "the trace is written tr(A)";
      case "transpose" -> "a transpose is written A' or A^T";
      case "ln" -> "the natural logarithm is written log(x)";
      case "log2", "log10" -> "write log(x) / log(" + name.substring(3) + ")";
      case "pow", "power" -> "a power is written x^2, entry by entry x.^2";
      case "matmul", "mat_mul", "mm", "bmm" -> "a product is written A B, or A @ B";
      case "multiply", "mul", "times", "hadamard" -> "entry by entry: A .* B";
      case "divide" -> "entry by entry: A ./ B";
      case "outer" -> "an outer product is written x y'";
      case "inner", "vdot" -> "an inner product is written x' y, or dot(x, y)";
      case "inverse", "invert" -> "an inverse is written inv(A), or A^-1";
      case "cross_entropy", "crossentropy" ->
          "write CE(Z, Y) for logits, NLL(P, Y) for probabilities";
      case "mse", "mse_loss" -> "write MSE(A, B)";
      case "identity" -> "the identity is written I, or I(n)";
      case "diagonal" -> "write diag(A)";
      case "nuclear", "nuc" -> "the nuclear norm is written nuclear_norm(A)";
      case "spectral", "opnorm" -> "the largest singular value is written spectral_norm(A)";
      case "eig", "eigh" -> "eigenvalues are eigvals(A), eigenvectors eigvecs(A)";
      case "maximum" -> "write max(A, B)";
      case "minimum" -> "write min(A, B)";
      default -> null;
    };
  }

  /**
   * Returns how to write what the character at {@code at} of {@code text} begins in another
   * notation; or null.
   *
   * @param afterOperand whether a number, a name or a closing bracket stands before it
   */
  static @Nullable String notation(String text, int at, boolean afterOperand) {
    return switch (text.codePointAt(at)) {
      case '[' ->
          afterOperand
              ? "entries are not taken out by index; with a unit vector e, x' e is one entry"
              : "group with round brackets ( )";
      case ']' -> "group with round brackets ( )";
      case '{', '}' -> "no braces as in LaTeX: x^2, A^T, A^(-1)";
      case '|' -> "a norm is written ||x||, an absolute value abs(x)";
      case '!', '\u2260' -> "where A and B differ is 1 - (A == B)";
      case '&' -> "where both hold is the product (A > 0) .* (B > 0)";
      case '%' -> "a comment begins with #";
      case '$' -> "a formula stands without dollar signs";
      case '\u221A' -> "a root is written sqrt(x)";
      case '\u2211', '\u03A3' -> "a sum over all entries is written sum(A)";
      case '\u2190' -> "an assignment is written L = …";
      case '\u2020' -> "a pseudo-inverse is written pinv(A)";
      case '\u2202' -> "a derivative is asked for by --wrt x, and judged by verify as dL/dx = …";
      case '?' -> "a choice is written with masks: (a > 0) .* b + (a <= 0) .* c";
      case '_' ->
          afterOperand && Character.isDigit(text.charAt(at - 1))
              ? "the digits of a number stand together: 1000"
              : at + 1 < text.length() && Character.isLetter(text.charAt(at + 1)) && !afterOperand
                  ? "a name starts with a letter"
                  : "the norms are ||x||, ||x||_1, ||x||_2 and ||A||_F";
      case '.' -> point(text, at, afterOperand);
      default -> null;
    };
  }

  /** {@code np.dot(A, B)}, {@code A.T}, {@code x.sum()}, {@code 5.}. */
  private static @Nullable String point(String text, int at, boolean afterOperand) {
    int end = at + 1;
    while (end < text.length()
        && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
      end++;
    }
    String name = text.substring(at + 1, end);
    if (!afterOperand || name.length() > Limits.NAME) {
      return null;
    }
    if (Character.isDigit(text.charAt(at - 1))) {
      return "digits follow the point: 5.0";
    }
    if (name.equals("T") || name.equals("t") || name.equals("mT")) {
      return "a transpose is written A' or A^T";
    }
    if (name.isEmpty()) {
      return null;
    }
    String known = function(name);
    return known != null ? known : "there are no modules and methods; write " + name + "(…)";
  }
}
