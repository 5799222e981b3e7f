package gradsmith.algebra;

import gradsmith.algebra.Algebra.Scaled;
import gradsmith.expr.Constant;
import gradsmith.expr.Expr;
import gradsmith.expr.Operator.Primitive;
import gradsmith.expr.Rational;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What neighbours in a matrix product become if they are Kronecker products, commutation matrices,
 * stacked columns or diagonal matrices. Commutation matrices go to the left. Source: Magnus &
 * Neudecker (2019), chapter 3.
 */
final class KroneckerProducts {

  private final Algebra algebra;

  KroneckerProducts(Algebra algebra) {
    this.algebra = algebra;
  }

  /** Returns A ⊗ B. */
  Expr kronecker(Expr a, Expr b) {
    if (a.shape().isScalarMatrix() || b.shape().isScalarMatrix()) {
      return algebra.product(a, b);
    }
    Scaled left = algebra.split(a);
    Scaled right = algebra.split(b);
    Rational number = left.factor().times(right.factor());
    if (!number.isOne()) {
      return algebra.scale(number, kronecker(left.base(), right.base()));
    }
    List<Expr> scalars = new ArrayList<>();
    Expr first = algebra.withoutScalars(a, scalars);
    Expr second = algebra.withoutScalars(b, scalars);
    if (!scalars.isEmpty()) {
      scalars.add(kronecker(first, second));
      return algebra.product(scalars);
    }
    if (Algebra.isZero(a) || Algebra.isZero(b)) {
      return algebra.zeros(algebra.expressions().apply(Primitive.KRONECKER, a, b).shape());
    }
    if (isOuter(a, b)) {
      return algebra.product(a, b);
    }
    if (isOuter(b, a)) {
      return algebra.product(b, a);
    }
    List<Expr> inner = factors(b);
    if (inner != null && (isOuter(a, inner.get(0)) || isOuter(inner.get(0), a))) {
      return kronecker(kronecker(a, inner.get(0)), inner.get(1));
    }
    if (Algebra.isIdentity(a) && Algebra.isIdentity(b)) {
      return algebra.expressions().identity(a.shape().rows().times(b.shape().rows()));
    }
    if (!Orientation.isFree(List.of(a, b), algebra)
        && Orientation.shouldFlip(List.of(a, b), algebra)) {
      return algebra.transpose(
          algebra.node(Primitive.KRONECKER, List.of(algebra.transpose(a), algebra.transpose(b))));
    }
    return algebra.node(Primitive.KRONECKER, List.of(a, b));
  }

  /** Tells whether {@code a} is a column and {@code b} a row: x ⊗ y' = x y'. */
  private static boolean isOuter(Expr a, Expr b) {
    return a.shape().columns().isOne() && b.shape().rows().isOne();
  }

  /** Replaces neighbours in {@code chain} until none can be joined. */
  void join(List<Expr> chain) {
    for (int i = 0; i + 1 < chain.size(); i++) {
      List<Expr> joined = joined(chain.get(i), chain.get(i + 1));
      if (joined != null) {
        chain.remove(i + 1);
        chain.remove(i);
        chain.addAll(i, joined);
        i = Math.max(-1, i - 2);
      }
    }
  }

  /** Tells whether {@code factors} have a commutation matrix among them. */
  static boolean commute(List<Expr> factors) {
    for (Expr factor : factors) {
      if (commutation(factor) != null) {
        return true;
      }
    }
    return false;
  }

  private @Nullable List<Expr> joined(Expr left, Expr right) {
    Constant.Value.Commutation before = commutation(left);
    Constant.Value.Commutation after = commutation(right);
    if (before != null && after != null) {
      boolean inverse =
          before.rows().equals(after.columns()) && before.columns().equals(after.rows());
      return inverse ? List.of() : null;
    }
    if (before != null) {
      List<Expr> swapped = swapped(before, factors(right));
      return swapped == null ? commuted(before, right) : swapped;
    }
    List<Expr> first = factors(left);
    if (after != null) {
      if (first != null) {
        return moved(first, after);
      }
      List<Expr> turned =
          commuted(
              /* rows= */ after.columns(), /* columns= */ after.rows(), algebra.transpose(left));
      return turned == null ? null : List.of(algebra.transpose(turned.getFirst()));
    }
    if (Algebra.is(left, Primitive.DIAGONAL_MATRIX)
        && Algebra.is(right, Primitive.DIAGONAL_MATRIX)) {
      return List.of(
          algebra.apply(
              Primitive.DIAGONAL_MATRIX,
              List.of(
                  algebra.hadamard(
                      Algebra.arguments(left).getFirst(), Algebra.arguments(right).getFirst()))));
    }
    if (Algebra.is(left, Primitive.DIAGONAL_MATRIX) && absorbs(right)) {
      return List.of(distributed(left, right));
    }
    if (Algebra.is(right, Primitive.DIAGONAL_MATRIX) && absorbs(algebra.transpose(left))) {
      return List.of(algebra.transpose(distributed(right, algebra.transpose(left))));
    }
    List<Expr> second = factors(right);
    if (first != null && second != null) {
      return product(first, second);
    }
    if (first != null) {
      return first.get(0).shape().columns().isOne() && fits(first.get(1), right)
          ? List.of(kronecker(first.get(0), algebra.product(first.get(1), right)))
          : stacked(first, right);
    }
    if (second != null && second.get(0).shape().rows().isOne() && fits(left, second.get(1))) {
      // A (r' ⊗ B) = r' ⊗ A B
      return List.of(kronecker(second.get(0), algebra.product(left, second.get(1))));
    }
    if (second != null) {
      List<Expr> turned =
          stacked(second.stream().map(algebra::transpose).toList(), algebra.transpose(left));
      return turned == null ? null : List.of(algebra.transpose(turned.getFirst()));
    }
    return null;
  }

