package gradsmith.evaluate;

import java.util.Arrays;
import java.util.List;

/**
 * The operators of the algebra on tensors of one field. Leading axes align from the right and
 * broadcast, as in NumPy.
 *
 * @param <A> an array of numbers of the field
 */
final class TensorAlgebra<A> {

  private final Field<A> field;

  TensorAlgebra(Field<A> field) {
    this.field = field;
  }

  /** Returns the sum of terms of equal rows and columns. */
  Tensor<A> sum(List<Tensor<A>> terms) {
    Tensor<A> result = terms.getFirst();
    for (Tensor<A> term : terms.subList(1, terms.size())) {
      int[] axes = Axes.broadcast(result.sharedAxes(), term.sharedAxes());
      result = new Tensor<>(axes, field.add(expand(result, axes), expand(term, axes)));
    }
    return result;
  }

  /** Returns the elementwise product. */
  Tensor<A> hadamard(List<Tensor<A>> factors) {
    Tensor<A> result = factors.getFirst();
    for (Tensor<A> factor : factors.subList(1, factors.size())) {
      result = hadamard(result, factor);
    }
    return result;
  }

  private Tensor<A> hadamard(Tensor<A> a, Tensor<A> b) {
    int[] axes = Axes.broadcast(a.sharedAxes(), b.sharedAxes());
    return new Tensor<>(axes, field.multiply(expand(a, axes), expand(b, axes)));
  }

  /** Returns the matrix product, from left to right; what is 1×1 by then scales the rest. */
  Tensor<A> product(List<Tensor<A>> factors) {
    Tensor<A> result = factors.getFirst();
    for (Tensor<A> factor : factors.subList(1, factors.size())) {
      boolean scaling = isScalarMatrix(result) || isScalarMatrix(factor);
      result = scaling ? hadamard(result, factor) : product(result, factor);
    }
    return result;
  }

  private static boolean isScalarMatrix(Tensor<?> tensor) {
    return tensor.rows() == 1 && tensor.columns() == 1;
  }

  Tensor<A> product(Tensor<A> a, Tensor<A> b) {
    if (a.columns() != b.rows()) {
      throw new IllegalArgumentException("cannot multiply " + a + " and " + b);
    }
    int[] firstLeading = Axes.leading(a.sharedAxes());
    int[] secondLeading = Axes.leading(b.sharedAxes());
    int[] leading = Axes.broadcast(firstLeading, secondLeading);
    A entries =
        field.matrixProducts(
            a.entries(),
            Axes.broadcastIndex(firstLeading, leading),
            b.entries(),
            Axes.broadcastIndex(secondLeading, leading),
            a.rows(),
            a.columns(),
            b.columns());
    return new Tensor<>(Axes.append(leading, a.rows(), b.columns()), entries);
  }

  Tensor<A> scale(Tensor<A> a, double factor) {
    return new Tensor<>(a.sharedAxes(), field.scale(a.entries(), factor));
  }

  Tensor<A> transpose(Tensor<A> a) {
    return withMatrices(a, a.columns(), a.rows(), transposedEntries(a));
  }

  /** Returns the columns of each matrix stacked: row by row, the entries of the transpose. */
  Tensor<A> vec(Tensor<A> a) {
    return withMatrices(a, a.rows() * a.columns(), 1, transposedEntries(a));
  }

  private A transposedEntries(Tensor<A> a) {
    return a.rows() == 1 || a.columns() == 1
        ? a.entries()
        : field.gather(a.entries(), Axes.transposeIndex(a.matrices(), a.rows(), a.columns()));
  }

  Tensor<A> power(Tensor<A> base, Tensor<A> exponent) {
    int[] axes = Axes.broadcast(base.sharedAxes(), exponent.sharedAxes());
    return new Tensor<>(axes, field.power(expand(base, axes), expand(exponent, axes)));
  }

  Tensor<A> total(Tensor<A> a) {
    return new Tensor<>(new int[] {1, 1}, field.sums(a.entries(), 1, a.size(), 1));
  }

  Tensor<A> trace(Tensor<A> a) {
    Tensor<A> diagonal = diagonal(a);
    return withMatrices(a, 1, 1, field.sums(diagonal.entries(), a.matrices(), a.rows(), 1));
  }

  Tensor<A> diagonal(Tensor<A> a) {
    int[] index = Axes.diagonalIndex(a.matrices(), a.rows());
    return withMatrices(a, a.rows(), 1, field.gather(a.entries(), index));
  }

  Tensor<A> diagonalMatrix(Tensor<A> a) {
    int[] index = Axes.diagonalMatrixIndex(a.matrices(), a.rows());
    return withMatrices(a, a.rows(), a.rows(), field.gather(a.entries(), index));
  }

