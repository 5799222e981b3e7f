package gradsmith.render;

import gradsmith.source.AsciiText;
import gradsmith.source.Greek;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** LaTeX, as amsmath knows it. */
final class Latex implements Markup {

  private static final Map<String, String> SIGNS = new HashMap<>();
  private static final List<String> FUNCTIONS =
      List.of(
          "exp", "log", "sin", "cos", "tan", "sinh", "cosh", "tanh", "arcsin", "arccos", "arctan",
          "det", "max", "min");

  static {
    SIGNS.put("−", "-");
    SIGNS.put("⊙", "\\odot");
    SIGNS.put("⊘", "\\oslash");
    SIGNS.put("⊗", "\\otimes");
    SIGNS.put("×", "\\times");
    SIGNS.put("≥", "\\ge");
    SIGNS.put("≤", "\\le");
    SIGNS.put("∂", "\\partial");
    SIGNS.put("⊤", "\\top");
    SIGNS.put("‖", "\\|");
    SIGNS.put("<", "<");
  }

  @Override
  public String identifier(String name) {
    String greek = Greek.name(name);
    if (greek != null) {
      return "\\" + greek;
    }
    if (name.length() == 1 && name.charAt(0) < 128) {
      return name;
    }
    StringBuilder letters = new StringBuilder();
    name.codePoints().forEach(point -> letters.append(letter(Character.toString(point))));
    return "\\mathit{" + letters + "}";
  }

  /** Returns a character of a name in math mode; β₁ has an index. */
  private static String letter(String character) {
    String ascii = AsciiText.name(character);
    boolean plain = ascii.equals(character);
    boolean index = !plain && Character.isDigit(ascii.charAt(0));
    boolean command = Greek.letter(ascii) != null || ascii.equals("ell");
    return plain
        ? escaped(ascii)
        : index ? "_{" + ascii + "}" : command ? "{\\" + ascii + "}" : ascii;
  }

  @Override
  public String word(String name) {
    return FUNCTIONS.contains(name) ? "\\" + name : "\\operatorname{" + escaped(name) + "}";
  }

  static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '_', '#', '%', '&', '$', '{', '}' -> escaped.append('\\').append(c);
        case '^' -> escaped.append("\\^{}");
        case '~' -> escaped.append("\\~{}");
        case '\\' -> escaped.append("\\textbackslash{}");
        case '<', '>', '|' -> escaped.append("\\(").append(c).append("\\)");
        case 'ᵀ' -> escaped.append("\\({}^\\top\\)");
        default -> {
          String letter = Greek.name(text.substring(i, i + 1));
          String sign = SIGNS.get(text.substring(i, i + 1));
          String known = letter == null ? sign : "\\" + letter;
          escaped.append(known == null ? String.valueOf(c) : "\\(" + known + "\\)");
        }
      }
    }
    return escaped.toString();
  }

  @Override
  public String number(String digits) {
    int e = digits.indexOf('e');
    return e < 0
        ? digits
        : (digits.startsWith("1e") ? "" : digits.substring(0, e) + " \\cdot ")
            + "10^{"
            + digits.substring(e + 1)
            + "}";
  }

  @Override
  public String operator(String sign) {
    return " " + SIGNS.getOrDefault(sign, sign) + " ";
  }

  @Override
  public String prefix(String sign) {
    String known = SIGNS.getOrDefault(sign, sign).replace("′", "\\prime ").strip();
    return known.startsWith("\\") ? known + " " : known;
  }

  @Override
  public String row(List<String> parts) {
    StringBuilder row = new StringBuilder();
    for (String part : parts) {
      // A letter after a command would become part of its name.
      boolean joined =
          row.toString().matches("(?s).*\\\\[A-Za-z]+") && part.matches("(?s)[A-Za-z].*");
      row.append(joined ? " " : "").append(part);
    }
    return row.toString();
  }

  @Override
  public String product(List<String> parts) {
    return String.join(" \\, ", parts);
  }

  @Override
  public String list(List<String> parts) {
    return String.join(", ", parts);
  }

  @Override
  public String fraction(String above, String below) {
    return "\\frac{" + above + "}{" + below + "}";
  }

  @Override
  public String root(String operand) {
    return "\\sqrt{" + operand + "}";
  }

  @Override
  public String superscript(String base, String exponent) {
    return "{" + base + "}^{" + exponent.strip() + "}";
  }

  @Override
  public String subscript(String base, String index) {
    return base + "_{" + index + "}";
  }

  @Override
  public String fence(String open, String inner, String close) {
    String left = open.equals("‖") ? "\\lVert " : open.equals("|") ? "\\lvert " : open;
    String right = close.equals("‖") ? "\\rVert " : close.equals("|") ? "\\rvert " : close;
    boolean high = inner.contains("\\frac") || inner.contains("^") || inner.contains("\\sqrt");
    return high ? "\\left" + left + inner + "\\right" + right : left + inner + right;
  }
}
