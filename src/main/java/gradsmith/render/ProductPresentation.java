package gradsmith.render;

import gradsmith.expr.Apply;
import gradsmith.expr.Constant;
import gradsmith.expr.Expr;
import gradsmith.expr.Operator;
import gradsmith.expr.Operator.Primitive;
import gradsmith.expr.Rational;
import gradsmith.expr.Vectors;
import gradsmith.shape.Dimension;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
    Parts parts = new Parts(number);
    int scalars = Broadcast.scalars(factors);
    List<Expr> chain = new ArrayList<>(factors.subList(scalars, factors.size()));
    parts.absorbNumber(factors);
    for (Expr scalar : factors.subList(0, scalars)) {
      parts.addScalar(scalar);
    }
    if (chain.size() == 1) {
      parts.addMatrix(chain.getFirst(), flip);
    } else if (!chain.isEmpty()) {
      parts.addChain(chain, flip);
    }
    return parts.build();
  }

  /** The pieces of a product. */
  private static final class Parts {
    private Rational number;
    private @Nullable Apply absorbing;
    private Rational absorbed = Rational.ONE;
    private final List<Formula> factors = new ArrayList<>();
    private final List<Formula> divisors = new ArrayList<>();

    /** The dimensions among the divisors. */
    private final List<Dimension> lengths = new ArrayList<>();

    private Formula.@Nullable Hadamard hadamard;

    Parts(Rational number) {
      this.number = number;
    }

    /** Lets a sum among the factors take of the number in front what makes it shorter. */
    void absorbNumber(List<Expr> all) {
      if (number.isOne()) {
        return;
      }
      List<Expr> candidates = new ArrayList<>(all);
      boolean single = all.size() == 1 || all.get(all.size() - 2).shape().isScalarMatrix();
      if (single
          && all.getLast() instanceof Apply entries
          && entries.operator() == Primitive.HADAMARD) {
        candidates.addAll(entries.arguments());
      }
      for (Expr factor : candidates) {
        if (untransposed(factor) instanceof Apply sum && sum.operator() == Primitive.SUM) {
          absorbed = SumPresentation.absorbed(sum, number);
          if (!absorbed.isOne()) {
            absorbing = sum;
            number = number.times(absorbed.reciprocal());
            return;
          }
        }
      }
    }

    private static Expr untransposed(Expr node) {
      return node instanceof Apply apply && apply.operator() == Primitive.TRANSPOSE
          ? apply.argument(0)
          : node;
    }

    private Formula setFactor(Expr factor, boolean flip) {
      boolean transposed = factor instanceof Apply apply && apply.operator() == Primitive.TRANSPOSE;
      Expr bare = transposed ? ((Apply) factor).argument(0) : factor;
      if (absorbing != null && bare == absorbing) {
        Formula set = SumPresentation.set(absorbing, transposed != flip, absorbed);
        absorbing = null;
        return set;
      }
      return Presentation.set(factor, flip);
    }

    void addScalar(Expr scalar) {
      if (scalar instanceof Apply apply && apply.operator() == Primitive.POWER) {
        Rational exponent = exponent(apply);
        if (exponent != null && exponent.signum() < 0) {
          if (exponent.equals(Rational.MINUS_ONE)
              && apply.argument(0) instanceof Constant constant
              && constant.value() instanceof Constant.Value.Size size) {
            lengths.add(size.dimension());
          }
          divisors.add(power(apply.argument(0), exponent.negated(), false));
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
        Parts inner = new Parts(Rational.ONE);
        inner.addChain(apply.arguments(), false);
        return inner.build();
      }
      return apply.operator() == Primitive.POWER ? powerOf(apply, false) : setFactor(scalar, false);
    }

    /** Adds the only matrix: an elementwise product keeps its divisors as divisors. */
    void addMatrix(Expr matrix, boolean flip) {
      if (matrix instanceof Apply apply && apply.operator() == Primitive.HADAMARD) {
        Formula entries = entrywise(apply, flip);
        if (entries instanceof Formula.Hadamard product && factors.isEmpty()) {
          hadamard = product;
        } else {
          factors.add(entries);
        }
      } else if (matrix instanceof Apply apply && apply.operator() == Primitive.POWER) {
        Formula power = powerOf(apply, flip);
        if (power instanceof Formula.Hadamard product && factors.isEmpty()) {
          hadamard = product;
        } else {
          factors.add(power);
        }
      } else {
        Formula set = setFactor(matrix, flip);
        factors.addAll(set instanceof Formula.Product product ? product.factors() : List.of(set));
      }
    }

    private Formula entrywise(Apply product, boolean flip) {
      boolean inside =
          flip
              && SumPresentation.primes(product.arguments(), true)
                  <= SumPresentation.primes(product.arguments(), false);
      if (flip && !inside) {
        return new Formula.Transpose(entrywise(product, false));
      }
      List<Formula> numerators = new ArrayList<>();
      List<Formula> denominators = new ArrayList<>();
      List<Expr> ordered = fullFirst(product.arguments());
      Formula outer = outerProduct(ordered, inside);
      if (outer != null) {
        numerators.add(outer);
        ordered = ordered.stream().filter(factor -> !Broadcast.isBroadcast(factor)).toList();
      }
      boolean strip = ordered.stream().anyMatch(factor -> !Broadcast.isBroadcast(factor));
      strip &= !startsWithRowAndColumn(ordered);
      for (Expr factor : ordered) {
        addEntry(factor, inside, strip, numerators, denominators);
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
        Expr bare = untransposed(factor);
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
          untransposed(node) instanceof Apply power && power.operator() == Primitive.POWER
              ? exponent(power)
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
              || (untransposed(factor) instanceof Apply apply
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
        } else if (!(untransposed(factor) instanceof Apply apply
            && apply.operator() == Primitive.POWER)) {
          return false;
        }
      }
      return broadcast > 1;
    }

    private void addEntry(
        Expr factor,
        boolean flip,
        boolean strip,
        List<Formula> numerators,
        List<Formula> denominators) {
      boolean transposed = factor instanceof Apply apply && apply.operator() == Primitive.TRANSPOSE;
      Expr bare = transposed ? ((Apply) factor).argument(0) : factor;
      boolean turn = transposed != flip;
      if (bare instanceof Apply apply && apply.operator() == Primitive.POWER) {
        Rational exponent = exponent(apply);
        if (exponent != null && exponent.signum() < 0) {
          denominators.add(power(apply.argument(0), exponent.negated(), turn));
          return;
        }
      }
      Expr repeated = strip && Broadcast.isBroadcast(factor) ? repeated(bare) : null;
      if (repeated != null && isReciprocal(repeated) && isTold(bare, repeated, turn)) {
        Apply power = (Apply) untransposed(repeated);
        boolean turned = turn != (repeated != power);
        Rational exponent = Objects.requireNonNull(exponent(power));
        denominators.add(power(power.argument(0), exponent.negated(), turned));
        return;
      }
      numerators.add(
          absorbing == bare
              ? setFactor(factor, flip)
              : strip ? Broadcast.set(factor, flip) : Presentation.set(factor, flip));
    }

    /** Tells whether a reader can tell if what is {@code repeated}, or turned, is row or column. */
    private static boolean isTold(Expr bare, Expr repeated, boolean turned) {
      boolean column = ((Apply) bare).argument(0) == repeated;
      boolean square = bare.shape().rows().equals(bare.shape().columns());
      return !square || (column ? !Vectors.isVector(repeated) : !turned);
    }

    /** Adds a chain of matrices: ones at its ends and inside become rowsum and colsum. */
    void addChain(List<Expr> chain, boolean flip) {
      List<Expr> matrices = chain;
      boolean turn = flip;
      if (flip && primesWhenFlipped(chain) < chain.size()) {
        matrices = new ArrayList<>(chain).reversed();
      } else if (flip
          && (chain.size() > 2
              || chain.get(0) == chain.get(1)
              || Broadcast.isOnes(chain.getFirst()))) {
        Parts inner = new Parts(Rational.ONE);
        inner.addChain(chain, false);
        factors.add(new Formula.Transpose(inner.build()));
        return;
      } else if (flip) {
        matrices = new ArrayList<>(chain).reversed();
      }
      addRuns(matrices, turn);
    }

    private static int primesWhenFlipped(List<Expr> chain) {
      int primes = 0;
      boolean ones = false;
      for (Expr factor : chain) {
        boolean transposed =
            factor instanceof Apply apply && apply.operator() == Primitive.TRANSPOSE;
        ones |= Broadcast.isOnes(factor);
        if (!transposed && !(factor instanceof Constant) && !Presentation.isOwnTranspose(factor)) {
          primes++;
        }
      }
      return ones && primes == chain.size() - 1 ? chain.size() : primes;
    }

    private void addRuns(List<Expr> matrices, boolean flip) {
      if (matrices.size() == 2 && matrices.stream().allMatch(Broadcast::isOnes)) {
        List<Dimension> axes = new ArrayList<>(matrices.getFirst().shape().leading());
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
        Dimension rows = length(matrices.get(from), true, flip);
        Dimension columns = length(matrices.get(end - 1), false, flip);
        if (sumRows && sumColumns) {
          factors.add(total(join(run), rows, columns, isStacked(matrices.subList(from, end))));
        } else if (sumRows) {
          factors.add(
              new Formula.Reduction(
                  Formula.Reduction.Axis.COLUMN, List.of(rows), false, join(run)));
        } else if (sumColumns) {
          factors.add(
              new Formula.Reduction(
                  Formula.Reduction.Axis.ROW, List.of(columns), false, join(run)));
        } else {
          factors.addAll(run);
        }
        start = sumColumns ? end + 1 : end;
      }
    }

    /** Sums the entries of one matrix, or of each matrix of a stack. */
    private static Formula total(
        Formula matrix, Dimension rows, Dimension columns, boolean stacked) {
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

    private static Dimension length(Expr matrix, boolean rows, boolean flip) {
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
        Formula factor = setFactor(matrices.get(i), flip);
        result.add(
            count == 1
                ? factor
                : new Formula.Power(factor, new Formula.Numeral(Rational.of(count)), false));
        i += count;
      }
      return result;
    }

    Formula build() {
      if (absorbing != null) { // it was set as a part of something else
        number = number.times(absorbed);
      }
      boolean negative = number.signum() < 0;
      Rational size = negative ? number.negated() : number;
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
        Means.Taken taken = Means.take(result, lengths);
        if (taken == null) {
          break;
        }
        result = taken.formula();
        for (Dimension length : taken.lengths()) {
          lengths.remove(length);
          divisors.remove(Presentation.dimension(length));
        }
      }
      return result;
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

    private static Formula join(List<Formula> factors) {
      return factors.size() == 1 ? factors.getFirst() : new Formula.Product(List.copyOf(factors));
    }
  }

  private static @Nullable Rational exponent(Apply power) {
    return power.argument(1) instanceof Constant constant
            && constant.value() instanceof Constant.Value.Fill fill
        ? fill.value()
        : null;
  }

  /** Sets a power that stands alone. */
  private static Formula powerOf(Apply node, boolean flip) {
    Rational exponent = exponent(node);
    if (exponent == null) {
      return new Formula.Power(
          Presentation.set(node.argument(0), flip),
          Presentation.set(node.argument(1), false),
          !node.shape().isScalarMatrix());
    }
    if (exponent.signum() > 0) {
      return power(node.argument(0), exponent, flip);
    }
    Formula divisor = power(node.argument(0), exponent.negated(), flip);
    return node.shape().isScalarMatrix()
        ? new Formula.Quotient(new Formula.Numeral(Rational.ONE), divisor)
        : new Formula.Hadamard(List.of(), List.of(divisor));
  }

  private static Formula power(Expr base, Rational exponent, boolean flip) {
    Formula formula = Presentation.set(base, flip);
    if (exponent.isOne()) {
      return formula;
    }
    if (exponent.equals(Rational.of(1, 2))) {
      return new Formula.Call("sqrt", 0, List.of(formula));
    }
    return new Formula.Power(
        formula, new Formula.Numeral(exponent), !base.shape().isScalarMatrix());
  }
}
