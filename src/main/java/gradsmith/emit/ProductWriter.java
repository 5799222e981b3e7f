package gradsmith.emit;

import gradsmith.emit.Code.Operand;
import gradsmith.expr.Apply;
import gradsmith.expr.Expr;
import gradsmith.shape.Polynomial;
import gradsmith.shape.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Writes products of matrices, of which sums and repetitions are some. */
final class ProductWriter {

  private final Target target;
  private final WrittenCode codes;
  private final Uses uses;
  private final ElementwiseWriter elementwise;

  ProductWriter(Target target, WrittenCode codes, Uses uses, ElementwiseWriter elementwise) {
    this.target = target;
    this.codes = codes;
    this.uses = uses;
    this.elementwise = elementwise;
  }

  Code product(Apply node) throws NotEmittableException {
    List<Expr> factors = node.arguments();
    List<Expr> chain = Factors.matrices(node);
    int scalars = factors.size() - chain.size();
    if (chain.isEmpty()) {
      return elementwise.quotient(node, factors, null);
    }
    Code matrix = chain.size() == 1 ? codes.written(chain.getFirst()) : multiplied(node, chain);
    if (scalars == 0) {
      return matrix;
    }
    if (!node.shape().leading().isEmpty()) {
      matrix = codes.raised(node, matrix); // beside numbers of a stack
    }
    boolean whole = !matrix.isBroadcast() && leading(chain).equals(node.shape().leading());
    return elementwise
        .quotient(node, factors.subList(0, scalars), new Operand(matrix, whole))
        .broadcast(matrix.oneRow(), matrix.oneColumn(), codes.isOneMatrix(node, factors))
        .flat(matrix.isFlat());
  }

  private static List<Polynomial> leading(List<Expr> factors) {
    List<Polynomial> leading = List.of();
    for (Expr factor : factors) {
      leading = Objects.requireNonNull(Shape.broadcastLeading(leading, factor.shape().leading()));
    }
    return leading;
  }

  /** The product of two matrices. */
  private Code multiplied(Apply node, List<Expr> chain) throws NotEmittableException {
    Expr left = chain.get(0);
    Expr right = chain.get(1);
    boolean stack = !node.shape().leading().isEmpty();
    if (Factors.isOnesColumn(left) && right.shape().rows().isOne()) {
      Code code = codes.written(right);
      return code.broadcast(true, code.oneColumn(), codes.isOneMatrix(node, chain));
    }
    if (Factors.isOnesRow(right) && left.shape().columns().isOne()) {
      Code code = codes.of(left);
      return code.broadcast(code.oneRow(), true, codes.isOneMatrix(node, chain));
    }
    if (Factors.isOnesColumn(right) && Factors.isTranspose(left) && !node.shape().isScalar()) {
      Code turned = transposedFull(left);
      return isFlatSum("colsum", stack)
          ? target.spell("colsum_flat", turned).flat(true)
          : transposedCode(target.spell("colsum", turned), stack);
    }
    if (Factors.isOnesRow(left) || Factors.isOnesColumn(right)) {
      return sums(node);
    }
    if (Factors.isDiagonal(left)) {
      return scaledRows(((Apply) left).argument(0), right);
    }
    if (Factors.isDiagonal(right)) {
      return scaledColumns(left, ((Apply) right).argument(0));
    }
    if (uses.isOnlyMultiplied(left)) {
      Expr of = ((Apply) left).argument(0);
      return solved(of, codes.full(of), right, fullOrFlat(right, stack));
    }
    if (uses.isTransposedInverse(left)) {
      Expr of = ((Apply) ((Apply) left).argument(0)).argument(0);
      return solved(of, transposed(of), right, fullOrFlat(right, stack));
    }
    if (uses.isTransposedInverse(right)) {
      Expr of = ((Apply) ((Apply) right).argument(0)).argument(0);
      return transposedCode(solved(of, codes.full(of), left, transposedSides(left, stack)), stack);
    }
    if (uses.isOnlyMultiplied(right)) {
      Expr of = ((Apply) right).argument(0);
      return transposedCode(solved(of, transposed(of), left, transposedSides(left, stack)), stack);
    }
    if (node.shape().isScalar()) {
      return inner(left, right);
    }
    if (left.shape().columns().isOne()) {
      return outer(left, right, stack);
    }
    if (!stack && codes.flat(left) != null && Factors.isTranspose(right)) {
      Code matrix = codes.full(((Apply) right).argument(0));
      return target.spell("matmul", matrix, codes.written(left)).flat(true);
    }
    Code one = fullOrFlat(left, stack);
    Code other = fullOrFlat(right, stack);
    return target
        .spell(stack ? "matmul_stack" : "matmul", one, other)
        .flat(one.isFlat() || other.isFlat());
  }

  private Code inner(Expr left, Expr right) throws NotEmittableException {
    boolean flat = codes.flat(left) != null && codes.flat(right) != null;
    Code one = flat ? codes.written(left) : transposedFull(left);
    Code other = flat ? codes.written(right) : codes.full(right);
    return target.has("inner")
        ? target.spell("inner", one, other)
        : target.spell("total", target.spell("times", one, other));
  }

