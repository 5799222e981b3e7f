package gradsmith.language;

import gradsmith.source.Greek;
import org.jspecify.annotations.Nullable;

/** What to type instead of a LaTeX command. */
final class LatexCommands {

  private LatexCommands() {}

  /**
   * Returns what to type for {@code command}; null if it is none, so that the backslash may be a
   * quotient.
   *
   * @param quotient whether an operand stands before the backslash
   */
  static @Nullable String hint(String command, boolean quotient) {
    int index = command.indexOf('_');
    String hint = hint(index < 0 ? command : command.substring(0, index));
    if (hint == null) {
      return quotient ? null : "a backslash begins nothing; names and functions stand without one";
    }
    return quotient ? hint + "; a solution of A X = B is written with a space, A \\ B" : hint;
  }

  private static @Nullable String hint(String command) {
    return switch (command) {
      case "frac", "dfrac", "tfrac" -> "a quotient is written a / b, entry by entry A ./ B";
      case "sqrt" -> "a root is written sqrt(x)";
      case "sum" -> ProseWords.SUM;
      case "prod" -> ProseWords.PRODUCT;
      case "int" -> "there are no integrals";
      case "partial", "nabla" -> "type f = …, and ask for the derivative with --wrt x";
      case "cdot", "times" -> "a product is written A B, or A * B";
      case "odot", "circ" -> "an elementwise product is written A .* B";
      case "otimes" -> "a Kronecker product is written A ⊗ B, or kron(A, B)";
      case "top", "intercal", "prime", "dagger" -> "a transpose is written A' or A^T";
      case "left", "right", "big", "Big", "bigl", "bigr", "begin", "end" ->
          "brackets are ( ), without commands";
      case "Vert", "lVert", "rVert", "Arrowvert" -> "a norm is written ||x||";
      case "in" -> "a shape is declared with a colon: x : (n), X : (n, d)";
      case "le", "leq", "ge", "geq" -> "a comparison is written a <= b, a >= b";
      case "min", "max", "argmin", "argmax", "operatorname" ->
          "names and functions stand without a backslash; what is minimized is typed alone";
      case "log", "ln", "exp", "sin", "cos", "tan", "tanh", "sinh", "cosh", "det", "tr" ->
          "a function is written without a backslash: log(x), exp(x), det(A)";
      case "mathbf",
          "boldsymbol",
          "bm",
          "mathrm",
          "mathcal",
          "mathbb",
          "text",
          "textbf",
          "hat",
          "bar",
          "tilde",
          "vec",
          "quad",
          "qquad" ->
          "names are plain letters: X, x_hat";
      default -> {
        String letter = command.startsWith("var") ? command.substring(3) : command;
        yield Greek.letter(letter) == null
            ? null
            : "a Greek letter is typed itself, or as a name: " + letter;
      }
    };
  }
}
