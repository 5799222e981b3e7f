package gradsmith.algebra;

import gradsmith.algebra.Algebra.Scaled;
import gradsmith.expr.Constant;
import gradsmith.expr.Expr;
import gradsmith.expr.Operator.Primitive;
import gradsmith.expr.Rational;
import gradsmith.shape.Polynomial;
import gradsmith.shape.Shape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The normal form of matrix products: a number in front ({@link gradsmith.expr.Operator.Scale}),
 * then the 1×1 factors, powers of one base collected, then the chain of matrices. An inner product
 * inside a chain is a 1×1 factor. Ones are kept as columns and rows of ones: 1 bᵀ repeats a row.
 */
final class Products {

  private final Algebra algebra;
  private final KroneckerProducts kroneckers;

  Products(Algebra algebra, KroneckerProducts kroneckers) {
    this.algebra = algebra;
    this.kroneckers = kroneckers;
  }

  Expr product(List<Expr> factors) {
    Collected collected = new Collected();
    collected.addAll(factors);
    Shape shape = collected.shape();
    if (collected.zero) {
      return algebra.zeros(shape);
    }
    collected.pullOutInnerProducts();
    List<Expr> chain = collected.chain;
    List<Expr> scalars = collected.scalarFactors();
    Expr result;
    if (chain.isEmpty() && scalars.isEmpty()) {
      return algebra.conform(algebra.number(collected.number), shape);
    }
    if (chain.isEmpty()) {
      result = scalars.size() == 1 ? scalars.getFirst() : algebra.node(Primitive.PRODUCT, scalars);
    } else {
      result = chain(scalars, chain);
    }
    return algebra.conform(algebra.scale(collected.number, result), shape);
  }

  private Expr chain(List<Expr> scalars, List<Expr> chain) {
    if (chain.size() == 2
        && Algebra.isOnes(chain.get(0))
        && Algebra.isOnes(chain.get(1))
        && scalars.isEmpty()) {
      return algebra.ones(
          Shape.matrix(chain.get(0).shape().rows(), chain.get(1).shape().columns()));
    }
    if (chain.size() == 1 && scalars.isEmpty()) {
      return chain.getFirst();
    }
    boolean flip =
        chain.size() == 1
            ? Algebra.is(chain.getFirst(), Primitive.TRANSPOSE)
            : !KroneckerProducts.commute(chain)
                && !chain.stream().allMatch(Algebra::isOnes)
                && Orientation.shouldFlipChain(chain, algebra);
    List<Expr> factors = new ArrayList<>(scalars);
    factors.addAll(flip ? algebra.transposedChain(chain) : chain);
    Expr node = algebra.node(Primitive.PRODUCT, factors);
    return flip ? algebra.transpose(node) : node;
  }

  /** The flattened factors, sorted by kind. */
  private final class Collected {
    private Rational number = Rational.ONE;
    private boolean zero;
    private final List<Expr> scalars = new ArrayList<>();
    private List<Expr> chain = new ArrayList<>();
    private final List<Expr> dropped = new ArrayList<>();
    private @Nullable Expr pendingIdentity;

    void addAll(List<Expr> factors) {
      Deque<Expr> open = new ArrayDeque<>();
      push(open, factors);
      while (!open.isEmpty()) {
        Scaled scaled = algebra.split(open.pop());
        number = number.times(scaled.factor());
        Expr factor = scaled.base();
        Expr once = algebra.unrepeated(factor);
        if (once != factor) {
          dropped.add(factor); // the whole product is repeated instead
          open.push(once);
        } else if (Algebra.is(factor, Primitive.PRODUCT) && !isInnerProduct(factor)) {
          push(open, Algebra.arguments(factor));
        } else if (Algebra.is(factor, Primitive.TRANSPOSE)
            && Algebra.is(Algebra.arguments(factor).getFirst(), Primitive.PRODUCT)) {
          push(
              open,
              algebra.transposedChain(Algebra.arguments(Algebra.arguments(factor).getFirst())));
        } else {
          add(factor);
        }
      }
    }

    private void push(Deque<Expr> open, List<Expr> factors) {
      for (int i = factors.size() - 1; i >= 0; i--) {
        open.push(factors.get(i));
      }
    }

