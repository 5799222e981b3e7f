package gradsmith.emit;

import gradsmith.expr.Apply;
import gradsmith.expr.Expr;
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

  Code scaled(Rational factor, Code code) throws NotEmittableException {
    if (codes.isNumber(code, Rational.ONE)) {
      return codes.number(factor).as(code);
    }
    Code result =
        factor.equals(Rational.MINUS_ONE)
            ? target.spell("negate", code)
            : factor.reciprocal().isInteger()
                ? target.spell("divide", code, codes.number(factor.reciprocal()))
                : target.spell("times", codes.number(factor), code);
    return result.as(code);
  }

  Code sum(Apply node) throws NotEmittableException {
    Code sum = null;
    List<Expr> terms = new ArrayList<>();
    node.arguments().stream().filter(term -> Factors.negated(term) == null).forEach(terms::add);
    node.arguments().stream().filter(term -> Factors.negated(term) != null).forEach(terms::add);
    boolean repeats = terms.stream().map(codes::of).anyMatch(c -> c.oneRow() != c.oneColumn());
    for (Expr term : terms) {
      Expr positive = sum == null ? null : Factors.negated(term);
      Expr operand = positive == null ? term : positive;
      Code code = repeats ? codes.dense(operand) : codes.of(operand);
      sum = sum == null ? code : target.spell(positive == null ? "add" : "subtract", sum, code);
    }
    return codes.broadcastOf(node, Objects.requireNonNull(sum), node.arguments());
  }

  /** Writes factors entry by entry, and negative powers as divisors. */
  Code quotient(Apply node, List<Expr> factors, @Nullable Code last) throws NotEmittableException {
    Code dividend = null;
    List<Code> divisors = new ArrayList<>();
    for (Expr factor : factors) {
      Apply divisor = divisor(factor);
      Rational exponent = divisor == null ? null : Factors.exponent(divisor);
      if (divisor != null && exponent != null) {
        divisors.add(power(divisor.argument(0), exponent.negated()));
      } else if (!codes.isNumber(codes.of(factor), Rational.ONE)) {
        dividend =
            dividend == null ? codes.of(factor) : target.spell("times", dividend, codes.of(factor));
      }
    }
    if (last != null && !(dividend != null && codes.isNumber(last, Rational.ONE))) {
      dividend = dividend == null ? last : target.spell("times", dividend, last);
    }
    Code result = dividend == null ? codes.number(Rational.ONE) : dividend;
    for (Code divisor : divisors) {
      result = target.spell("divide", result, divisor);
    }
    return last == null ? codes.broadcastOf(node, result, factors) : result;
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
    Code code;
    if (exponent == null) {
      code = target.spell("power", codes.of(node.argument(0)), codes.of(node.argument(1)));
    } else if (exponent.signum() < 0) {
      code =
          target.spell(
              "divide", codes.number(Rational.ONE), power(node.argument(0), exponent.negated()));
    } else {
      code = power(node.argument(0), exponent);
    }
    return codes.broadcastOf(node, code, List.of(node.argument(0)));
  }

  Code power(Expr base, Rational exponent) throws NotEmittableException {
    Code code = codes.of(base);
    if (exponent.isOne()) {
      return code;
    }
    return exponent.equals(Rational.of(1, 2))
        ? elementwise("sqrt/1", base)
        : target.spell("power", code, codes.number(exponent));
  }

  /** A function of a number that no input is in may have a word of its own. */
  Code elementwise(String key, Expr argument) throws NotEmittableException {
    Code code = codes.of(argument);
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
