package gradsmith.render;

import gradsmith.expr.Apply;
import gradsmith.expr.Expr;
import gradsmith.expr.Operator;
import gradsmith.expr.Operator.Primitive;
import gradsmith.expr.Rational;
import gradsmith.expr.SizeExpressions;
import gradsmith.shape.Polynomial;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sets products, elementwise products and powers, with the number in front and the divisors behind.
 */
final class ProductPresentation {

  private ProductPresentation() {}

  /**
   * Sets {@code node}, a scaled expression, product, elementwise product or power, or its
   * transpose.
   */
  static Formula set(Expr node, boolean flip) {
    if (node instanceof Apply apply && apply.operator() instanceof Operator.Scale scale) {
      return product(scale.factor(), factors(apply.argument(0)), flip);
    }
    return product(Rational.ONE, factors(node), flip);
  }

  /** Sets {@code number} times {@code node}, or its transpose. */
  static Formula scaled(Rational number, Expr node, boolean flip) {
    if (number.isOne()) {
      return Presentation.set(node, flip);
    }
    return node instanceof Apply apply && apply.operator() instanceof Operator.Scale scale
        ? product(number.times(scale.factor()), factors(apply.argument(0)), flip)
        : product(number, factors(node), flip);
  }

  private static List<Expr> factors(Expr node) {
    return node instanceof Apply apply
            && apply.operator() == Primitive.PRODUCT
            && !isInnerProduct(apply)
        ? apply.arguments()
        : List.of(node);
  }

  private static boolean isInnerProduct(Apply product) {
    return product.shape().isScalarMatrix()
        && !product.arguments().getLast().shape().isScalarMatrix();
  }

  /** Sets number · factors, 1×1 factors first, or its transpose. */
  static Formula product(Rational number, List<Expr> factors, boolean flip) {
    Parts parts = new Parts(number, AbsorbedNumber.of(number, factors));
    int scalars = Broadcast.scalars(factors);
    List<Expr> chain = new ArrayList<>(factors.subList(scalars, factors.size()));
    for (Expr scalar : factors.subList(0, scalars)) {
      parts.addScalar(scalar);
    }
    if (chain.size() == 1) {
      parts.addMatrix(chain.getFirst(), flip);
    } else if (!chain.isEmpty()) {
      parts.factors.addAll(ChainPresentation.set(chain, flip, parts.absorbed));
    }
    return parts.build();
  }

  /** Returns the product of {@code factors}, or the only one. */
  static Formula join(List<Formula> factors) {
    return factors.size() == 1 ? factors.getFirst() : new Formula.Product(List.copyOf(factors));
  }

  /** A divisor that is a length. */
  private record Length(Polynomial polynomial, Formula formula) {}

  /** The pieces of a product. */
  private static final class Parts {
    private final Rational number;
    private final AbsorbedNumber absorbed;
    private final List<Formula> factors = new ArrayList<>();
    private final List<Formula> divisors = new ArrayList<>();

    /** The lengths among the divisors. */
    private final List<Length> lengths = new ArrayList<>();

    private Formula.@Nullable Hadamard hadamard;

    Parts(Rational number, AbsorbedNumber absorbed) {
      this.number = number;
      this.absorbed = absorbed;
    }

    void addScalar(Expr scalar) {
      if (scalar instanceof Apply apply && apply.operator() == Primitive.POWER) {
        Rational exponent = PowerPresentation.exponent(apply);
        if (exponent != null && exponent.signum() < 0) {
          Formula divisor = PowerPresentation.power(apply.argument(0), exponent.negated(), false);
          Polynomial length = SizeExpressions.polynomial(apply.argument(0));
          if (exponent.equals(Rational.MINUS_ONE) && length != null && !length.isNumber()) {
            lengths.add(new Length(length, divisor));
          }
          divisors.add(divisor);
          return;
        }
      }
      factors.add(scalarFactor(scalar));
    }

