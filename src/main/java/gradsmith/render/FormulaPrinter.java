package gradsmith.render;

import gradsmith.expr.Expr;
import gradsmith.expr.Rational;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;

/**
 * Writes expressions as text of gradsmith's own language, with no more brackets than it takes to
 * read them back.
 */
public final class FormulaPrinter {

  // How tightly a formula binds; an operand in a tighter place gets brackets.
  private static final int COMPARISON = 0;
  private static final int SUM = 1;
  private static final int PRODUCT = 2;
  private static final int FACTOR = 3;
  private static final int POWER = 4;
  private static final int POSTFIX = 5;
  private static final int ATOM = 6;

  private final Notation notation;
  private final String transpose;
  private final String hadamard;
  private final String quotient;
  private final String minus;
  private final String kronecker;
  private final String norm;

  private FormulaPrinter(
      Notation notation,
      String transpose,
      String hadamard,
      String quotient,
      String minus,
      String kronecker,
      String norm) {
    this.notation = notation;
    this.transpose = transpose;
    this.hadamard = hadamard;
    this.quotient = quotient;
    this.minus = minus;
    this.kronecker = kronecker;
    this.norm = norm;
  }

  /** Writes Aᵀ, ⊙, ⊘, −, ⊗, ‖x‖. */
  public static FormulaPrinter unicode() {
    return new FormulaPrinter(Notation.UNICODE, "ᵀ", "⊙", "⊘", "−", "⊗", "‖");
  }

  /** Writes A', .*, ./, -, kron(A, B), ||x||, lambda. */
  public static FormulaPrinter ascii() {
    return new FormulaPrinter(Notation.ASCII, "'", ".*", "./", "-", "kron", "||");
  }

  /** Writes the operators of {@link #ascii}, and names as they were typed. */
  public static FormulaPrinter typed() {
    return new FormulaPrinter(Notation.UNICODE, "'", ".*", "./", "-", "kron", "||");
  }

  /** Returns the text of {@code expression}. */
  public String print(Expr expression) {
    return print(Presentation.of(expression));
  }

  /** Returns the text of {@code formula}. */
  public String print(Formula formula) {
    StringBuilder text = new StringBuilder();
    write(formula, COMPARISON, text);
    return text.toString();
  }

  private void write(Formula formula, int place, StringBuilder text) {
    boolean brackets = level(formula) < place;
    if (brackets) {
      text.append('(');
    }
    write(formula, text);
    if (brackets) {
      text.append(')');
    }
  }

  private int level(Formula formula) {
    return switch (formula) {
      case Formula.Name name -> ATOM;
      case Formula.Numeral number -> isPlain(number.value()) ? ATOM : PRODUCT;
      case Formula.Call call -> ATOM;
      case Formula.Reduction reduction -> ATOM;
      case Formula.Norm bars -> ATOM;
      case Formula.Sum sum -> SUM;
      case Formula.Negative negative -> SUM;
      case Formula.Product product -> PRODUCT;
      case Formula.Hadamard product -> PRODUCT;
      case Formula.Quotient division -> PRODUCT;
      case Formula.Power power -> POWER;
      case Formula.Transpose transposed -> POSTFIX;
      case Formula.Kronecker product -> kronecker.equals("kron") ? ATOM : PRODUCT;
      case Formula.Comparison comparison -> COMPARISON;
    };
  }

  private void write(Formula formula, StringBuilder text) {
    switch (formula) {
      case Formula.Name name -> text.append(notation.text(name.name()));
      case Formula.Numeral number -> text.append(number(number.value()));
      case Formula.Call call -> {
        text.append(notation.text(call.name())).repeat("'", call.order());
        writeArguments(call.arguments(), text);
      }
      case Formula.Reduction reduction -> {
        text.append(reduction.name());
        writeArguments(List.of(reduction.argument()), text);
      }
      case Formula.Norm bars -> writeNorm(bars, text);
      case Formula.Sum sum -> writeSum(sum, text);
      case Formula.Negative negative -> {
        text.append(minus);
        write(negative.operand(), PRODUCT, text);
      }
      case Formula.Product product -> writeFactors(product.factors(), " ", text);
      case Formula.Hadamard product -> writeHadamard(product, text);
      case Formula.Quotient division -> {
        write(division.dividend(), PRODUCT, text);
        text.append(" / ");
        write(division.divisor(), FACTOR, text);
      }
      case Formula.Power power -> {
        write(power.base(), POSTFIX, text);
        text.append(power.elementwise() ? ".^" : "^");
        write(power.exponent(), POSTFIX, text);
      }
      case Formula.Transpose transposed -> {
        write(transposed.operand(), POSTFIX, text);
        text.append(transpose);
      }
      case Formula.Kronecker product -> writeKronecker(product, text);
      case Formula.Comparison comparison -> {
        write(comparison.left(), SUM, text);
        text.append(' ').append(comparison.operator()).append(' ');
        write(comparison.right(), SUM, text);
      }
    }
  }

