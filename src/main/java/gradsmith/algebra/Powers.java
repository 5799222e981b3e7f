package gradsmith.algebra;

import gradsmith.algebra.Algebra.Scaled;
import gradsmith.expr.Apply;
import gradsmith.expr.Constant;
import gradsmith.expr.Expr;
import gradsmith.expr.Fact;
import gradsmith.expr.Operator;
import gradsmith.expr.Operator.Primitive;
import gradsmith.expr.Property;
import gradsmith.expr.Rational;
import gradsmith.expr.SizeExpressions;
import gradsmith.expr.Variable;
import gradsmith.shape.Polynomial;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The normal form of elementwise powers with a scalar exponent. */
final class Powers {

  /** Numbers with more bits than this are left as powers. */
  private static final int MAX_BITS = 512;

  private final Algebra algebra;

  Powers(Algebra algebra) {
    this.algebra = algebra;
  }

  Expr power(Expr base, Expr exponent) {
    Rational number = number(exponent);
    if (number != null && number.signum() == 0) {
      return algebra.ones(base.shape());
    }
    boolean binary = Algebra.isZero(base) || Algebra.isIdentity(base);
    if (number != null && number.isOne()
        || Algebra.isOnes(base)
        || (binary && number != null && number.signum() > 0)) {
      return base;
    }
    if (number != null) {
      Expr distributed = distribute(base, number);
      if (distributed != null) {
        return distributed;
      }
    }
    if (Algebra.is(base, Primitive.TRANSPOSE)) {
      return algebra.transpose(power(Algebra.arguments(base).getFirst(), exponent));
    }
    if (Algebra.is(base, Primitive.POWER)) {
      Expr inner = Algebra.arguments(base).get(0);
      Expr innerExponent = Algebra.arguments(base).get(1);
      if (number != null && number.isInteger() || isPositive(inner)) {
        return power(inner, algebra.product(innerExponent, exponent));
      }
    }
    return algebra.node(Primitive.POWER, List.of(base, exponent));
  }

  /**
   * Applies a numeric exponent to the parts of {@code base} where that is exact for all real
   * numbers.
   */
  private @Nullable Expr distribute(Expr base, Rational exponent) {
    Scaled scaled = algebra.split(base);
    boolean whole = exponent.isInteger();
    boolean root = !whole && Algebra.is(scaled.base(), Primitive.SUM); // sqrt(2 A + 2 B)
    if (!scaled.factor().isOne() && !root && (whole || scaled.factor().signum() > 0)) {
      Expr factor = numberPower(scaled.factor(), exponent);
      if (factor != null) {
        return Algebra.isOnes(scaled.base()) && base.shape().isScalar()
            ? factor
            : algebra.product(factor, algebra.power(scaled.base(), exponent));
      }
    }
    if (!(scaled.base() instanceof Apply apply) || !scaled.factor().isOne()) {
      return null;
    }
    if (apply.operator() == Primitive.HADAMARD && whole) {
      return algebra.hadamard(each(apply.arguments(), exponent));
    }
    if (apply.operator() == Primitive.PRODUCT
        && !(apply.shape().isScalarMatrix() && Products.isInnerProduct(apply))) {
      return product(apply, exponent, whole);
    }
    return null;
  }

  private @Nullable Expr product(Apply product, Rational exponent, boolean whole) {
    List<Expr> scalars = new ArrayList<>();
    List<Expr> chain = new ArrayList<>();
    for (Expr factor : product.arguments()) {
      (factor.shape().isScalarMatrix() ? scalars : chain).add(factor);
    }
    if (chain.isEmpty()) {
      return whole ? algebra.product(each(scalars, exponent)) : null;
    }
    boolean repeatedColumn = chain.size() > 1 && Algebra.isOnesRow(chain.getLast());
    boolean repeatedRow = chain.size() > 1 && Algebra.isOnesColumn(chain.getFirst());
    if (repeatedColumn != repeatedRow) {
      Expr ones = repeatedColumn ? chain.removeLast() : chain.removeFirst();
      scalars.addAll(chain);
      Expr powered = algebra.power(algebra.product(scalars), exponent);
      return repeatedColumn ? algebra.product(powered, ones) : algebra.product(ones, powered);
    }
    if (repeatedColumn && chain.size() == 2) {
      scalars = new ArrayList<>(List.of(algebra.power(algebra.product(scalars), exponent)));
      scalars.addAll(chain);
      return algebra.product(scalars);
    }
    if (!scalars.isEmpty() && whole) {
      List<Expr> factors = each(scalars, exponent);
      factors.add(algebra.power(algebra.product(chain), exponent));
      return algebra.product(factors);
    }
    return null;
  }

  private List<Expr> each(List<Expr> factors, Rational exponent) {
    List<Expr> result = new ArrayList<>();
    for (Expr factor : factors) {
      result.add(algebra.power(factor, exponent));
    }
    return result;
  }

  /**
   * Returns number to the exponent if that is a fraction of moderate size, or a power of a whole
   * number, else null.
   */
  private @Nullable Expr numberPower(Rational number, Rational exponent) {
    if (!exponent.isInteger()) {
      return number.isInteger()
          ? algebra.node(Primitive.POWER, List.of(algebra.number(number), algebra.number(exponent)))
          : algebra.product(
              algebra.power(
                  algebra.number(new Rational(number.numerator(), java.math.BigInteger.ONE)),
                  exponent),
              algebra.power(
                  algebra.number(new Rational(number.denominator(), java.math.BigInteger.ONE)),
                  exponent.negated()));
    }
    if (number.signum() == 0 && exponent.signum() < 0) {
      return null;
    }
    long bits = Math.max(number.numerator().bitLength(), number.denominator().bitLength());
    if (exponent.numerator().bitLength() > 30
        || bits * Math.abs(exponent.numerator().intValueExact()) > MAX_BITS) {
      return null;
    }
    return algebra.number(number.pow(exponent.numerator().intValueExact()));
  }

  /** Returns the number that {@code node} is, or null. */
  static @Nullable Rational number(Expr node) {
    return node instanceof Constant constant
            && constant.value() instanceof Constant.Value.Fill fill
            && fill.shape().isScalar()
        ? fill.value()
        : null;
  }

  /** Tells whether every entry of {@code node} is known to be positive. */
  boolean isPositive(Expr node) {
    return switch (node) {
      case Variable variable -> variable.has(Property.POSITIVE);
      case Constant constant ->
          switch (constant.value()) {
            case Constant.Value.Fill fill -> fill.value().signum() > 0;
            case Constant.Value.Identity identity -> false;
            case Constant.Value.Commutation commutation -> false;
            case Constant.Value.Size size -> true;
            case Constant.Value.Pi pi -> true;
          };
      case Apply apply ->
          apply.operator() instanceof Operator.Function function
                  && function.symbol().has(Fact.POSITIVE)
              || isLength(apply);
    };
  }

  private static boolean isLength(Apply node) {
    Polynomial length = SizeExpressions.polynomial(node);
    return length != null && length.isPositive();
  }
}
