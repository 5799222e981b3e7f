package gradsmith;

import java.util.StringJoiner;

/**
 * An expression of a program that is built from Java. Immutable; shapes are inferred when the
 * program is derived.
 */
public final class Term {

  private final String text;
  private final boolean atom;

  private Term(String text, boolean atom) {
    this.text = text;
    this.atom = atom;
  }

  /** Returns the variable, or the assigned name, {@code name}. */
  public static Term of(String name) {
    return new Term(name, true);
  }

  /** Returns a number. */
  public static Term of(double number) {
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException("not a finite number: " + number);
    }
    String digits = new java.math.BigDecimal(Double.toString(Math.abs(number))).toPlainString();
    return number < 0 ? new Term("-" + digits, false) : new Term(digits, true);
  }

  /** Returns {@code function} applied to {@code arguments}: {@code call("CE", Z, Y)}. */
  public static Term call(String function, Term... arguments) {
    StringJoiner list = new StringJoiner(", ", function + "(", ")");
    for (Term argument : arguments) {
      list.add(argument.text);
    }
    return new Term(list.toString(), true);
  }

  /** Returns this + {@code other}. */
  public Term plus(Term other) {
    return new Term(text + " + " + other.factor(), false);
  }

  /** Returns this - {@code other}. */
  public Term minus(Term other) {
    return new Term(text + " - " + other.factor(), false);
  }

  /** Returns the matrix product, or the scaling, of this and {@code other}. */
  public Term times(Term other) {
    return new Term(factor() + " * " + other.factor(), false);
  }

  /** Returns the elementwise product. */
  public Term hadamard(Term other) {
    return new Term(factor() + " .* " + other.factor(), false);
  }

  /** Returns this divided by a scalar. */
  public Term over(Term scalar) {
    return new Term(factor() + " / " + scalar.factor(), false);
  }

  /** Returns the elementwise quotient. */
  public Term quotient(Term other) {
    return new Term(factor() + " ./ " + other.factor(), false);
  }

  /** Returns this with its last two axes swapped. */
  public Term transposed() {
    return new Term(factor() + "'", true);
  }

  /** Returns the inverse. */
  public Term inverse() {
    return call("inv", this);
  }

  /** Returns a power: of a scalar, or of a square matrix and a whole number. */
  public Term power(Term exponent) {
    return new Term(factor() + "^" + exponent.factor(), false);
  }

  private String factor() {
    return atom ? text : "(" + text + ")";
  }

  /** Returns the expression in gradsmith's language. */
  @Override
  public String toString() {
    return text;
  }
}