    private void add(Expr factor) {
      dropped.add(factor);
      if (Algebra.isZero(factor)) {
        zero = true;
      }
      if (factor.shape().isScalarMatrix()) {
        if (!Algebra.isOnes(factor)) {
          scalars.add(factor);
        }
      } else if (Algebra.isOnes(factor)) {
        addOnes(factor.shape());
      } else if (Algebra.isIdentity(factor)) {
        pendingIdentity = factor; // it counts only if no other matrix comes
      } else {
        chain.add(factor);
      }
    }

    /** Ones are a column times a row. */
    private void addOnes(Shape shape) {
      if (!shape.rows().isOne()) {
        chain.add(algebra.onesColumn(shape.rows()));
      }
      if (!shape.columns().isOne()) {
        chain.add(algebra.onesRow(shape.columns()));
      }
    }

    Shape shape() {
      if (chain.isEmpty() && pendingIdentity != null) {
        chain.add(pendingIdentity);
      }
      sumDiagonals();
      sumRepeated();
      kroneckers.join(chain);
      if (chain.isEmpty() && !dropped.isEmpty() && !dropped.getFirst().shape().isScalarMatrix()) {
        chain.add(algebra.expressions().identity(dropped.getFirst().shape().rows()));
      }
      List<Polynomial> leading = Algebra.leading(dropped);
      Polynomial rows = Polynomial.ONE;
      Polynomial columns = Polynomial.ONE;
      boolean started = false;
      for (Expr factor : chain) {
        if (!started || (rows.isOne() && columns.isOne())) {
          rows = factor.shape().rows();
          started = true;
        }
        columns = factor.shape().columns();
      }
      return new Shape(leading, rows, columns);
    }

    /** diag(x) 1 = x and 1' diag(x) = x'. */
    private void sumDiagonals() {
      for (int i = 0; i + 1 < chain.size(); i++) {
        Expr left = chain.get(i);
        Expr right = chain.get(i + 1);
        if (Algebra.is(left, Primitive.DIAGONAL_MATRIX) && Algebra.isOnesColumn(right)) {
          chain.set(i, Algebra.arguments(left).getFirst());
          chain.remove(i + 1);
          i = Math.max(-1, i - 2);
        } else if (Algebra.isOnesRow(left) && Algebra.is(right, Primitive.DIAGONAL_MATRIX)) {
          chain.set(i, algebra.transpose(Algebra.arguments(right).getFirst()));
          chain.remove(i + 1);
          i = Math.max(-1, i - 2);
        }
      }
    }

    /**
     * (A .* (c 1')) 1 = c .* (A 1), and 1' (A .* (1 r')) = (1' A) .* r'. What that gives is a
     * product again, so the chain is collected anew.
     */
    private void sumRepeated() {
      for (int i = 0; i + 1 < chain.size(); i++) {
        Expr left = chain.get(i);
        Expr right = chain.get(i + 1);
        Expr sum = null;
        if (Algebra.isOnesColumn(right)) {
          sum = rowSum(left, right);
        } else if (Algebra.isOnesRow(left)) {
          Expr turned = rowSum(algebra.transpose(right), algebra.transpose(left));
          sum = turned == null ? null : algebra.transpose(turned);
        }
        if (sum != null) {
          List<Expr> rest = chain;
          rest.set(i, sum);
          rest.remove(i + 1);
          chain = new ArrayList<>();
          addAll(rest);
          i = -1;
        }
      }
    }

    private @Nullable Expr rowSum(Expr matrix, Expr ones) {
      return Algebra.is(Algebra.untransposed(matrix), Primitive.SUM)
          ? algebra.apart(matrix, term -> algebra.product(term, ones))
          : columnsOut(matrix, ones);
    }

    private @Nullable Expr columnsOut(Expr entries, Expr ones) {
      List<Expr> columns = new ArrayList<>();
      List<Expr> rest = new ArrayList<>();
      for (Expr factor : algebra.entries(entries)) {
        Expr column = algebra.repeatedColumn(factor);
        (column == null ? rest : columns).add(column == null ? factor : column);
      }
      if (columns.isEmpty() || rest.isEmpty()) {
        return null;
      }
      columns.add(algebra.product(algebra.hadamard(rest), ones));
      return algebra.hadamard(columns);
    }

