package gradsmith.language;

import org.jspecify.annotations.Nullable;

/** How to write here what other tools, and LaTeX, spell in another way. */
final class OtherTools {

  /** What to type instead of entries, rows and blocks taken out by their numbers. */
  static final String ENTRIES =
      "with a unit vector, e : (n) constant, x' e is an entry, e' A a row and A e a column; with"
          + " E : (k, n) constant, E A is k rows";

  /** What to type instead of matrices side by side. */
  static final String BLOCKS =
      "[X, Z] times weights is X W + Z V; numbers are given to eval with --let";

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
      case "identity" -> "the identity is written I, or I(n)";
      case "diagonal" -> "write diag(A)";
      case "nuclear", "nuc" -> "the nuclear norm is written nuclear_norm(A)";
      case "spectral", "opnorm" -> "the largest singular value is written spectral_norm(A)";
      case "eig", "eigh" -> "eigenvalues are eigvals(A), eigenvectors eigvecs(A)";
      case "chol" -> "the factor C of A = C C' is written cholesky(A)";
      case "sqrtm", "logm", "funm" ->
          "there is no such function of a matrix; sqrt(A) and log(A) are others, entry by entry";
      case "maximum" -> "write max(A, B)";
      case "minimum" -> "write min(A, B)";
      case "clip", "clamp" -> "write min(max(A, a), b)";
      case "where", "select" -> "with a mask M of 0 and 1, M .* A + (1 - M) .* B";
      case "prod", "product" -> ProseWords.PRODUCT;
      case "var", "variance" -> "write mean((x - mean(x)).^2)";
      case "std", "stdev" -> "write sqrt(mean((x - mean(x)).^2))";
      case "cov" -> "with C = X - colmean(X), the covariance is C' C / rows(X)";
      case "E" -> "an expectation over samples is a mean: mean(x)";
      case "cosine_similarity" -> "write x' y / (||x|| ||y||)";
      case "cumsum" -> "write L x, with L : (n, n) constant, 1 on and below the diagonal";
      case "tril", "triu" -> "multiply by a mask, L : (n, n) constant: A .* L";
      case "concat", "concatenate", "cat", "hstack", "vstack", "stack", "block" ->
          "there are no blocks: " + BLOCKS;
      case "reshape", "view", "permute" ->
          "there is no such function; vec(A) and unvec(x, n, d) go by columns";
      case "cross_entropy", "crossentropy" ->
          "write CE(Z, Y) for logits, NLL(P, Y) for probabilities";
      case "binary_cross_entropy", "bce_loss" -> "write BCE(Z, Y), for logits";
      case "nll_loss" -> "write NLL(P, Y), for probabilities";
      case "kl_div" -> "write KL(P, Q)";
      case "mse_loss", "mean_squared_error" -> "write MSE(A, B)";
      case "argmax", "argmin" -> "a place has no derivative; max(A) and min(A) are the entries";
      case "floor", "ceil", "round" -> "there is no such function; its derivative would be 0";
      default -> ProseWords.hint(name);
    };
  }

  /** Returns how {@code call}, of a function that takes fewer arguments, is written; or null. */
  static @Nullable String call(Ast.Call call) {
    if (call.arguments().size() != 2) {
      return null;
    }
    Ast first = call.arguments().getFirst();
    String x = Shapes.text(first.span());
    String second = Shapes.text(call.arguments().getLast().span());
    return switch (call.name()) {
      case "norm" ->
          switch (second) {
            case "1" -> "write norm1(" + x + ")";
            case "2", "fro", "F" -> "write norm(" + x + ")";
            case "inf", "Inf" -> "the largest entry is written max(abs(" + x + "))";
            default -> "write sum(abs(" + x + ").^" + second + ")^(1/" + second + ")";
          };
      case "log" -> "write log(" + x + ") / log(" + second + ")";
      case "softmax", "logsoftmax", "normalize" ->
          call.name() + "(Z) acts on each row; on each column, " + call.name() + "(Z')'";
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
      case ']' -> "group with round brackets ( )";
      case '{', '}' ->
          at > 0 && text.charAt(at - 1) == '_'
              ? "no braces as in LaTeX: an index is part of a name, x_i"
              : "no braces as in LaTeX: x^2, A^T, A^(-1)";
      case '|' ->
          text.startsWith("log", at - 3) || text.startsWith("ln", at - 2)
              ? "the logarithm of a determinant is written logdet(A)"
              : "a norm is written ||x||, an absolute value abs(x), a determinant det(A)";
      case '!', '\u2260' -> "where A and B differ is 1 - (A == B)";
      case '&' -> "where both hold is the product (A > 0) .* (B > 0)";
      case '%' -> "a comment begins with #";
      case '$' -> "a formula stands without dollar signs";
      case '\u221A' -> "a root is written sqrt(x)";
      case '\u2211', '\u03A3' -> "a sum over all entries is written sum(A)";
      case '\u2190' -> "an assignment is written L = …";
      case '\u2020' -> "a pseudo-inverse is written pinv(A)";
      case '\u2202', '\u2207' ->
          "a derivative is asked for by --wrt x, and judged by verify as dL/dx = …";
      case '~' -> "a distribution is no part of a program; type the density, or the loss";
      case '"' -> "there is no text in a program; a comment begins with #";
      case '\u2200', '\u2203' -> ProseWords.hint("all");
      case '\u221E' -> "there is no infinity; a mask has a large number, 1e9";
      case '\u222B' -> "there are no integrals";
      case '?' -> "a choice is written with masks: (a > 0) .* b + (a <= 0) .* c";
      case '_' ->
          afterOperand && Character.isDigit(text.charAt(at - 1))
              ? "the digits of a number stand together: 1000"
              : at + 1 < text.length() && Character.isLetter(text.charAt(at + 1)) && !afterOperand
                  ? "a name starts with a letter"
                  : text.startsWith("inf", at + 1) || text.startsWith("\u221E", at + 1)
                      ? "the largest entry is written max(abs(x))"
                      : "the norms are ||x||, ||x||_1, ||x||_2, ||A||_F and ||A||_*";
      case '.' -> point(text, at, afterOperand);
      default -> null;
    };
  }

  /** {@code np.dot(A, B)}, {@code A.T}, {@code x.sum()}, {@code 5.}. */
  private static @Nullable String point(String text, int at, boolean afterOperand) {
    if (!afterOperand) {
      return null;
    }
    if (Character.isDigit(text.charAt(at - 1))) {
      return "digits follow the point: 5.0";
    }
    int start = wordStart(text, at);
    int end = at;
    String name = "";
    while (end < text.length() && text.charAt(end) == '.' && name.length() <= Limits.NAME) {
      int next = wordEnd(text, end + 1);
      name = text.substring(end + 1, next);
      end = next;
    }
    if (name.isEmpty() || name.length() > Limits.NAME) {
      return null;
    }
    String object = text.substring(start, at);
    return switch (name) {
      case "T", "t", "mT", "H" -> "a transpose is written A' or A^T";
      case "shape", "size" -> "lengths are rows(A) and cols(A)";
      default -> {
        String known = function(name);
        boolean method = text.startsWith("()", end) && !object.isEmpty();
        yield known != null
            ? known
            : "there are no modules and methods; write "
                + name
                + (method ? "(" + object + ")" : "(…)");
      }
    };
  }

  private static int wordStart(String text, int end) {
    int start = end;
    while (start > 0 && isInWord(text.charAt(start - 1))) {
      start--;
    }
    return start;
  }

  private static int wordEnd(String text, int start) {
    int end = start;
    while (end < text.length() && isInWord(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isInWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }
}
