package gradsmith.render;

import gradsmith.expr.Apply;
import gradsmith.expr.Expr;
import gradsmith.expr.Operator;
import gradsmith.expr.Operator.Primitive;
import java.util.ArrayList;
import java.util.List;

/** Sets sums: positive terms first, repeated rows and numbers without their ones. */
final class SumPresentation {

  private SumPresentation() {}

  /**
   * Sets {@code node}, a sum, transposed if {@code flip} and with all signs turned if {@code
   * negate}.
   */
  static Formula set(Apply node, boolean flip, boolean negate) {
    boolean inside = flip && primes(node.arguments(), true) <= primes(node.arguments(), false);
    if (flip && !inside) {
      return new Formula.Transpose(set(node, false, negate));
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
          strip || !first ? Broadcast.set(term, inside) : Presentation.set(term, inside);
      first = false;
      boolean minus = formula instanceof Formula.Negative != negate;
      Formula bare = formula instanceof Formula.Negative minused ? minused.operand() : formula;
      (minus ? negative : positive).add(new Formula.Term(minus, bare));
    }
    positive.addAll(negative);
    return new Formula.Sum(positive);
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
      primes += factor instanceof gradsmith.expr.Constant ? 0 : prime(factor, flip);
    }
    return primes;
  }

  private static int prime(Expr node, boolean flip) {
    boolean transposed = node instanceof Apply apply && apply.operator() == Primitive.TRANSPOSE;
    return !Presentation.isOwnTranspose(node) && transposed != flip ? 1 : 0;
  }

  /** Counts the negative terms of a sum. */
  static int negatives(Apply sum) {
    int count = 0;
    for (Expr term : sum.arguments()) {
      if (term instanceof Apply apply
              && apply.operator() instanceof Operator.Scale scale
              && scale.factor().signum() < 0
          || term instanceof gradsmith.expr.Constant constant
              && constant.value() instanceof gradsmith.expr.Constant.Value.Fill fill
              && fill.value().signum() < 0) {
        count++;
      }
    }
    return count;
  }
}
