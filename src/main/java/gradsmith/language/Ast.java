package gradsmith.language;

import gradsmith.expr.Rational;
import gradsmith.source.Span;
import java.text.Normalizer;
import java.util.List;

/**
 * An expression as it was written. Sums and products are flat, so that only brackets, powers and
 * calls nest; the parser limits how deep those go, which is why passes over the syntax may recurse.
 */
public sealed interface Ast {

  /** The characters that it was written with. */
  Span span();

  /** Returns the characters that it was written with, in brackets unless it is one factor. */
  default String asFactor() {
    return switch (this) {
      case Numeral numeral -> span().text();
      case Name name -> span().text();
      case Call call -> span().text();
      case Transposition transposition -> span().text();
      case Power power -> span().text();
      case Negation negation -> "(" + span().text() + ")";
      case Sum sum -> "(" + span().text() + ")";
      case Product product -> "(" + span().text() + ")";
      case Comparison comparison -> "(" + span().text() + ")";
    };
  }

  /** A number, {@code 0.5}, {@code 1e-5} or {@code ½}. */
  record Numeral(Span span, String text) implements Ast {

    /** Returns the number, exactly. */
    public Rational value() {
      if (text.length() > 1 || text.charAt(0) <= '9') {
        return Rational.parse(text);
      }
      String[] parts = Normalizer.normalize(text, Normalizer.Form.NFKC).split("\u2044", -1);
      return Rational.parse(parts[0]).times(Rational.parse(parts[1]).reciprocal());
    }
  }

  /** A variable, a dimension or a constant. */
  record Name(Span span, String name) implements Ast {}

  /**
   * A call of a known function; {@code order} counts primes, so that {@code f''(X)} has order 2.
   * Norm bars are calls of norm1, norm2.
   */
  record Call(Span span, Span nameSpan, String name, int order, List<Ast> arguments)
      implements Ast {

    /** Tells whether the name was written: norm bars mean the norm, whatever norm2 is. */
    boolean isNamed() {
      return !nameSpan.equals(span);
    }
  }

  /** {@code -A}. */
  record Negation(Span span, Ast operand) implements Ast {}

  /** {@code A'}. */
  record Transposition(Span span, Ast operand) implements Ast {}

  /** {@code A ^ k}, {@code A .^ k}; the inverse {@code A^-1} is the power with exponent -1. */
  record Power(Span span, Span operatorSpan, boolean elementwise, Ast base, Ast exponent)
      implements Ast {}

  /** {@code A + B - C}: at least two terms. */
  record Sum(Span span, List<Term> terms) implements Ast {}

  /** A term of a sum; the first has the empty span of its own start as its sign. */
  record Term(boolean negative, Span signSpan, Ast operand) {}

  /** {@code A B .* C / d}: at least two factors, read from left to right. */
  record Product(Span span, List<Factor> factors) implements Ast {}

  /**
   * A factor and the operator before it; that of the first factor means nothing. Its span has the
   * brackets around the operand.
   */
  record Factor(ProductOperator operator, Span operatorSpan, Span span, Ast operand) {}

  /** {@code A > B}. */
  record Comparison(Span span, Span operatorSpan, String operator, Ast left, Ast right)
      implements Ast {}

  /** The operators of the product level. */
  enum ProductOperator {
    /**
     * {@code A B}, {@code A * B}, {@code A @ B}, {@code A · B}: matrix product, or scaling by a
     * scalar.
     */
    TIMES,
    /** {@code A .* B}. */
    HADAMARD,
    /** {@code A ./ B}. */
    ELEMENTWISE_QUOTIENT,
    /** {@code A / a}. */
    DIVIDE,
    /** {@code A \ B}, the solution X of A X = B. */
    SOLVE,
    /** {@code A ⊗ B}. */
    KRONECKER
  }
}