  /** Returns A ⊗ B: the elementwise product of r×1×c×1 and 1×p×1×q, read as rp×cq. */
  Tensor<A> kronecker(Tensor<A> a, Tensor<A> b) {
    int[] firstAxes = Axes.append(Axes.leading(a.sharedAxes()), a.rows(), 1, a.columns(), 1);
    int[] secondAxes = Axes.append(Axes.leading(b.sharedAxes()), 1, b.rows(), 1, b.columns());
    Tensor<A> product =
        hadamard(new Tensor<>(firstAxes, a.entries()), new Tensor<>(secondAxes, b.entries()));
    int[] axes = product.sharedAxes();
    int[] leading = Arrays.copyOf(axes, axes.length - 4);
    return new Tensor<>(
        Axes.append(leading, a.rows() * b.rows(), a.columns() * b.columns()), product.entries());
  }

  /**
   * Returns the sum over the leading axis at {@code fromRight}, which goes away or stays with
   * length 1.
   */
  Tensor<A> axisSum(Tensor<A> a, int fromRight, boolean keep) {
    int[] axes = a.sharedAxes();
    int axis = axes.length - 3 - fromRight;
    int outer = Axes.count(Arrays.copyOf(axes, axis));
    int[] after = Arrays.copyOfRange(axes, axis + 1, axes.length);
    int[] before = keep ? Axes.append(Arrays.copyOf(axes, axis), 1) : Arrays.copyOf(axes, axis);
    A entries = field.sums(a.entries(), outer, axes[axis], Axes.count(after));
    return new Tensor<>(Axes.append(before, after), entries);
  }

  /**
   * Returns {@code a} with a new leading axis of length 1, {@code fromRight} axes from the rows.
   */
  Tensor<A> newAxis(Tensor<A> a, int fromRight) {
    int[] axes = a.sharedAxes();
    int axis = axes.length - 2 - fromRight;
    int[] before = Axes.append(Arrays.copyOf(axes, axis), 1);
    return new Tensor<>(
        Axes.append(before, Arrays.copyOfRange(axes, axis, axes.length)), a.entries());
  }

  /** Returns the matrices whose columns are stacked in columns. */
  Tensor<A> unvec(Tensor<A> a, int rows, int columns) {
    // Row by row, the entries are those of the transposes.
    return transpose(withMatrices(a, /* rows= */ columns, /* columns= */ rows, a.entries()));
  }

  /**
   * Returns the sum over the blocks of G, each times its entry of B (outer), or for each block the
   * sum of its entries, each times its entry of B (inner). Blocks are seen as the axes i, k, j, l
   * of block (i, j) and entry (k, l).
   */
  Tensor<A> blockContraction(Tensor<A> g, Tensor<A> b, boolean inner, int rows, int columns) {
    int[] leading = Axes.leading(g.sharedAxes());
    int[] blocks =
        inner
            ? Axes.append(leading, rows, b.rows(), columns, b.columns())
            : Axes.append(leading, b.rows(), rows, b.columns(), columns);
    int[] factors =
        inner
            ? Axes.append(Axes.leading(b.sharedAxes()), 1, b.rows(), 1, b.columns())
            : Axes.append(Axes.leading(b.sharedAxes()), b.rows(), 1, b.columns(), 1);
    Tensor<A> product =
        hadamard(new Tensor<>(blocks, g.entries()), new Tensor<>(factors, b.entries()));
    int[] axes = product.sharedAxes();
    int[] stack = Arrays.copyOf(axes, axes.length - 4);
    int stacked = Axes.count(stack);
    A entries =
        inner
            ? field.sums(product.entries(), stacked * rows, b.rows(), columns * b.columns())
            : field.sums(product.entries(), stacked, b.rows(), rows * b.columns() * columns);
    A contracted =
        inner
            ? field.sums(entries, stacked * rows * columns, b.columns(), 1)
            : field.sums(entries, stacked * rows, b.columns(), columns);
    return new Tensor<>(Axes.append(stack, rows, columns), contracted);
  }

  /** Returns a scalar function of one or two broadcast arguments. */
  Tensor<A> apply(ScalarKernel kernel, List<Tensor<A>> arguments) {
    Tensor<A> first = arguments.getFirst();
    if (arguments.size() == 1) {
      return new Tensor<>(first.sharedAxes(), field.apply(kernel, first.entries(), null));
    }
    Tensor<A> second = arguments.get(1);
    int[] axes = Axes.broadcast(first.sharedAxes(), second.sharedAxes());
    return new Tensor<>(axes, field.apply(kernel, expand(first, axes), expand(second, axes)));
  }

  /** Returns {@code a} broadcast to {@code axes}. */
  A expand(Tensor<A> a, int[] axes) {
    return a.hasAxes(axes)
        ? a.entries()
        : field.gather(a.entries(), Axes.broadcastIndex(a.sharedAxes(), axes));
  }

  static <A> Tensor<A> withMatrices(Tensor<A> a, int rows, int columns, A entries) {
    return new Tensor<>(Axes.append(Axes.leading(a.sharedAxes()), rows, columns), entries);
  }
}
