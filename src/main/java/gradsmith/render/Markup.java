package gradsmith.render;

import java.util.List;

/** A language of two-dimensional formulas: how it writes each way to put signs together. */
interface Markup {

  /** Writes a variable's letter, or its word. */
  String identifier(String name);

  /** Writes a word that stands upright, as the name of a function. */
  String word(String name);

  /** Writes digits. */
  String number(String digits);

  /** Writes a sign between two operands: {@code +}, {@code ⊙}. */
  String operator(String sign);

  /** Writes a sign before an operand. */
  String prefix(String sign);

  /** Writes parts side by side. */
  String row(List<String> parts);

  /** Writes parts side by side as a product. */
  String product(List<String> parts);

  /** Writes arguments with commas between them. */
  String list(List<String> parts);

  /** Writes {@code above / below} as a fraction. */
  String fraction(String above, String below);

  /** Writes the square root. */
  String root(String operand);

  /** Writes an exponent. */
  String superscript(String base, String exponent);

  /** Writes an index. */
  String subscript(String base, String index);

  /** Writes brackets, or bars, that are as high as what is in them. */
  String fence(String open, String inner, String close);

  /** Marks {@code typeset} as the variable {@code name}, of which a reader may ask more. */
  default String symbol(String name, String typeset) {
    return typeset;
  }

  /** Writes a function and its arguments. */
  default String call(String function, String arguments) {
    return row(List.of(function, fence("(", arguments, ")")));
  }
}
