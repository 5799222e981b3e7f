package gradsmith.emit;

import gradsmith.emit.Code.Level;
import gradsmith.emit.Code.Operand;
import gradsmith.emit.Code.Operation;
import gradsmith.expr.Apply;
import gradsmith.expr.Expr;
import gradsmith.expr.Operator;
import gradsmith.expr.Rational;
import gradsmith.shape.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes what is computed entry by entry. */
final class ElementwiseWriter {

  private final Target target;
  private final WrittenCode codes;
  private final Uses uses;

  ElementwiseWriter(Target target, WrittenCode codes, Uses uses) {
    this.target = target;
    this.codes = codes;
    this.uses = uses;
  }

  /** Writes {@code factor} times {@code node}, which is written {@code code}. */
  Code scaled(Rational factor, Expr node, Code code) throws NotEmittableException {
    if (factor.isOne()) {
      return code;
    }
    if (codes.isNumber(code, Rational.ONE)) {
      return codes.number(factor).as(code);
    }
    Operand operand = operand(node, code, node);
    Code result =
        factor.equals(Rational.MINUS_ONE)
            ? target.spell("negate", code)
            : factor.reciprocal().isInteger()
                ? both("divide", operand, number(factor.reciprocal())).code()
                : both("times", number(factor), operand).code();
    return result.as(code);
  }

  private Operand number(Rational value) {
    return new Operand(codes.number(value), false);
  }

  /** Returns {@code code} of {@code part}, an operand of {@code node}. */
  private Operand operand(Expr part, Code code, Expr node) {
    boolean whole = part.shape().equals(node.shape()) && !codes.written(part).isBroadcast();
    return new Operand(code, whole);
  }

  private Operand both(String key, Operand left, Operand right) throws NotEmittableException {
    Code code = target.spell(key, left.code(), right.code());
    return new Operand(code.by(new Operation(key, left, right)), left.whole() || right.whole());
  }

  Code sum(Apply node) throws NotEmittableException {
    Operand sum = null;
    List<Expr> terms = new ArrayList<>();
    node.arguments().stream().filter(term -> negative(term).isOne()).forEach(terms::add);
    node.arguments().stream().filter(term -> !negative(term).isOne()).forEach(terms::add);
    boolean repeats = terms.stream().map(codes::written).anyMatch(c -> c.oneRow() != c.oneColumn());
    boolean flat = codes.areFlat(terms);
    Code added = target.has("add_product") ? addedProduct(terms, repeats) : null;
    if (added != null) {
      return codes.broadcastOf(node, added, node.arguments());
    }
    for (Expr term : terms) {
      Rational factor = sum == null ? Rational.ONE : negative(term);
      boolean negative = factor.signum() < 0;
      Expr part = factor.isOne() ? term : ((Apply) term).argument(0);
      Code code = codes.summand(part, repeats, flat);
      Operand summand =
          operand(part, scaled(negative ? factor.negated() : factor, part, code), node);
      sum = sum == null ? summand : both(negative ? "subtract" : "add", sum, summand);
    }
    return codes.broadcastOf(node, Objects.requireNonNull(sum).code(), node.arguments());
  }

  /**
   * Writes a sum of two of which one is a product of two in one operation, or returns null. The
   * operation takes arrays, and a constant is none.
   */
  private @Nullable Code addedProduct(List<Expr> terms, boolean dense)
      throws NotEmittableException {
    for (int i = 0; i < 2 && terms.size() == 2; i++) {
      Expr product = terms.get(i);
      Expr other = terms.get(1 - i);
      if (product instanceof Apply apply
          && apply.operator() == Operator.Primitive.HADAMARD
          && apply.arguments().size() == 2
          && codes.written(product).level() == Level.PRODUCT
          && apply.arguments().stream().allMatch(this::isArrayFactor)
          && negative(other).isOne()
          && !isConstant(other, codes.written(other))
          && TypicalLength.entries(product.shape()) > TypicalLength.LONG) {
        return target.spell(
            "add_product",
            codes.summand(other, dense, false),
            codes.beside(apply.argument(0), false),
            codes.beside(apply.argument(1), false));
      }
    }
    return null;
  }

  private boolean isArrayFactor(Expr factor) {
    return divisor(factor) == null && !isConstant(factor, codes.written(factor));
  }