  /** The product of a column and a row, by broadcasting. */
  private Code outer(Expr left, Expr right, boolean stack) throws NotEmittableException {
    Code column = codes.flat(left);
    Code row = codes.flat(right);
    return column != null && row != null && !stack
        ? target.spell("outer", column, row)
        : target.spell("times", codes.full(left), row == null ? codes.full(right) : row);
  }

  /** The product of a diagonal matrix and another one. */
  private Code scaledRows(Expr diagonal, Expr matrix) throws NotEmittableException {
    Code vector = codes.flat(matrix);
    return vector != null && codes.flat(diagonal) != null
        ? target.spell("times", codes.written(diagonal), vector).flat(true)
        : target.spell("times", codes.of(diagonal), codes.full(matrix));
  }

  private Code scaledColumns(Expr matrix, Expr diagonal) throws NotEmittableException {
    Code row = codes.flat(diagonal);
    Code vector = codes.flat(matrix);
    return row != null
        ? target
            .spell("times", vector == null ? codes.full(matrix) : vector, row)
            .flat(vector != null)
        : target.spell("times", codes.full(matrix), transposed(diagonal));
  }

  /** Returns the code of all entries, which may have one axis beside a matrix that is no stack. */
  private Code fullOrFlat(Expr node, boolean stack) throws NotEmittableException {
    Code flat = stack ? null : codes.flat(node);
    return flat == null ? codes.full(node) : flat;
  }

  /** Returns what the equations of a transposed product have on their right sides. */
  private Code transposedSides(Expr node, boolean stack) throws NotEmittableException {
    Code flat = stack ? null : codes.flat(node);
    return flat == null ? transposedFull(node) : flat;
  }

  /** Tells whether the sum called {@code key} has one axis. */
  private boolean isFlatSum(String key, boolean stack) {
    return !stack && target.has(key + "_flat");
  }

  /**
   * Solves equations, the matrices written {@code left} and the right sides {@code right}. Some
   * libraries take right sides of one axis less than the matrices for a stack of vectors.
   */
  private Code solved(Expr matrix, Code left, Expr sides, Code right) throws NotEmittableException {
    boolean oneLess = sides.shape().leading().size() + 1 == matrix.shape().leading().size();
    return target
        .spell("solve", left, oneLess ? target.spell("one_of_stack", right) : right)
        .flat(right.isFlat());
  }

  private Code transposedFull(Expr node) throws NotEmittableException {
    return Factors.isTranspose(node)
        ? codes.full(((Apply) node).argument(0))
        : transposedCode(codes.full(node), !node.shape().leading().isEmpty());
  }

  private Code transposedCode(Code code, boolean stack) throws NotEmittableException {
    return code.isFlat() ? code : target.spell(stack ? "transpose_stack" : "transpose", code);
  }

  /** Writes a sum of entries; that of a product in one pass, if the target has a word for it. */
  Code sums(Apply node) throws NotEmittableException {
    Summation summation = Objects.requireNonNull(Summation.of(node));
    Expr summand = summation.summand();
    boolean stack = !summand.shape().leading().isEmpty();
    boolean flat =
        !node.shape().isScalar() && !uses.isColumn(node) && isFlatSum(summation.key(), stack);
    String suffix = flat ? "_flat" : "";
    if (!uses.isContracted(summand)) {
      Code whole = codes.flat(summand);
      Code code = whole == null || !node.shape().isScalar() ? codes.full(summand) : whole;
      return target.spell(summation.key() + suffix, code).flat(flat);
    }
    List<Expr> others = new ArrayList<>(summation.factors());
    boolean vectors = codes.areFlat(others);
    for (int i = others.size() - 1; i >= 0; i--) {
      Expr factor = others.remove(i);
      if (isWhole(factor, summand) && others.stream().anyMatch(other -> isWhole(other, summand))) {
        Code rest = elementwise.quotient((Apply) summand, others, null);
        Code last = vectors ? codes.written(factor) : codes.of(factor);
        return target
            .spell(
                summation.ofProduct() + suffix, vectors ? rest : codes.raised(summand, rest), last)
            .flat(flat);
      }
      others.add(i, factor);
    }
    Code product = elementwise.quotient((Apply) summand, others, null);
    return target.spell(summation.key() + suffix, codes.full(product, summand.shape())).flat(flat);
  }

  /** Tells whether {@code factor} is written with every entry of {@code product}. */
  private boolean isWhole(Expr factor, Expr product) {
    return factor.shape().equals(product.shape())
        && !codes.written(factor).isBroadcast()
        && elementwise.divisor(factor) == null;
  }

  Code transposed(Expr node) throws NotEmittableException {
    if (Factors.isTranspose(node)) {
      return codes.written(((Apply) node).argument(0));
    }
    Code code = codes.flat(node) == null ? codes.of(node) : codes.written(node);
    Code turned = code.broadcast(code.oneColumn(), code.oneRow(), code.oneMatrix());
    if (node.shape().isScalarMatrix()
        || (code.oneRow() && code.oneColumn())
        || code.isNumber()
        || code.isFlat()) {
      return turned;
    }
    String key = node.shape().leading().isEmpty() ? "transpose" : "transpose_stack";
    return target.spell(key, code).as(turned);
  }
}