    private Formula scalarFactor(Expr scalar) {
      if (!(scalar instanceof Apply apply)) {
        return Presentation.set(scalar, false);
      }
      if (apply.operator() == Primitive.PRODUCT && isInnerProduct(apply)) {
        return ChainPresentation.alone(apply.arguments());
      }
      return apply.operator() == Primitive.POWER
          ? PowerPresentation.set(apply, false)
          : absorbed.set(scalar, false);
    }

    /** Adds the only matrix: an elementwise product keeps its divisors as divisors. */
    void addMatrix(Expr matrix, boolean flip) {
      if (matrix instanceof Apply apply && apply.operator() == Primitive.HADAMARD) {
        Formula entries = HadamardPresentation.set(apply, flip, absorbed);
        if (entries instanceof Formula.Hadamard product && factors.isEmpty()) {
          hadamard = product;
        } else {
          factors.add(entries);
        }
      } else if (matrix instanceof Apply apply && apply.operator() == Primitive.POWER) {
        Formula power = PowerPresentation.set(apply, flip);
        if (power instanceof Formula.Hadamard product && factors.isEmpty()) {
          hadamard = product;
        } else {
          factors.add(power);
        }
      } else {
        Formula set = absorbed.set(matrix, flip);
        if (set instanceof Formula.Quotient quotient) {
          divisors.addAll(split(quotient.divisor()));
          set = quotient.dividend();
        }
        factors.addAll(split(set));
      }
    }

    private static List<Formula> split(Formula formula) {
      return formula instanceof Formula.Product product ? product.factors() : List.of(formula);
    }

    Formula build() {
      Rational rest = absorbed.rest(number);
      boolean negative = rest.signum() < 0;
      Rational size = negative ? rest.negated() : rest;
      boolean simple = size.denominator().compareTo(BigInteger.valueOf(12)) <= 0;
      Rational front = simple ? new Rational(size.numerator(), BigInteger.ONE) : size;
      Formula product = mean(numerator(front));
      if (simple && !size.isInteger()) {
        divisors.addFirst(new Formula.Numeral(new Rational(size.denominator(), BigInteger.ONE)));
      }
      if (!divisors.isEmpty()) {
        product = new Formula.Quotient(product, join(divisors));
      }
      return negative ? new Formula.Negative(product) : product;
    }

    /** Turns sums over lengths that are divided by into means. */
    private Formula mean(Formula product) {
      Formula result = product;
      while (!lengths.isEmpty()) {
        Polynomial all = Polynomial.ONE;
        for (Length length : lengths) {
          all = all.times(length.polynomial);
        }
        Means.Taken taken = Means.take(result, all);
        if (taken == null || !remove(taken.lengths())) {
          break;
        }
        result = taken.formula();
      }
      return result;
    }

    /** Takes divisors whose product is {@code product} out, if there are such. */
    private boolean remove(Polynomial product) {
      List<Length> found = new ArrayList<>();
      Polynomial rest = product;
      for (Length length : lengths) {
        Polynomial quotient = rest.dividedBy(length.polynomial);
        if (quotient != null) {
          found.add(length);
          rest = quotient;
        }
      }
      if (!rest.isOne()) {
        return false;
      }
      for (Length length : found) {
        lengths.remove(length);
        divisors.remove(length.formula);
      }
      return true;
    }

    private Formula numerator(Rational front) {
      if (hadamard != null && factors.isEmpty()) {
        if (front.isOne()) {
          return hadamard;
        }
        List<Formula> entries = new ArrayList<>(hadamard.factors());
        Formula scaled = new Formula.Numeral(front);
        if (!entries.isEmpty()) {
          scaled = new Formula.Product(List.of(new Formula.Numeral(front), entries.removeFirst()));
        }
        entries.addFirst(scaled);
        return new Formula.Hadamard(entries, hadamard.divisors());
      }
      if (!front.isOne() || factors.isEmpty()) {
        factors.addFirst(new Formula.Numeral(front));
      }
      return join(factors);
    }
  }
}
