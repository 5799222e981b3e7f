package gradsmith.emit;

import gradsmith.emit.Code.Level;
import gradsmith.expr.Apply;
import gradsmith.expr.Expr;
import gradsmith.expr.Rational;
import gradsmith.shape.Polynomial;
import gradsmith.shape.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The code of the nodes that have been written, with or without what broadcasting repeats. */
final class WrittenCode {

  private final Target target;
  private final Lengths lengths;
  private final Uses uses;
  private final Map<Expr, Code> codes = new HashMap<>();

  WrittenCode(Target target, Lengths lengths, Uses uses) {
    this.target = target;
    this.lengths = lengths;
    this.uses = uses;
  }

  boolean has(Expr node) {
    return codes.containsKey(node);
  }

  void put(Expr node, Code code) {
    codes.put(node, code);
  }

  /** Returns the code of {@code node} as it was written, which may have one axis. */
  Code written(Expr node) {
    return Objects.requireNonNull(codes.get(node));
  }

  /** Returns the code of {@code node} with two axes or more. */
  Code of(Expr node) throws NotEmittableException {
    return raised(node, written(node));
  }

  /** Returns {@code code}, of {@code node}, with two axes or more. */
  Code raised(Expr node, Code code) throws NotEmittableException {
    return code.isFlat()
        ? target.spell(isRow(node.shape(), code) ? "row" : "column", code).as(code.flat(false))
        : code;
  }

  /** Tells whether all of {@code operands} but numbers have one axis, so that their sum has. */
  boolean areFlat(List<Expr> operands) {
    boolean flat = false;
    for (Expr operand : operands) {
      Code code = written(operand);
      if (!code.isFlat() && !code.isNumber() && !operand.shape().isScalar()) {
        return false;
      }
      flat |= code.isFlat();
    }
    return flat;
  }

  /**
   * Returns the code of {@code operand} as it stands in what is computed entry by entry.
   *
   * @param flat whether the others have one axis; else only a row may
   */
  Code beside(Expr operand, boolean flat) throws NotEmittableException {
    Code code = written(operand);
    return code.isFlat() && (flat || isRow(operand.shape(), code)) ? code : of(operand);
  }

  private static boolean isRow(Shape shape, Code code) {
    return code.oneRow() || shape.rows().isOne();
  }

  /** Returns the code of {@code vector} if it has one axis and all its entries, else null. */
  @Nullable Code flat(Expr vector) {
    Code code = written(vector);
    return code.isFlat() && !code.isBroadcast() ? code : null;
  }

  Code number(Rational value) {
    boolean negative = value.signum() < 0;
    Rational size = negative ? value.negated() : value;
    boolean whole = size.isInteger() && size.numerator().bitLength() < 31;
    String digits =
        whole && !target.has("decimals")
            ? size.numerator().toString()
            : String.valueOf(size.toDouble()).replace(".0E", "e").replace('E', 'e');
    return negative ? Code.of("-" + digits, Level.UNARY).number() : Code.atom(digits).number();
  }

  boolean isNumber(Code code, Rational value) {
    return code.text().equals(number(value).text());
  }

  /** Returns the code of {@code node} with every row and column. */
  Code full(Expr node) throws NotEmittableException {
    Code code = written(node);
    return code.isBroadcast() ? full(code, node.shape()) : of(node);
  }

  /** Returns {@code code} with every row and column of {@code shape}. */
  Code full(Code code, Shape shape) throws NotEmittableException {
    if (!code.isBroadcast()) {
      return code;
    }
    Code axes = lengths.axes(shape);
    if (isNumber(code, Rational.ZERO)) {
      return target.spell("zeros", axes);
    }
    Code ones = target.spell("ones", axes);
    boolean column = code.isFlat() && !isRow(shape, code);
    return isNumber(code, Rational.ONE)
        ? ones
        : target.spell("times", column ? target.spell("column", code) : code, ones);
  }

  /** Returns the code of {@code node} as a matrix of all entries where a diagonal is less. */
  Code dense(Expr node) throws NotEmittableException {
    return isDense(node) ? written(node) : target.spell("dense", of(node));
  }

  /**
   * Returns the code of {@code term} as it stands in a sum.
   *
   * @param dense whether all entries of a diagonal are needed, as other terms are repeated
   */
  Code summand(Expr term, boolean dense, boolean flat) throws NotEmittableException {
    return dense && !isDense(term) ? dense(term) : beside(term, flat);
  }

  private boolean isDense(Expr node) {
    Expr positive = Factors.negated(node);
    Expr matrix = positive == null ? node : positive;
    boolean diagonal = Factors.isDiagonal(matrix) || Factors.isIdentity(matrix);
    return !diagonal || !target.has("dense");
  }

  /** Tells whether {@code code} has every entry that the shape of {@code node} says. */
  boolean isWhole(Expr node, Code code) {
    return !code.isBroadcast() && isDense(node);
  }

  /** Returns the code of a column, with one axis if vectors have one in the target. */
  Code vector(Expr column) throws NotEmittableException {
    Code flat = flat(column);
    return flat != null
        ? flat
        : target.has("out_vector") ? target.spell("out_vector", matrix(column)) : matrix(column);
  }

  /** Returns the code of a matrix, of 1×1 where the graph has a number. */
  Code matrix(Expr node) throws NotEmittableException {
    return node.shape().isScalar() ? matrix(node, of(node)) : full(node);
  }

  /** Returns the code of a matrix, all entries of a diagonal too, of 1×1 where it is a number. */
  Code denseMatrix(Expr node) throws NotEmittableException {
    return isDense(node) ? matrix(node) : target.spell("dense", matrix(node));
  }

  /** Makes a 1×1 matrix of {@code code}, of a number that may be one whatever the inputs are. */
  Code matrix(Expr node, Code code) throws NotEmittableException {
    boolean constant = uses.isConstant(node) && target.has("matrix_constant");
    return target.spell(constant ? "matrix_constant" : "matrix", code);
  }

  /** An operation that gives a 1×1 matrix where the graph has a number. */
  Code settled(Apply node, Code code) throws NotEmittableException {
    return node.shape().isScalar() ? target.spell("scalar", code) : code;
  }

  /** What is broadcast in all operands is broadcast in the result. */
  Code broadcastOf(Apply node, Code code, List<Expr> operands) {
    boolean rows = !node.shape().rows().isOne();
    boolean columns = !node.shape().columns().isOne();
    for (Expr operand : operands) {
      Code known = written(operand);
      rows &= known.oneRow() || operand.shape().rows().isOne();
      columns &= known.oneColumn() || operand.shape().columns().isOne();
    }
    return code.broadcast(rows, columns, isOneMatrix(node, operands)).flat(areFlat(operands));
  }

  /** Tells whether {@code operands} as written have fewer leading axes than {@code node}. */
  boolean isOneMatrix(Apply node, List<Expr> operands) {
    List<Polynomial> leading = List.of();
    for (Expr operand : operands) {
      if (!written(operand).oneMatrix()) {
        leading =
            Objects.requireNonNull(Shape.broadcastLeading(leading, operand.shape().leading()));
      }
    }
    return !leading.equals(node.shape().leading());
  }
}
