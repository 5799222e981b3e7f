package gradsmith.render;

import gradsmith.expr.Apply;
import gradsmith.expr.Expr;
import gradsmith.expr.Operator.Primitive;
import gradsmith.expr.Rational;
import gradsmith.expr.Vectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Sets elementwise products: negative powers become divisors, and what is repeated stands without
 * its ones beside a matrix, or as u v'.
 */
final class HadamardPresentation {

  private final AbsorbedNumber absorbed;
  private final List<Formula> numerators = new ArrayList<>();
  private final List<Formula> denominators = new ArrayList<>();

  private HadamardPresentation(AbsorbedNumber absorbed) {
    this.absorbed = absorbed;
  }

  /** Sets {@code product}, or its transpose. */
  static Formula set(Apply product, boolean flip, AbsorbedNumber absorbed) {
    boolean inside =
        flip
            && SumPresentation.primes(product.arguments(), true)
                <= SumPresentation.primes(product.arguments(), false);
    Formula entries = new HadamardPresentation(absorbed).entrywise(product.arguments(), inside);
    return flip && !inside ? new Formula.Transpose(entries) : entries;
  }

  private Formula entrywise(List<Expr> factors, boolean flip) {
    List<Expr> ordered = fullFirst(factors);
    Formula outer = outerProduct(ordered, flip);
    if (outer != null) {
      numerators.add(outer);
      ordered = ordered.stream().filter(factor -> !Broadcast.isBroadcast(factor)).toList();
    }
    boolean strip = ordered.stream().anyMatch(factor -> !Broadcast.isBroadcast(factor));
    strip &= !startsWithRowAndColumn(ordered);
    for (Expr factor : ordered) {
      addEntry(factor, flip, strip);
    }
    return numerators.size() == 1 && denominators.isEmpty()
        ? numerators.getFirst()
        : new Formula.Hadamard(numerators, denominators);
  }

  /** Returns u v' if u 1' and 1 v' are the only repeated among {@code factors}, else null. */
  private static @Nullable Formula outerProduct(List<Expr> factors, boolean flip) {
    Formula column = null;
    Formula row = null;
    for (Expr factor : factors) {
      if (!Broadcast.isBroadcast(factor)) {
        continue;
      }
      Expr bare = Presentation.untransposed(factor);
      boolean turned = (bare != factor) != flip;
      Expr repeated = repeated(bare);
      if (repeated == null || isReciprocal(repeated)) {
        return null;
      }
      Formula set = Presentation.set(repeated, turned);
      if (Broadcast.isOnesRow(((Apply) bare).argument(1)) != turned) {
        column = column == null ? set : null;
      } else {
        row = row == null ? set : null;
      }
    }
    if (column == null || row == null) {
      return null;
    }
    List<Formula> sides = new ArrayList<>();
    for (Formula side : List.of(column, row)) {
      sides.addAll(side instanceof Formula.Product chain ? chain.factors() : List.of(side));
    }
    return new Formula.Product(sides);
  }

  private static boolean isReciprocal(Expr node) {
    Rational exponent =
        Presentation.untransposed(node) instanceof Apply power
                && power.operator() == Primitive.POWER
            ? PowerPresentation.exponent(power)
            : null;
    return exponent != null && exponent.signum() < 0;
  }

  /** Returns c of a repeated column c 1', or r of a repeated row 1 r, else null. */
  private static @Nullable Expr repeated(Expr bare) {
    if (!(bare instanceof Apply apply)
        || apply.operator() != Primitive.PRODUCT
        || apply.arguments().size() != 2) {
      return null;
    }
    if (Broadcast.isOnesRow(apply.argument(1))) {
      return apply.argument(0);
    }
    return Broadcast.isOnesColumn(apply.argument(0)) ? apply.argument(1) : null;
  }

  /** A row times a column is read only beside a matrix: where both are, that goes first. */
  private static List<Expr> fullFirst(List<Expr> factors) {
    List<Expr> full = new ArrayList<>(factors);
    full.removeIf(factor ->
        Broadcast.isBroadcast(factor)
            || (Presentation.untransposed(factor) instanceof Apply apply
                && apply.operator() == Primitive.POWER));
    if (factors.size() - full.size() < 2 || full.isEmpty()) {
      return factors;
    }
    List<Expr> ordered = new ArrayList<>(factors);
    ordered.remove(full.getFirst());
    ordered.addFirst(full.getFirst());
    return ordered;
  }

  private static boolean startsWithRowAndColumn(List<Expr> factors) {
    int broadcast = 0;
    for (Expr factor : factors) {
      if (Broadcast.isBroadcast(factor)) {
        broadcast++;
      } else if (!(Presentation.untransposed(factor) instanceof Apply apply
          && apply.operator() == Primitive.POWER)) {
        return false;
      }
    }
    return broadcast > 1;
  }

  private void addEntry(Expr factor, boolean flip, boolean strip) {
    Expr bare = Presentation.untransposed(factor);
    boolean turn = (bare != factor) != flip;
    if (bare instanceof Apply apply && apply.operator() == Primitive.POWER) {
      Rational exponent = PowerPresentation.exponent(apply);
      if (exponent != null && exponent.signum() < 0) {
        denominators.add(PowerPresentation.power(apply.argument(0), exponent.negated(), turn));
        return;
      }
    }
    Expr repeated = strip && Broadcast.isBroadcast(factor) ? repeated(bare) : null;
    if (repeated != null && isReciprocal(repeated) && isTold(bare, repeated, turn)) {
      Apply power = (Apply) Presentation.untransposed(repeated);
      boolean turned = turn != (repeated != power);
      Rational exponent = Objects.requireNonNull(PowerPresentation.exponent(power));
      denominators.add(PowerPresentation.power(power.argument(0), exponent.negated(), turned));
      return;
    }
    numerators.add(
        absorbed.isFor(bare)
            ? absorbed.set(factor, flip)
            : strip ? Broadcast.set(factor, flip) : Presentation.set(factor, flip));
  }

  /** Tells whether a reader can tell if what is {@code repeated}, or turned, is row or column. */
  private static boolean isTold(Expr bare, Expr repeated, boolean turned) {
    boolean column = ((Apply) bare).argument(0) == repeated;
    boolean square = bare.shape().rows().equals(bare.shape().columns());
    return !square || (column ? !Vectors.isVector(repeated) : !turned);
  }
}
