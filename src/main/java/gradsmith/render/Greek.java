package gradsmith.render;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Greek letters and their names. */
final class Greek {

  private static final List<String> NAMES =
      List.of(
          "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa",
          "lambda", "mu", "nu", "xi", "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi",
          "omega", "Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Phi", "Psi", "Omega");

  private static final String LETTERS = "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΦΨΩ";

  private Greek() {}

  /** Returns the letter that {@code name} is the name of, or null. */
  static @Nullable String letter(String name) {
    int index = NAMES.indexOf(name);
    return index < 0 ? null : LETTERS.substring(index, index + 1);
  }

  /** Returns the name of the Greek letter {@code text}, or {@code text} if it is one; or null. */
  static @Nullable String name(String text) {
    if (NAMES.contains(text)) {
      return text;
    }
    int index = text.length() == 1 ? LETTERS.indexOf(text) : -1;
    return index < 0 ? null : NAMES.get(index);
  }
}
