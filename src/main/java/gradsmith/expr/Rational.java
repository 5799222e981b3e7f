package gradsmith.expr;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * An exact fraction in lowest terms.
 *
 * @param numerator carries the sign
 * @param denominator positive
 */
public record Rational(BigInteger numerator, BigInteger denominator)
    implements Comparable<Rational> {

  /** 0. */
  public static final Rational ZERO = new Rational(BigInteger.ZERO, BigInteger.ONE);

  /** 1. */
  public static final Rational ONE = new Rational(BigInteger.ONE, BigInteger.ONE);

  /** 2. */
  public static final Rational TWO = new Rational(BigInteger.TWO, BigInteger.ONE);

  /** -1. */
  public static final Rational MINUS_ONE = new Rational(BigInteger.ONE.negate(), BigInteger.ONE);

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || other instanceof Rational rational
            && numerator.equals(rational.numerator)
            && denominator.equals(rational.denominator);
  }

  @Override
  public int hashCode() {
    return 31 * numerator.hashCode() + denominator.hashCode();
  }

  /** Returns numerator / denominator in lowest terms; the denominator is not 0. */
  public static Rational of(long numerator, long denominator) {
    return of(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator));
  }

  /** Returns {@code value}. */
  public static Rational of(long value) {
    return new Rational(BigInteger.valueOf(value), BigInteger.ONE);
  }

  /** Returns the exact value of decimal digits such as {@code 1e-5}. */
  public static Rational parse(String decimal) {
    if (decimal.length() == 1) {
      return of(Character.digit(decimal.charAt(0), 10)); // most are, and need no BigDecimal
    }
    BigDecimal value = new BigDecimal(decimal);
    return value.scale() <= 0
        ? new Rational(value.toBigIntegerExact(), BigInteger.ONE)
        : of(value.unscaledValue(), BigInteger.TEN.pow(value.scale()));
  }

  private static Rational of(BigInteger numerator, BigInteger denominator) {
    if (denominator.signum() == 0) {
      throw new ArithmeticException("denominator is 0");
    }
    BigInteger divisor = numerator.gcd(denominator);
    if (denominator.signum() < 0) {
      divisor = divisor.negate();
    }
    return new Rational(numerator.divide(divisor), denominator.divide(divisor));
  }

  /** Returns this + other. */
  public Rational plus(Rational other) {
    if (denominator.equals(BigInteger.ONE) && other.denominator.equals(BigInteger.ONE)) {
      return new Rational(numerator.add(other.numerator), BigInteger.ONE);
    }
    return of(
        numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
        denominator.multiply(other.denominator));
  }

  /** Returns this × other. */
  public Rational times(Rational other) {
    if (isOne()) {
      return other;
    }
    return other.isOne()
        ? this
        : of(numerator.multiply(other.numerator), denominator.multiply(other.denominator));
  }

  /** Returns -this. */
  public Rational negated() {
    return new Rational(numerator.negate(), denominator);
  }

  /** Returns 1 / this, which is not 0. */
  public Rational reciprocal() {
    return of(denominator, numerator);
  }

  /** Returns this to an integer power; not 0 to a negative one. */
  public Rational pow(int exponent) {
    return exponent >= 0
        ? new Rational(numerator.pow(exponent), denominator.pow(exponent))
        : of(denominator.pow(-exponent), numerator.pow(-exponent));
  }

  /** Returns -1, 0 or 1. */
  public int signum() {
    return numerator.signum();
  }

  /** Tells whether this is 1. */
  public boolean isOne() {
    return numerator.equals(BigInteger.ONE) && denominator.equals(BigInteger.ONE);
  }

  /** Tells whether this is a whole number. */
  public boolean isInteger() {
    return denominator.equals(BigInteger.ONE);
  }

  /** Returns the nearest double. */
  public double toDouble() {
    return denominator.equals(BigInteger.ONE)
        ? numerator.doubleValue()
        : new BigDecimal(numerator)
            .divide(new BigDecimal(denominator), java.math.MathContext.DECIMAL64)
            .doubleValue();
  }

  @Override
  public int compareTo(Rational other) {
    return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
  }

  @Override
  public String toString() {
    return isInteger() ? numerator.toString() : numerator + "/" + denominator;
  }
}
