package gradsmith.source;

import java.util.Map;

/**
 * Text in the signs of every keyboard. A name and its ASCII spelling are one name in the language,
 * so that what is printed in ASCII reads back: λ is lambda, x₁ is x1, and a letter of another
 * script is u and its number. The spelling of a name is that of its characters one after the other,
 * so that dλ, which is made of λ, is spelled as it is made of lambda.
 */
public final class AsciiText {

  private static final int FIRST_SUBSCRIPT = '₀';

  private static final Map<Integer, String> SIGNS =
      Map.ofEntries(
          Map.entry((int) '−', "-"),
          Map.entry((int) '·', "*"),
          Map.entry((int) '⋅', "*"),
          Map.entry((int) '×', "*"),
          Map.entry((int) '⊙', ".*"),
          Map.entry((int) '∘', ".*"),
          Map.entry((int) '⊘', "./"),
          Map.entry((int) '≥', ">="),
          Map.entry((int) '≤', "<="),
          Map.entry((int) 'ᵀ', "'"),
          Map.entry((int) '⊤', "'"),
          Map.entry((int) '’', "'"),
          Map.entry((int) '′', "'"),
          Map.entry((int) '⁻', "^-"),
          Map.entry((int) '¹', "1"),
          Map.entry((int) '²', "^2"),
          Map.entry((int) '³', "^3"),
          Map.entry((int) '‖', "||"),
          Map.entry((int) '→', "->"),
          Map.entry((int) '∂', "d"),
          Map.entry((int) '…', "..."),
          Map.entry((int) '–', "-"),
          Map.entry((int) '\u00A0', " "));

  private AsciiText() {}

  /** Returns the ASCII spelling of {@code name}. */
  public static String name(String name) {
    if (isAscii(name)) {
      return name;
    }
    StringBuilder ascii = new StringBuilder();
    name.codePoints().forEach(point -> letter(point, ascii));
    return ascii.toString();
  }

  /** Returns {@code text}, formulas with words between them, with the spelling of its names. */
  public static String of(String text) {
    if (isAscii(text)) {
      return text;
    }
    StringBuilder ascii = new StringBuilder();
    text.codePoints()
        .forEach(point -> {
          String sign = SIGNS.get(point);
          if (sign != null) {
            ascii.append(sign);
          } else if (isSign(point)) {
            ascii.append('?');
          } else {
            letter(point, ascii);
          }
        });
    return ascii.toString();
  }

  /** Tells whether every sign of {@code text} has a spelling: ⊗ has none, A ⊗ B is kron(A, B). */
  public static boolean canSpell(String text) {
    return text.codePoints().allMatch(point -> SIGNS.containsKey(point) || !isSign(point));
  }

  private static boolean isSign(int point) {
    return point >= 128 && !Character.isLetter(point) && !isSubscript(point);
  }

  private static boolean isSubscript(int point) {
    return point >= FIRST_SUBSCRIPT && point < FIRST_SUBSCRIPT + 10;
  }

  private static void letter(int point, StringBuilder ascii) {
    String greek = Greek.name(point);
    if (point < 128) {
      ascii.append((char) point);
    } else if (greek != null) {
      ascii.append(greek);
    } else if (point == 'ℓ') {
      ascii.append("ell");
    } else if (isSubscript(point)) {
      ascii.append(point - FIRST_SUBSCRIPT);
    } else {
      ascii.append((Character.isUpperCase(point) ? "U%04X" : "u%04X").formatted(point));
    }
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 128) {
        return false;
      }
    }
    return true;
  }
}