    /**
     * Moves runs of the chain that are 1×1 to the scalar factors, unless the whole chain is one.
     */
    void pullOutInnerProducts() {
      List<Integer> ones = new ArrayList<>();
      for (int bond = 0; bond <= chain.size() && !chain.isEmpty(); bond++) {
        Polynomial length =
            bond == 0 ? chain.getFirst().shape().rows() : chain.get(bond - 1).shape().columns();
        if (length.isOne()) {
          ones.add(bond);
        }
      }
      if (ones.size() < 2) {
        return;
      }
      List<Expr> rest = new ArrayList<>(chain.subList(0, ones.getFirst()));
      rest.addAll(chain.subList(ones.getLast(), chain.size()));
      List<Expr> outer = chain;
      chain = rest;
      for (int i = 1; i < ones.size(); i++) {
        Scaled inner = algebra.split(innerProduct(outer.subList(ones.get(i - 1), ones.get(i))));
        number = number.times(inner.factor());
        zero |= Algebra.isZero(inner.base());
        if (Algebra.is(inner.base(), Primitive.PRODUCT) && !isInnerProduct(inner.base())) {
          scalars.addAll(Algebra.arguments(inner.base()));
        } else if (!Algebra.isOnes(inner.base())) {
          scalars.add(inner.base());
        }
      }
    }

    /** Returns the 1×1 factors, the powers of each base collected, numbers moved to the front. */
    List<Expr> scalarFactors() {
      Map<Expr, Expr> exponents = new LinkedHashMap<>();
      for (Expr scalar : scalars) {
        boolean power = Algebra.is(scalar, Primitive.POWER);
        Expr base = power ? Algebra.arguments(scalar).get(0) : scalar;
        Expr exponent = power ? Algebra.arguments(scalar).get(1) : algebra.number(Rational.ONE);
        exponents.merge(base, exponent, algebra::sum);
      }
      List<Expr> result = new ArrayList<>();
      for (Map.Entry<Expr, Expr> entry : exponents.entrySet()) {
        Scaled scaled = algebra.split(algebra.power(entry.getKey(), entry.getValue()));
        number = number.times(scaled.factor());
        if (Algebra.is(scaled.base(), Primitive.PRODUCT) && !isInnerProduct(scaled.base())) {
          result.addAll(Algebra.arguments(scaled.base()));
        } else if (!Algebra.isOnes(scaled.base())) {
          result.add(scaled.base());
        }
      }
      return Algebra.sorted(result);
    }
  }

  /** Moves the 1×1 factors of a product to {@code scalars} and returns the rest. */
  Expr withoutScalars(Expr node, List<Expr> scalars) {
    boolean transposed = Algebra.is(node, Primitive.TRANSPOSE);
    Expr bare = transposed ? Algebra.arguments(node).getFirst() : node;
    if (!Algebra.is(bare, Primitive.PRODUCT)) {
      return node;
    }
    List<Expr> rest = new ArrayList<>();
    for (Expr factor : Algebra.arguments(bare)) {
      (factor.shape().isScalar() ? scalars : rest).add(factor);
    }
    if (rest.size() == Algebra.arguments(bare).size()) {
      return node;
    }
    Expr product = algebra.product(rest);
    return transposed ? algebra.transpose(product) : product;
  }

  /** Tells whether {@code product} is a chain of matrices that is 1×1 as a whole. */
  static boolean isInnerProduct(Expr product) {
    return product.shape().isScalarMatrix()
        && !Algebra.arguments(product).getLast().shape().isScalarMatrix();
  }

  /**
   * Returns the normal form of a chain that starts with a row and ends with a column, with no 1
   * between.
   */
  private Expr innerProduct(List<Expr> chain) {
    Expr first = chain.getFirst();
    Expr last = chain.getLast();
    if (chain.size() == 1) {
      return first;
    }
    if (chain.size() == 2 && Algebra.isOnes(first) && Algebra.isOnes(last)) {
      return algebra.size(first.shape().columns());
    }
    if ((first instanceof Constant && last instanceof Constant)
        || (chain.size() == 2 && (Algebra.isOnes(first) || Algebra.isOnes(last)))) {
      int from = Algebra.isOnes(first) ? 1 : 0;
      int to = chain.size() - (Algebra.isOnes(last) ? 1 : 0);
      Expr inner = algebra.product(chain.subList(from, to));
      if (inner.shape().leading().isEmpty()) {
        return algebra.total(inner);
      }
    }
    boolean flip = Orientation.shouldFlipChain(chain, algebra);
    return algebra.node(Primitive.PRODUCT, flip ? algebra.transposedChain(chain) : chain);
  }
}
