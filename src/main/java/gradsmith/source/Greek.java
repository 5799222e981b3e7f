package gradsmith.source;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Greek letters and their names. */
public final class Greek {

  private static final List<String> NAMES =
      List.of(
          "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa",
          "lambda", "mu", "nu", "xi", "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi",
          "omega", "Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Phi", "Psi", "Omega");

  private static final String LETTERS = "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΦΨΩ";

  /** Other shapes of letters, and below each the letter that it is: µ is the micro sign. */
  private static final String VARIANTS = "ϵϑϕϱςµ";

  private static final String VARIED = "εθφρσμ";

  private Greek() {}

  /** Returns the letter that {@code name} is the name of, or null. */
  public static @Nullable String letter(String name) {
    int index = NAMES.indexOf(name);
    return index < 0 ? null : LETTERS.substring(index, index + 1);
  }

  /** Returns the name of the Greek letter {@code text}, or {@code text} if it is one; or null. */
  public static @Nullable String name(String text) {
    if (NAMES.contains(text)) {
      return text;
    }
    return text.length() == 1 ? name(text.charAt(0)) : null;
  }

  /** Returns the name of {@code letter}, or null if it is not Greek. */
  static @Nullable String name(int letter) {
    int variant = VARIANTS.indexOf(letter);
    int index = LETTERS.indexOf(variant < 0 ? letter : VARIED.charAt(variant));
    return index < 0 ? null : NAMES.get(index);
  }

  /** Tells whether {@code name} begins with a Greek letter, or its name: λ, lambda1, theta_x. */
  public static boolean begins(String name) {
    String ascii = AsciiText.name(name);
    int end = 0;
    while (end < ascii.length() && Character.isLetter(ascii.charAt(end))) {
      end++;
    }
    return NAMES.contains(ascii.substring(0, end)) || name(name.codePointAt(0)) != null;
  }
}