  /**
   * Tells whether {@code node} is a sum like A - 1 p', in which diag(c) leaves diag(c) A - c p'.
   */
  private boolean absorbs(Expr node) {
    for (Expr term : terms(node)) {
      if (algebra.repeatedColumn(algebra.transpose(algebra.split(term).base())) != null) {
        return true;
      }
    }
    return false;
  }

  /** Returns the terms of a sum or of the transpose of one; none of anything else. */
  private List<Expr> terms(Expr node) {
    if (Algebra.is(node, Primitive.TRANSPOSE)) {
      return terms(Algebra.arguments(node).getFirst()).stream().map(algebra::transpose).toList();
    }
    return Algebra.is(node, Primitive.SUM) ? Algebra.arguments(node) : List.of();
  }

  private Expr distributed(Expr diagonal, Expr sum) {
    List<Expr> terms = new ArrayList<>();
    for (Expr term : terms(sum)) {
      Algebra.Scaled scaled = algebra.split(term);
      Expr base = scaled.base();
      Expr row = algebra.repeatedColumn(algebra.transpose(base));
      Expr product =
          row == null
              ? algebra.product(diagonal, base)
              : algebra.product(Algebra.arguments(diagonal).getFirst(), algebra.transpose(row));
      terms.add(algebra.scale(scaled.factor(), product));
    }
    return algebra.sum(terms);
  }

  private @Nullable List<Expr> commuted(Constant.Value.Commutation commutation, Expr right) {
    return commuted(commutation.rows(), commutation.columns(), right);
  }

  /** K vec(A) = vec(A'). */
  private @Nullable List<Expr> commuted(
      gradsmith.shape.Polynomial rows, gradsmith.shape.Polynomial columns, Expr stacked) {
    if (!Algebra.is(stacked, Primitive.VEC)) {
      return null;
    }
    Expr A = Algebra.arguments(stacked).getFirst();
    boolean fits = A.shape().rows().equals(rows) && A.shape().columns().equals(columns);
    return fits ? List.of(algebra.apply(Primitive.VEC, List.of(algebra.transpose(A)))) : null;
  }

  /** K (I ⊗ x) = x ⊗ I: no commutation is left behind a column. */
  private @Nullable List<Expr> swapped(
      Constant.Value.Commutation commutation, @Nullable List<Expr> factors) {
    if (factors == null) {
      return null;
    }
    Expr A = factors.get(0);
    Expr B = factors.get(1);
    boolean column = A.shape().columns().isOne() || B.shape().columns().isOne();
    return column
            && commutation.rows().equals(B.shape().rows())
            && commutation.columns().equals(A.shape().rows())
        ? List.of(kronecker(B, A))
        : null;
  }

  /** (B ⊗ A) K = K (A ⊗ B). */
  private @Nullable List<Expr> moved(List<Expr> factors, Constant.Value.Commutation commutation) {
    Expr B = factors.get(0);
    Expr A = factors.get(1);
    if (!B.shape().columns().equals(commutation.rows())
        || !A.shape().columns().equals(commutation.columns())) {
      return null;
    }
    Expr turned = algebra.apply(Primitive.KRONECKER, List.of(A, B));
    Expr moved = algebra.expressions().commutation(B.shape().rows(), A.shape().rows());
    return Algebra.isIdentity(moved) || moved.shape().isScalarMatrix()
        ? List.of(turned)
        : List.of(moved, turned);
  }

  /** (A ⊗ B) (C ⊗ D) = A C ⊗ B D. */
  private @Nullable List<Expr> product(List<Expr> first, List<Expr> second) {
    boolean fits = fits(first.get(0), second.get(0)) && fits(first.get(1), second.get(1));
    return fits
        ? List.of(
            algebra.apply(
                Primitive.KRONECKER,
                List.of(
                    algebra.product(first.get(0), second.get(0)),
                    algebra.product(first.get(1), second.get(1)))))
        : null;
  }

  private static boolean fits(Expr left, Expr right) {
    return left.shape().columns().equals(right.shape().rows());
  }

  /** (B ⊗ A) vec(X) = vec(A X B'). */
  private @Nullable List<Expr> stacked(List<Expr> factors, Expr right) {
    if (!Algebra.is(right, Primitive.VEC)) {
      return null;
    }
    Expr X = Algebra.arguments(right).getFirst();
    boolean fits =
        fits(factors.get(1), X) && factors.get(0).shape().columns().equals(X.shape().columns());
    return fits
        ? List.of(
            algebra.apply(
                Primitive.VEC,
                List.of(algebra.product(factors.get(1), X, algebra.transpose(factors.get(0))))))
        : null;
  }

  /** Returns A and B if {@code node} is A ⊗ B or the transpose of one, else null. */
  private @Nullable List<Expr> factors(Expr node) {
    if (Algebra.is(node, Primitive.KRONECKER)) {
      return Algebra.arguments(node);
    }
    if (!Algebra.is(node, Primitive.TRANSPOSE)
        || !Algebra.is(Algebra.arguments(node).getFirst(), Primitive.KRONECKER)) {
      return null;
    }
    return Algebra.arguments(Algebra.arguments(node).getFirst()).stream()
        .map(algebra::transpose)
        .toList();
  }

  private static Constant.Value.@Nullable Commutation commutation(Expr node) {
    return node instanceof Constant constant
            && constant.value() instanceof Constant.Value.Commutation commutation
        ? commutation
        : null;
  }
}
