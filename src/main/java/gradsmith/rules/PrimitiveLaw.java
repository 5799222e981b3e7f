package gradsmith.rules;

import gradsmith.expr.Apply;
import gradsmith.expr.Constant;
import gradsmith.expr.Expr;
import gradsmith.expr.Operator;
import gradsmith.expr.Rational;
import gradsmith.expr.Vectors;

/**
 * The operations that are no functions of the library, each with a program that consists of it.
 * What is said of one is derived from that program.
 */
public enum PrimitiveLaw {
  MATRIX_PRODUCT("A B"),
  SCALING("a A"),
  HADAMARD_PRODUCT("A .* B"),
  SUM("A + B"),
  BIAS("X + b"),
  TRANSPOSE("A'"),
  POWER("A .^ k"),
  TOTAL("sum(A)"),
  ROW_SUM("rowsum(A)"),
  COLUMN_SUM("colsum(A)"),
  AXIS_SUM("A : (b, n, d); sum(A, b)"),
  NEW_AXIS("A : (n, d); T : (b, n, d); A + T"),
  TRACE("tr(A)"),
  DIAGONAL("A : (n, n); diag(A)"),
  DIAGONAL_MATRIX("x : (n); diag(x)"),
  VEC("vec(A)"),
  UNVEC("A : (n, d); unvec(x, rows(A), cols(A))"),
  KRONECKER_PRODUCT("kron(A, B)"),
  BLOCK_CONTRACTION("A : (n, d); kron_left(G, B, rows(A), cols(A))");

  private final String program;

  PrimitiveLaw(String program) {
    this.program = program;
  }

  /** Returns a program whose value is this operation of its variables. */
  String program() {
    return program;
  }

  /** Returns the operation that {@code node} is. */
  static PrimitiveLaw of(Apply node) {
    return switch (node.operator()) {
      case Operator.Scale scale -> SCALING;
      case Operator.AxisSum sum -> AXIS_SUM;
      case Operator.NewAxis axis -> NEW_AXIS;
      case Operator.Unvec unvec -> UNVEC;
      case Operator.BlockContraction contraction -> BLOCK_CONTRACTION;
      case Operator.Function function -> throw new IllegalArgumentException(node.toString());
      case Operator.Unknown unknown -> throw new IllegalArgumentException(node.toString());
      case Operator.Primitive primitive ->
          switch (primitive) {
            case SUM -> node.arguments().stream().anyMatch(Vectors::isRepeated) ? BIAS : SUM;
            case PRODUCT -> product(node);
            case HADAMARD -> HADAMARD_PRODUCT;
            case TRANSPOSE -> TRANSPOSE;
            case POWER -> POWER;
            case TOTAL -> TOTAL;
            case TRACE -> TRACE;
            case DIAGONAL -> DIAGONAL;
            case DIAGONAL_MATRIX -> DIAGONAL_MATRIX;
            case VEC -> VEC;
            case KRONECKER -> KRONECKER_PRODUCT;
          };
    };
  }

  private static PrimitiveLaw product(Apply node) {
    if (node.arguments().size() == 2 && isOnes(node.argument(1))) {
      return ROW_SUM;
    }
    if (node.arguments().size() == 2 && isOnes(node.argument(0))) {
      return COLUMN_SUM;
    }
    long matrices =
        node.arguments().stream().filter(factor -> !factor.shape().isScalarMatrix()).count();
    return matrices < 2 ? SCALING : MATRIX_PRODUCT;
  }

  private static boolean isOnes(Expr node) {
    return node instanceof Constant constant && constant.isFillOf(Rational.ONE);
  }
}
