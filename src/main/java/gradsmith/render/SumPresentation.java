package gradsmith.render;

import gradsmith.expr.Apply;
import gradsmith.expr.Constant;
import gradsmith.expr.Expr;
import gradsmith.expr.Operator;
import gradsmith.expr.Operator.Primitive;
import gradsmith.expr.Rational;
import java.util.ArrayList;
import java.util.List;

/** Sets sums: positive terms first, repeated rows and numbers without their ones. */
final class SumPresentation {

  private SumPresentation() {}

  /** Sets {@code factor} times {@code node}, a sum, transposed if {@code flip}. */
  static Formula set(Apply node, boolean flip, Rational factor) {
    boolean inside = flip && primes(node.arguments(), true) <= primes(node.arguments(), false) + 1;
    if (flip && !inside) {
      return new Formula.Transpose(set(node, false, factor));
    }
    boolean strip = false;
    for (Expr term : node.arguments()) {
      strip |= !Broadcast.isBroadcast(term);
    }
    List<Formula.Term> positive = new ArrayList<>();
    List<Formula.Term> negative = new ArrayList<>();
    boolean first = true;
    for (Expr term : node.arguments()) {
      Formula formula =
          strip || !first
              ? Broadcast.set(factor, term, inside)
              : ProductPresentation.scaled(factor, term, inside);
      first = false;
      boolean minus = formula instanceof Formula.Negative;
      Formula bare = formula instanceof Formula.Negative negated ? negated.operand() : formula;
      List<Formula.Term> inner =
          bare instanceof Formula.Sum sum ? sum.terms() : List.of(new Formula.Term(false, bare));
      for (Formula.Term part : inner) {
        boolean minused = part.negative() != minus;
        (minused ? negative : positive).add(new Formula.Term(minused, part.formula()));
      }
    }
    positive.addAll(negative);
    return new Formula.Sum(positive);
  }

  /**
   * Returns what {@code sum} takes of {@code number} in front of it so that it is shorter to read:
   * all that cancels a denominator, or else a sign that leaves no more signs inside.
   */
  static Rational absorbed(Apply sum, Rational number) {
    int negatives = 0;
    boolean cancels = false;
    for (Expr term : sum.arguments()) {
      Rational own = number(term);
      negatives += own.signum() < 0 ? 1 : 0;
      boolean integers = own.isInteger() && number.isInteger();
      cancels |= !integers && own.times(number).isInteger();
    }
    if (cancels) {
      return number;
    }
    boolean turns = number.signum() < 0 && 2 * negatives >= sum.arguments().size();
    return turns ? Rational.MINUS_ONE : Rational.ONE;
  }

  private static Rational number(Expr term) {
    if (term instanceof Apply apply && apply.operator() instanceof Operator.Scale scale) {
      return scale.factor();
    }
    return term instanceof Constant constant && constant.value() instanceof Constant.Value.Fill fill
        ? fill.value()
        : Rational.ONE;
  }

  /** Counts the transposes it takes to write {@code operands}, or their transposes. */
  static int primes(List<Expr> operands, boolean flip) {
    int primes = 0;
    for (Expr operand : operands) {
      Expr bare =
          operand instanceof Apply apply && apply.operator() instanceof Operator.Scale
              ? apply.argument(0)
              : operand;
      boolean transposed = bare instanceof Apply apply && apply.operator() == Primitive.TRANSPOSE;
      Expr base = transposed ? ((Apply) bare).argument(0) : bare;
      if (!Broadcast.isBroadcast(bare)) {
        boolean chain = base instanceof Apply product && product.operator() == Primitive.PRODUCT;
        primes +=
            chain
                ? factorPrimes(((Apply) base).arguments(), transposed != flip)
                : prime(bare, flip);
      }
    }
    return primes;
  }

  private static int factorPrimes(List<Expr> factors, boolean flip) {
    int primes = 0;
    for (Expr factor : factors) {
      primes += factor instanceof Constant ? 0 : prime(factor, flip);
    }
    return primes;
  }

  private static int prime(Expr node, boolean flip) {
    if (Presentation.isOwnTranspose(node)) {
      return 0;
    }
    boolean transposed = node instanceof Apply apply && apply.operator() == Primitive.TRANSPOSE;
    boolean turned = transposed != flip;
    Expr base = transposed ? ((Apply) node).argument(0) : node;
    if (base instanceof Apply sum && sum.operator() == Primitive.SUM) {
      int here = primes(sum.arguments(), false);
      return turned ? Math.min(primes(sum.arguments(), true), here + 1) : here;
    }
    if (base instanceof Apply stacked
        && (stacked.operator() instanceof Operator.AxisSum
            || stacked.operator() instanceof Operator.NewAxis)) {
      return primes(stacked.arguments(), turned);
    }
    return turned ? 1 : 0;
  }
}
