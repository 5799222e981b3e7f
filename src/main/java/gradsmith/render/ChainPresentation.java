package gradsmith.render;

import gradsmith.expr.Apply;
import gradsmith.expr.Constant;
import gradsmith.expr.Expr;
import gradsmith.expr.Operator.Primitive;
import gradsmith.expr.Rational;
import gradsmith.shape.Polynomial;
import java.util.ArrayList;
import java.util.List;

/**
 * Sets chains of matrices: ones at their ends and inside become rowsum and colsum, equal neighbours
 * a power.
 */
final class ChainPresentation {

  private final AbsorbedNumber absorbed;
  private final List<Formula> factors = new ArrayList<>();

  private ChainPresentation(AbsorbedNumber absorbed) {
    this.absorbed = absorbed;
  }

  /** Returns the factors of {@code chain}, or of its transpose. */
  static List<Formula> set(List<Expr> chain, boolean flip, AbsorbedNumber absorbed) {
    if (!flip) {
      return inOrder(chain, false, absorbed);
    }
    boolean inside = primesWhenFlipped(chain) < chain.size();
    if (!inside
        && (chain.size() > 2
            || chain.get(0) == chain.get(1)
            || Broadcast.isOnes(chain.getFirst()))) {
      return List.of(new Formula.Transpose(alone(chain)));
    }
    return inOrder(new ArrayList<>(chain).reversed(), true, absorbed);
  }

  /** Sets a {@code chain} that takes no number. */
  static Formula alone(List<Expr> chain) {
    return ProductPresentation.join(inOrder(chain, false, AbsorbedNumber.NONE));
  }

  /** Returns the factors of {@code matrices}, each transposed if {@code flip}. */
  private static List<Formula> inOrder(List<Expr> matrices, boolean flip, AbsorbedNumber absorbed) {
    ChainPresentation chain = new ChainPresentation(absorbed);
    chain.addRuns(matrices, flip);
    return chain.factors;
  }

  private static int primesWhenFlipped(List<Expr> chain) {
    int primes = 0;
    boolean ones = false;
    for (Expr factor : chain) {
      boolean transposed = factor instanceof Apply apply && apply.operator() == Primitive.TRANSPOSE;
      ones |= Broadcast.isOnes(factor);
      if (!transposed && !(factor instanceof Constant) && !Presentation.isOwnTranspose(factor)) {
        primes++;
      }
    }
    return ones && primes == chain.size() - 1 ? chain.size() : primes;
  }

  private void addRuns(List<Expr> matrices, boolean flip) {
    if (matrices.size() == 2 && matrices.stream().allMatch(Broadcast::isOnes)) {
      List<Polynomial> axes = new ArrayList<>(matrices.getFirst().shape().leading());
      axes.add(length(matrices.get(0), true, flip));
      axes.add(length(matrices.get(1), false, flip));
      factors.add(Presentation.ones(axes));
      return;
    }
    int start = 0;
    while (start < matrices.size()) {
      boolean sumRows = isOnesRowHere(matrices.get(start), flip) && start + 1 < matrices.size();
      int from = sumRows ? start + 1 : start;
      int end = from;
      while (end < matrices.size()
          && !(end > from && isOnesRowHere(matrices.get(end), flip))
          && !isOnesColumnHere(matrices.get(end), flip)) {
        end++;
      }
      boolean sumColumns =
          end < matrices.size() && end > from && isOnesColumnHere(matrices.get(end), flip);
      if (end == from) {
        factors.add(
            Presentation.set(matrices.get(start), flip)); // ones with nothing beside them to sum
        start++;
        continue;
      }
      List<Formula> run = run(matrices.subList(from, end), flip);
      Polynomial rows = length(matrices.get(from), true, flip);
      Polynomial columns = length(matrices.get(end - 1), false, flip);
      if (sumRows && sumColumns) {
        factors.add(
            total(
                ProductPresentation.join(run),
                rows,
                columns,
                isStacked(matrices.subList(from, end))));
      } else if (sumRows) {
        factors.add(
            new Formula.Reduction(
                Formula.Reduction.Axis.COLUMN,
                List.of(rows),
                false,
                ProductPresentation.join(run)));
      } else if (sumColumns) {
        factors.add(
            new Formula.Reduction(
                Formula.Reduction.Axis.ROW,
                List.of(columns),
                false,
                ProductPresentation.join(run)));
      } else {
        factors.addAll(run);
      }
      start = sumColumns ? end + 1 : end;
    }
  }

  /** Sums the entries of one matrix, or of each matrix of a stack. */
  private static Formula total(
      Formula matrix, Polynomial rows, Polynomial columns, boolean stacked) {
    if (!stacked) {
      return new Formula.Reduction(
          Formula.Reduction.Axis.ALL, List.of(rows, columns), false, matrix);
    }
    Formula row =
        new Formula.Reduction(Formula.Reduction.Axis.ROW, List.of(columns), false, matrix);
    return new Formula.Reduction(Formula.Reduction.Axis.COLUMN, List.of(rows), false, row);
  }

  private static boolean isStacked(List<Expr> matrices) {
    for (Expr matrix : matrices) {
      if (!matrix.shape().leading().isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private static Polynomial length(Expr matrix, boolean rows, boolean flip) {
    return rows != flip ? matrix.shape().rows() : matrix.shape().columns();
  }

  private static boolean isOnesRowHere(Expr factor, boolean flip) {
    return flip ? Broadcast.isOnesColumn(factor) : Broadcast.isOnesRow(factor);
  }

  private static boolean isOnesColumnHere(Expr factor, boolean flip) {
    return flip ? Broadcast.isOnesRow(factor) : Broadcast.isOnesColumn(factor);
  }

  /** Sets a run of matrices; equal neighbours become a power. */
  private List<Formula> run(List<Expr> matrices, boolean flip) {
    List<Formula> result = new ArrayList<>();
    int i = 0;
    while (i < matrices.size()) {
      int count = 1;
      while (i + count < matrices.size() && matrices.get(i + count) == matrices.get(i)) {
        count++;
      }
      // A power that took the number would take it as often.
      result.add(
          count == 1
              ? absorbed.set(matrices.get(i), flip)
              : new Formula.Power(
                  Presentation.set(matrices.get(i), flip),
                  new Formula.Numeral(Rational.of(count)),
                  false));
      i += count;
    }
    return result;
  }
}
