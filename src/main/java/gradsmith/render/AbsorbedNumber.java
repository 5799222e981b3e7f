package gradsmith.render;

import gradsmith.expr.Apply;
import gradsmith.expr.Expr;
import gradsmith.expr.Operator.Primitive;
import gradsmith.expr.Rational;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a sum among the factors of a product takes of the number in front, so that it is shorter to
 * read. It is taken once, where the sum is set as a factor.
 */
final class AbsorbedNumber {

  /** Nothing is taken. */
  static final AbsorbedNumber NONE = new AbsorbedNumber(Rational.ONE, null);

  private final Rational number;

  /** The sum that takes the number and has not been set yet. */
  private @Nullable Apply absorbing;

  private AbsorbedNumber(Rational number, @Nullable Apply absorbing) {
    this.number = number;
    this.absorbing = absorbing;
  }

  /** Returns what the first sum among {@code factors} that needs some of {@code number} takes. */
  static AbsorbedNumber of(Rational number, List<Expr> factors) {
    if (number.isOne()) {
      return NONE;
    }
    List<Expr> candidates = new ArrayList<>(factors);
    boolean single =
        factors.size() == 1 || factors.get(factors.size() - 2).shape().isScalarMatrix();
    if (single
        && factors.getLast() instanceof Apply entries
        && entries.operator() == Primitive.HADAMARD) {
      candidates.addAll(entries.arguments());
    }
    for (Expr factor : candidates) {
      if (Presentation.untransposed(factor) instanceof Apply sum
          && sum.operator() == Primitive.SUM) {
        Rational absorbed = SumPresentation.absorbed(sum, number);
        if (!absorbed.isOne()) {
          return new AbsorbedNumber(absorbed, sum);
        }
      }
    }
    return NONE;
  }

  /** Tells whether {@code node} is the sum that takes the number. */
  boolean isFor(Expr node) {
    return node == absorbing;
  }

  /** Sets {@code factor}, or its transpose, with the number if it is the sum that takes it. */
  Formula set(Expr factor, boolean flip) {
    Expr bare = Presentation.untransposed(factor);
    if (absorbing != null && bare == absorbing) {
      Formula set = SumPresentation.set(absorbing, (bare != factor) != flip, number);
      absorbing = null;
      return set;
    }
    return Presentation.set(factor, flip);
  }

  /** Returns what is left of {@code all} in front, once the factors are set. */
  Rational rest(Rational all) {
    boolean unset = absorbing != null; // the sum was set as a part of something else
    return unset || number.isOne() ? all : all.times(number.reciprocal());
  }
}