  /** Returns the negative number that {@code term} is a multiple by where it is used, or 1. */
  private Rational negative(Expr term) {
    boolean negative =
        term instanceof Apply apply
            && apply.operator() instanceof Operator.Scale scale
            && scale.factor().signum() < 0
            && (scale.factor().equals(Rational.MINUS_ONE) || !uses.isShared(term));
    return negative ? ((Operator.Scale) ((Apply) term).operator()).factor() : Rational.ONE;
  }

  /**
   * Writes factors entry by entry, and negative powers as divisors.
   *
   * @param last a factor that is written already, or null
   */
  Code quotient(Apply node, List<Expr> factors, @Nullable Operand last)
      throws NotEmittableException {
    Operand dividend = null;
    List<Operand> divisors = new ArrayList<>();
    boolean flat = last == null ? codes.areFlat(factors) : last.code().isFlat();
    for (Expr factor : factors) {
      Apply divisor = divisor(factor);
      Rational exponent = divisor == null ? null : Factors.exponent(divisor);
      if (divisor != null && exponent != null) {
        Expr base = divisor.argument(0);
        Code power = power(base, codes.beside(base, flat), exponent.negated());
        divisors.add(new Operand(power, operand(factor, power, node).whole()));
      } else if (!codes.isNumber(codes.written(factor), Rational.ONE)) {
        Operand code = operand(factor, codes.beside(factor, flat), node);
        dividend = dividend == null ? code : both("times", dividend, code);
      }
    }
    if (last != null && !(dividend != null && codes.isNumber(last.code(), Rational.ONE))) {
      dividend = dividend == null ? last : both("times", dividend, last);
    }
    Operand result = dividend == null ? number(Rational.ONE) : dividend;
    for (Operand divisor : divisors) {
      result = both("divide", result, divisor);
    }
    return last == null ? codes.broadcastOf(node, result.code(), factors) : result.code();
  }

  /** Returns the power with a negative exponent that {@code factor} is or repeats, or null. */
  @Nullable Apply divisor(Expr factor) {
    if (!(factor instanceof Apply apply)) {
      return null;
    }
    if (Factors.isRepetition(apply)) {
      return divisor(Factors.isOnes(apply.argument(0)) ? apply.argument(1) : apply.argument(0));
    }
    return uses.isDivisor(apply) ? apply : null;
  }

  Code power(Apply node) throws NotEmittableException {
    Rational exponent = Factors.exponent(node);
    Expr base = node.argument(0);
    Code written = codes.written(base);
    Code code;
    if (exponent == null) {
      code = target.spell("power", written, codes.of(node.argument(1)));
    } else if (exponent.signum() < 0) {
      code =
          target.spell(
              "divide", codes.number(Rational.ONE), power(base, written, exponent.negated()));
    } else {
      code = power(base, written, exponent);
    }
    return codes.broadcastOf(node, code, List.of(base));
  }

  /** Writes the power of {@code base}, which is written {@code code}. */
  private Code power(Expr base, Code code, Rational exponent) throws NotEmittableException {
    if (exponent.isOne()) {
      return code;
    }
    return exponent.equals(Rational.of(1, 2))
        ? elementwise("sqrt/1", base, code)
        : target.spell("power", code, codes.number(exponent));
  }

  /**
   * Writes the function of {@code argument}, which is written {@code code}. One of a number that no
   * input is in may have a word of its own.
   */
  Code elementwise(String key, Expr argument, Code code) throws NotEmittableException {
    return target.has(key + "_constant") && isConstant(argument, code)
        ? target.spell(key + "_constant", code)
        : target.spell(key, number(argument, code));
  }

  /** A number that no input is in may have to be made an array before a function takes it. */
  Code number(Expr node, Code code) throws NotEmittableException {
    return target.has("constant") && isConstant(node, code) ? target.spell("constant", code) : code;
  }

  /** Tells whether {@code node} is one number whatever the inputs are. */
  private boolean isConstant(Expr node, Code code) {
    Shape shape = node.shape();
    boolean one =
        (shape.rows().isOne() || code.oneRow()) && (shape.columns().isOne() || code.oneColumn());
    return one && uses.isConstant(node);
  }
}
