package gradsmith.derive;

import gradsmith.algebra.Algebra;
import gradsmith.expr.Apply;
import gradsmith.expr.Expr;
import gradsmith.expr.Expressions;
import gradsmith.expr.Graph;
import gradsmith.expr.Operator;
import gradsmith.expr.Operator.Primitive;
import gradsmith.expr.Variable;
import gradsmith.shape.Polynomial;
import gradsmith.shape.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads the Jacobian off a differential: vec(A dX B) = (B' ⊗ A) vec(dX) and its like for the other
 * linear operators. Source: Magnus & Neudecker (2019), chapters 2, 3 and 9.
 */
final class JacobianMatrix {

  /** There is no matrix for a linear map between stacks of matrices. */
  static final class NoMatrixForm extends Exception {
    private static final long serialVersionUID = 1L;

    NoMatrixForm(String reason) {
      super(reason);
    }
  }

  private final Algebra algebra;
  private final Expressions expressions;
  private final Map<Expr, Expr> matrices = new HashMap<>();

  JacobianMatrix(Algebra algebra) {
    this.algebra = algebra;
    this.expressions = algebra.expressions();
  }

  /** Says that vec({@code tangent}) is {@code matrix} times vec(dX). */
  void bind(Variable tangent, Expr matrix) {
    matrices.put(tangent, matrix);
  }

  /**
   * Returns J with vec({@code linear}) = J vec(dX), for an expression that is linear in the bound
   * tangents and depends on at least one.
   */
  Expr of(Expr linear) throws NoMatrixForm {
    for (Expr node : Graph.postOrder(linear)) {
      if (node instanceof Apply apply && !matrices.containsKey(node) && isActive(apply)) {
        matrices.put(node, step(apply));
      }
    }
    return matrix(linear);
  }

  private boolean isActive(Apply node) {
    return node.arguments().stream().anyMatch(matrices::containsKey);
  }

  private Expr matrix(Expr node) {
    return Objects.requireNonNull(matrices.get(node));
  }

  /** The side of a Jacobian has a place for each entry of {@code shape}. */
  static void requireSide(Shape shape) throws NoMatrixForm {
    try {
      for (Polynomial.Term term : shape.rows().times(shape.columns()).terms()) {
        Math.toIntExact(term.coefficient());
      }
    } catch (ArithmeticException e) {
      throw new NoMatrixForm(
          "a side of it, "
              + shape.rows().asFactor("·")
              + "·"
              + shape.columns().asFactor("·")
              + ", is longer than "
              + Integer.MAX_VALUE);
    }
  }

  private Expr step(Apply node) throws NoMatrixForm {
    Expr first = node.argument(0);
    requireSide(node.shape());
    for (Expr argument : node.arguments()) {
      requireSide(argument.shape());
    }
    if (!node.shape().leading().isEmpty() || !first.shape().leading().isEmpty()) {
      throw new NoMatrixForm("it passes through a stack of matrices, " + first.shape());
    }
    return switch (node.operator()) {
      case Operator.Scale scale -> algebra.scale(scale.factor(), matrix(first));
      case Operator.Unvec unvec -> matrix(first);
      case Operator.AxisSum sum -> throw new NoMatrixForm("it sums over an axis of a stack");
      case Operator.NewAxis axis -> throw new NoMatrixForm("it stacks matrices");
      case Operator.BlockContraction contraction ->
          throw new NoMatrixForm("it sums over blocks of a matrix");
      case Operator.Unknown unknown -> throw notLinear(node);
      case Operator.Function function ->
          throw new NoMatrixForm(
              "its differential is linear in " + function.symbol().name() + "(…), which has none");
      case Primitive primitive ->
          switch (primitive) {
            case SUM -> sum(node);
            case PRODUCT -> product(node.arguments(), node.shape());
            case HADAMARD -> product(scaling(node), argument(node));
            case TRANSPOSE ->
                algebra.product(
                    expressions.commutation(first.shape().rows(), first.shape().columns()),
                    matrix(first));
            case TOTAL -> total(first);
            case TRACE -> trace(first);
            case DIAGONAL ->
                algebra.product(algebra.transpose(diagonalSelector(first.shape())), matrix(first));
            case DIAGONAL_MATRIX -> algebra.product(diagonalSelector(node.shape()), matrix(first));
            case VEC -> matrix(first);
            case KRONECKER -> kronecker(node);
            case POWER -> throw notLinear(node);
          };
    };
  }

  private static IllegalStateException notLinear(Apply node) {
    return new IllegalStateException("a differential that is not linear in its tangents: " + node);
  }

  private Expr sum(Apply node) {
    List<Expr> terms = new ArrayList<>();
    for (Expr term : node.arguments()) {
      terms.add(matrix(term));
    }
    return algebra.sum(terms);
  }

  private int active(List<Expr> arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      if (matrices.containsKey(arguments.get(i))) {
        return i;
      }
    }
    throw new IllegalStateException("no argument depends on a tangent");
  }

  private Expr argument(Apply node) {
    return node.argument(active(node.arguments()));
  }

  private Expr product(Expr left, Expr argument) {
    return algebra.product(left, matrix(argument));
  }

  /** vec(A dX B) = (B' ⊗ A) vec(dX); a matrix times a number ds is vec(A) ds. */
  private Expr product(List<Expr> factors, Shape shape) {
    int index = active(factors);
    Expr dX = factors.get(index);
    List<Expr> others = new ArrayList<>(factors);
    others.remove(index);
    if (dX.shape().isScalarMatrix()) {
      Expr rest = algebra.product(others);
      return product(shape.isScalarMatrix() ? rest : vec(rest), dX);
    }
    Expr A = index == 0 ? null : algebra.product(factors.subList(0, index));
    Expr B =
        index == factors.size() - 1
            ? null
            : algebra.product(factors.subList(index + 1, factors.size()));
    if (isDiagonal(dX) && (A == null) != (B == null) && !isNumber(A) && !isNumber(B)) {
      return diagonal(((Apply) dX).argument(0), A, B);
    }
    Expr left = side(A, dX.shape().rows());
    Expr right = algebra.transpose(side(B, dX.shape().columns()));
    return product(kronecker(right, left), dX);
  }

  /** Returns a side of dX as a matrix: nothing, and numbers alone, stand for multiples of I. */
  private Expr side(@Nullable Expr factors, Polynomial length) {
    Expr identity = expressions.identity(length);
    if (factors == null) {
      return identity;
    }
    return factors.shape().isScalarMatrix() ? algebra.product(factors, identity) : factors;
  }

  private static boolean isNumber(@Nullable Expr node) {
    return node != null && node.shape().isScalarMatrix();
  }

  private static boolean isDiagonal(Expr node) {
    return node instanceof Apply apply && apply.operator() == Primitive.DIAGONAL_MATRIX;
  }

  /** diag(dx) B = dx 1' .* B, and A diag(dx) = A .* 1 dx'. */
  private Expr diagonal(Expr dx, @Nullable Expr A, @Nullable Expr B) {
    if (B != null) {
      Expr columns = kronecker(ones(B.shape().columns()), identity(dx));
      return algebra.product(diag(vec(B)), columns, matrix(dx));
    }
    Expr entries = Objects.requireNonNull(A);
    Expr rows = kronecker(identity(dx), ones(entries.shape().rows()));
    return algebra.product(diag(vec(entries)), rows, matrix(dx));
  }

  private Expr identity(Expr column) {
    return expressions.identity(column.shape().rows());
  }

  private Expr ones(Polynomial length) {
    return algebra.onesColumn(length);
  }

  /** Returns D with vec(C .* dX) = D vec(dX): a column or row that is repeated scales blocks. */
  private Expr scaling(Apply node) {
    List<Expr> others = new ArrayList<>(node.arguments());
    others.remove(active(node.arguments()));
    Expr C = algebra.hadamard(others);
    if (node.shape().columns().isOne()) {
      return diag(C);
    }
    if (node.shape().rows().isOne()) {
      return diag(algebra.transpose(C));
    }
    Expr column = algebra.repeatedColumn(C);
    if (column != null) {
      return kronecker(expressions.identity(C.shape().columns()), diag(column));
    }
    Expr row = algebra.repeatedColumn(algebra.transpose(C));
    if (row != null) {
      return kronecker(diag(row), expressions.identity(C.shape().rows()));
    }
    return diag(vec(C));
  }

  /** sum(C .* dX) = vec(C)' vec(dX). */
  private Expr total(Expr argument) {
    if (argument instanceof Apply apply && apply.operator() == Primitive.HADAMARD) {
      List<Expr> others = new ArrayList<>(apply.arguments());
      Expr dX = others.remove(active(apply.arguments()));
      return product(algebra.transpose(vec(algebra.hadamard(others))), dX);
    }
    return product(algebra.transpose(vec(algebra.ones(argument.shape()))), argument);
  }

  /** tr(A dX B) = vec(A' B')' vec(dX). */
  private Expr trace(Expr argument) {
    if (argument instanceof Apply apply && apply.operator() == Primitive.PRODUCT) {
      int index = active(apply.arguments());
      Expr dX = apply.argument(index);
      if (!dX.shape().isScalarMatrix()) {
        List<Expr> turned =
            new ArrayList<>(apply.arguments().subList(index + 1, apply.arguments().size()));
        turned.addAll(apply.arguments().subList(0, index));
        return product(algebra.transpose(vec(algebra.transpose(algebra.product(turned)))), dX);
      }
    }
    return product(algebra.transpose(vec(expressions.identity(argument.shape().rows()))), argument);
  }

  /** Returns S with vec(diag(x)) = S x: diag(vec(I)) (1 ⊗ I). */
  private Expr diagonalSelector(Shape square) {
    Expr identity = expressions.identity(square.rows());
    return algebra.product(diag(vec(identity)), kronecker(ones(square.rows()), identity));
  }

  /** vec(A ⊗ B) = (I ⊗ K ⊗ I) (vec(A) ⊗ vec(B)), with K of the columns of B and the rows of A. */
  private Expr kronecker(Apply node) {
    Shape a = node.argument(0).shape();
    Shape b = node.argument(1).shape();
    Expr commuted =
        kronecker(
            expressions.identity(a.columns()),
            kronecker(
                expressions.commutation(/* rows= */ b.columns(), /* columns= */ a.rows()),
                expressions.identity(b.rows())));
    boolean first = active(node.arguments()) == 0;
    Expr dX = argument(node);
    Expr stacked =
        first
            ? kronecker(expressions.identity(a.rows().times(a.columns())), vec(node.argument(1)))
            : kronecker(vec(node.argument(0)), expressions.identity(b.rows().times(b.columns())));
    return algebra.product(commuted, stacked, matrix(dX));
  }

  private Expr kronecker(Expr A, Expr B) {
    return algebra.apply(Primitive.KRONECKER, List.of(A, B));
  }

  private Expr vec(Expr A) {
    return algebra.apply(Primitive.VEC, List.of(A));
  }

  private Expr diag(Expr column) {
    return algebra.apply(Primitive.DIAGONAL_MATRIX, List.of(column));
  }
}
