package gradsmith.emit;

import gradsmith.expr.Apply;
import gradsmith.expr.Expr;
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
    Code matrix = chain.size() == 1 ? codes.of(chain.getFirst()) : multiplied(node, chain);
    if (scalars == 0) {
      return matrix;
    }
    return elementwise
        .quotient(node, factors.subList(0, scalars), matrix)
        .broadcast(matrix.oneRow(), matrix.oneColumn(), codes.isOneMatrix(node, factors));
  }

  /** The product of two matrices. */
  private Code multiplied(Apply node, List<Expr> chain) throws NotEmittableException {
    Expr left = chain.get(0);
    Expr right = chain.get(1);
    boolean stack = !node.shape().leading().isEmpty();
    if (Factors.isOnesColumn(left) && right.shape().rows().isOne()) {
      Code code = codes.of(right);
      return code.broadcast(true, code.oneColumn(), codes.isOneMatrix(node, chain));
    }
    if (Factors.isOnesRow(right) && left.shape().columns().isOne()) {
      Code code = codes.of(left);
      return code.broadcast(code.oneRow(), true, codes.isOneMatrix(node, chain));
    }
    if (Factors.isOnesColumn(right) && Factors.isTranspose(left) && !node.shape().isScalar()) {
      return transposedCode(target.spell("colsum", transposedFull(left)), stack);
    }
    if (Factors.isOnesRow(left) || Factors.isOnesColumn(right)) {
      return sums(node);
    }
    if (Factors.isDiagonal(left)) {
      return target.spell("times", codes.of(((Apply) left).argument(0)), codes.full(right));
    }
    if (Factors.isDiagonal(right)) {
      Expr column = ((Apply) right).argument(0);
      return target.spell("times", codes.full(left), transposed(column));
    }
    if (uses.isOnlyMultiplied(left)) {
      Expr of = ((Apply) left).argument(0);
      return solved(of, codes.full(of), right, codes.full(right));
    }
    if (uses.isTransposedInverse(left)) {
      Expr of = ((Apply) ((Apply) left).argument(0)).argument(0);
      return solved(of, transposed(of), right, codes.full(right));
    }
    if (uses.isTransposedInverse(right)) {
      Expr of = ((Apply) ((Apply) right).argument(0)).argument(0);
      return transposedCode(solved(of, codes.full(of), left, transposedFull(left)), stack);
    }
    if (uses.isOnlyMultiplied(right)) {
      Expr of = ((Apply) right).argument(0);
      return transposedCode(solved(of, transposed(of), left, transposedFull(left)), stack);
    }
    if (node.shape().isScalar()) {
      return target.has("inner")
          ? target.spell("inner", transposedFull(left), codes.full(right))
          : target.spell("total", target.spell("times", transposedFull(left), codes.full(right)));
    }
    if (left.shape().columns().isOne()) {
      return target.spell("times", codes.full(left), codes.full(right)); // outer, by broadcasting
    }
    return target.spell(stack ? "matmul_stack" : "matmul", codes.full(left), codes.full(right));
  }

  /**
   * Solves equations, the matrices written {@code left} and the right sides {@code right}. Some
   * libraries take right sides of one axis less than the matrices for a stack of vectors.
   */
  private Code solved(Expr matrix, Code left, Expr sides, Code right) throws NotEmittableException {
    boolean oneLess = sides.shape().leading().size() + 1 == matrix.shape().leading().size();
    return target.spell("solve", left, oneLess ? target.spell("one_of_stack", right) : right);
  }

  private Code transposedFull(Expr node) throws NotEmittableException {
    return Factors.isTranspose(node)
        ? codes.full(((Apply) node).argument(0))
        : transposedCode(codes.full(node), !node.shape().leading().isEmpty());
  }

  private Code transposedCode(Code code, boolean stack) throws NotEmittableException {
    return target.spell(stack ? "transpose_stack" : "transpose", code);
  }

  /** Writes a sum of entries; that of a product in one pass, if the target has a word for it. */
  Code sums(Apply node) throws NotEmittableException {
    Summation summation = Objects.requireNonNull(Summation.of(node));
    Expr summand = summation.summand();
    if (!uses.isContracted(summand)) {
      return target.spell(summation.key(), codes.full(summand));
    }
    List<Expr> others = new ArrayList<>(summation.factors());
    for (int i = others.size() - 1; i >= 0; i--) {
      Expr factor = others.remove(i);
      if (isWhole(factor, summand) && others.stream().anyMatch(other -> isWhole(other, summand))) {
        Code rest = elementwise.quotient((Apply) summand, others, null);
        return target.spell(summation.ofProduct(), rest, codes.of(factor));
      }
      others.add(i, factor);
    }
    Code product = elementwise.quotient((Apply) summand, others, null);
    return target.spell(summation.key(), codes.full(product, summand.shape()));
  }

  /** Tells whether {@code factor} is written with every entry of {@code product}. */
  private boolean isWhole(Expr factor, Expr product) {
    return factor.shape().equals(product.shape())
        && !codes.of(factor).isBroadcast()
        && elementwise.divisor(factor) == null;
  }

  Code transposed(Expr node) throws NotEmittableException {
    if (Factors.isTranspose(node)) {
      return codes.of(((Apply) node).argument(0));
    }
    Code code = codes.of(node);
    Code turned = code.broadcast(code.oneColumn(), code.oneRow(), code.oneMatrix());
    if (node.shape().isScalarMatrix() || (code.oneRow() && code.oneColumn()) || code.isNumber()) {
      return turned;
    }
    String key = node.shape().leading().isEmpty() ? "transpose" : "transpose_stack";
    return target.spell(key, code).as(turned);
  }
}