  private void writeArguments(List<Formula> arguments, StringBuilder text) {
    text.append('(');
    for (int i = 0; i < arguments.size(); i++) {
      text.append(i == 0 ? "" : ", ");
      write(arguments.get(i), COMPARISON, text);
    }
    text.append(')');
  }

  private void writeNorm(Formula.Norm bars, StringBuilder text) {
    StringBuilder inner = new StringBuilder();
    write(bars.argument(), COMPARISON, inner);
    if (inner.indexOf(norm) >= 0) {
      text.append("norm2(").append(inner).append(')'); // nested bars would be hard to read
    } else {
      text.append(norm).append(inner).append(norm);
    }
  }

  private void writeSum(Formula.Sum sum, StringBuilder text) {
    for (int i = 0; i < sum.terms().size(); i++) {
      Formula.Term term = sum.terms().get(i);
      if (i == 0) {
        text.append(term.negative() ? minus : "");
      } else {
        text.append(term.negative() ? " " + minus + " " : " + ");
      }
      write(term.formula(), PRODUCT, text);
    }
  }

  private void writeFactors(List<Formula> factors, String separator, StringBuilder text) {
    for (int i = 0; i < factors.size(); i++) {
      text.append(i == 0 ? "" : separator);
      write(factors.get(i), FACTOR, text);
    }
  }

  private void writeHadamard(Formula.Hadamard product, StringBuilder text) {
    if (product.factors().isEmpty()) {
      text.append('1');
    }
    for (int i = 0; i < product.factors().size(); i++) {
      Formula factor = product.factors().get(i);
      text.append(i == 0 ? "" : " " + hadamard + " ");
      write(factor, i == 0 && isScaled(factor) ? PRODUCT : FACTOR, text); // 2 A .* B is (2 A) .* B
    }
    for (Formula divisor : product.divisors()) {
      text.append(' ').append(quotient).append(' ');
      write(divisor, FACTOR, text);
    }
  }

  private static boolean isScaled(Formula formula) {
    return formula instanceof Formula.Product product
        && product.factors().size() == 2
        && product.factors().getFirst() instanceof Formula.Numeral;
  }

  private void writeKronecker(Formula.Kronecker product, StringBuilder text) {
    if (kronecker.equals("kron")) {
      text.append(kronecker);
      writeArguments(List.of(product.left(), product.right()), text);
    } else {
      write(product.left(), FACTOR, text);
      text.append(' ').append(kronecker).append(' ');
      write(product.right(), FACTOR, text);
    }
  }

  /** Tells whether {@code value} is written as one numeral and not as a fraction. */
  private static boolean isPlain(Rational value) {
    return value.isInteger() || decimal(value) != null;
  }

  private static String number(Rational value) {
    String decimal = value.isInteger() ? null : decimal(value);
    return decimal == null ? value.toString() : decimal;
  }

  /**
   * Returns the decimal digits of {@code value} if it has few of them and is no simple fraction,
   * else null.
   */
  private static @org.jspecify.annotations.Nullable String decimal(Rational value) {
    if (value.denominator().compareTo(BigInteger.valueOf(12)) <= 0) {
      return null;
    }
    BigInteger denominator = value.denominator();
    int digits = 0;
    while (!denominator.equals(BigInteger.ONE) && digits <= 320) {
      BigInteger divisor = denominator.gcd(BigInteger.TEN);
      if (divisor.equals(BigInteger.ONE)) {
        return null;
      }
      denominator = denominator.divide(divisor);
      digits++;
    }
    if (!denominator.equals(BigInteger.ONE)) {
      return null;
    }
    BigDecimal exact =
        new BigDecimal(value.numerator()).divide(new BigDecimal(value.denominator()));
    String plain = exact.toPlainString();
    return plain.length() <= 10 ? plain : exact.unscaledValue() + "e" + -exact.scale();
  }
}
