package gradsmith.render;

import gradsmith.expr.Apply;
import gradsmith.expr.Constant;
import gradsmith.expr.Expr;
import gradsmith.expr.Operator;
import gradsmith.expr.Operator.Primitive;
import gradsmith.expr.Property;
import gradsmith.expr.Rational;
import gradsmith.expr.Variable;
import gradsmith.expr.Vectors;
import gradsmith.shape.Polynomial;
import gradsmith.shape.Shape;
import gradsmith.shape.Signature;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Sets an expression as a reader expects it: broadcasts are left out where their neighbours imply
 * them, ones become rowsum and colsum, transposes go where the fewest are needed, negative
 * exponents become divisors. It recurses over the formula: derivations name parts of formulas that
 * would be too deep to read.
 */
public final class Presentation {

  private static final Map<String, String> COMPARISONS =
      Map.of("greater", ">", "greater_equal", ">=", "less", "<", "less_equal", "<=", "equal", "==");

  private Presentation() {}

  /** Returns {@code expression} as it is to be set. */
  public static Formula of(Expr expression) {
    return set(expression, false);
  }

  /** Sets {@code node}, or its transpose if {@code flip}. */
  static Formula set(Expr node, boolean turn) {
    boolean flip = turn && !isOwnTranspose(node);
    return switch (node) {
      case Variable variable ->
          flipped(new Formula.Name(variable.name()), flip && !isOwnTranspose(variable));
      case Constant constant -> constant(constant, flip);
      case Apply apply -> apply(apply, flip);
    };
  }

  static boolean isOwnTranspose(Expr node) {
    return switch (node) {
      case Variable variable ->
          variable.shape().isScalarMatrix() || variable.has(Property.SYMMETRIC);
      case Constant constant ->
          constant.shape().isScalarMatrix()
              || constant.value() instanceof Constant.Value.Identity
              || (constant.value() instanceof Constant.Value.Commutation commutation
                  && commutation.rows().equals(commutation.columns()));
      case Apply apply ->
          apply.shape().isScalarMatrix()
              || apply.operator() == Primitive.DIAGONAL_MATRIX
              || (apply.operator() == Primitive.SUM || apply.operator() == Primitive.KRONECKER)
                  && apply.arguments().stream().allMatch(Presentation::isOwnTranspose);
    };
  }

  /** Returns what {@code node} is the transpose of, else {@code node}. */
  static Expr untransposed(Expr node) {
    return node instanceof Apply apply && apply.operator() == Primitive.TRANSPOSE
        ? apply.argument(0)
        : node;
  }

  private static Formula flipped(Formula formula, boolean flip) {
    return flip ? new Formula.Transpose(formula) : formula;
  }

  private static Formula constant(Constant constant, boolean flip) {
    return switch (constant.value()) {
      case Constant.Value.Fill fill -> fill(fill, flip);
      case Constant.Value.Identity identity ->
          new Formula.Call("I", 0, List.of(dimension(identity.size())));
      case Constant.Value.Commutation commutation ->
          new Formula.Call(
              "commutation",
              0,
              List.of(
                  dimension(flip ? commutation.columns() : commutation.rows()),
                  dimension(flip ? commutation.rows() : commutation.columns())));
      case Constant.Value.Size size -> new Formula.Name(size.dimension());
      case Constant.Value.Pi pi ->
          pi.isShadowed()
              ? new Formula.Call("acos", 0, List.of(number(Rational.MINUS_ONE)))
              : new Formula.Name("pi");
    };
  }

  private static Formula fill(Constant.Value.Fill fill, boolean flip) {
    Shape shape = flip ? fill.shape().transposed() : fill.shape();
    if (shape.isScalar()) {
      return number(fill.value());
    }
    return filled(fill.value().signum() == 0 ? "zeros" : "ones", shape.axes());
  }

  /** Sets a matrix, or a stack, of ones. */
  static Formula ones(List<Polynomial> axes) {
    return filled("ones", axes);
  }

  private static Formula filled(String name, List<Polynomial> axes) {
    List<Formula> lengths = new ArrayList<>();
    for (Polynomial axis : axes) {
      lengths.add(dimension(axis));
    }
    return new Formula.Call(name, 0, lengths);
  }

  static Formula number(Rational value) {
    return value.signum() < 0
        ? new Formula.Negative(new Formula.Numeral(value.negated()))
        : new Formula.Numeral(value);
  }

  static Formula dimension(Polynomial dimension) {
    List<Formula.Term> terms = new ArrayList<>();
    for (Polynomial.Term term : dimension.terms()) {
      List<Formula> factors = new ArrayList<>();
      long size = Math.abs(term.coefficient());
      if (size != 1 || term.names().isEmpty()) {
        factors.add(new Formula.Numeral(Rational.of(size)));
      }
      for (String name : term.names()) {
        factors.add(new Formula.Name(name));
      }
      terms.add(new Formula.Term(term.coefficient() < 0, ProductPresentation.join(factors)));
    }
    return terms.size() == 1 && !terms.getFirst().negative()
        ? terms.getFirst().formula()
        : new Formula.Sum(terms);
  }

  private static Formula apply(Apply node, boolean flip) {
    Expr first = node.argument(0);
    return switch (node.operator()) {
      case Operator.Scale scale -> ProductPresentation.set(node, flip);
      case Operator.AxisSum sum -> axisSum(sum, first, flip);
      case Operator.NewAxis axis -> stacked("newaxis", first, flip, position(axis.fromRight()));
      case Operator.Unvec unvec ->
          flipped(
              new Formula.Call(
                  "unvec",
                  0,
                  List.of(set(first, false), dimension(unvec.rows()), dimension(unvec.columns()))),
              flip);
      case Operator.BlockContraction contraction ->
          flipped(
              new Formula.Call(
                  contraction.inner() ? "kron_left" : "kron_right",
                  0,
                  List.of(
                      set(first, false),
                      set(node.argument(1), false),
                      dimension(contraction.rows()),
                      dimension(contraction.columns()))),
              flip);
      case Operator.Unknown unknown ->
          flipped(
              new Formula.Call(unknown.name(), unknown.order(), List.of(set(first, false))),
              flip && !isOwnTranspose(node));
      case Operator.Function function -> function(function, node, flip);
      case Primitive primitive ->
          switch (primitive) {
            case SUM -> SumPresentation.set(node, flip, Rational.ONE);
            case PRODUCT, HADAMARD, POWER -> ProductPresentation.set(node, flip);
            case TRANSPOSE -> set(first, !flip);
            case TOTAL ->
                new Formula.Reduction(
                    Formula.Reduction.Axis.ALL, first.shape().axes(), false, set(first, false));
            case TRACE -> new Formula.Call("tr", 0, List.of(set(first, false)));
            case DIAGONAL -> flipped(new Formula.Call("diag", 0, List.of(set(first, false))), flip);
            case DIAGONAL_MATRIX -> new Formula.Call("diag", 0, List.of(set(first, false)));
            case VEC -> flipped(new Formula.Call("vec", 0, List.of(set(first, false))), flip);
            case KRONECKER -> new Formula.Kronecker(set(first, flip), set(node.argument(1), flip));
          };
    };
  }

  /** An axis is named by its length where no other has the same, else by its position. */
  private static Formula axisSum(Operator.AxisSum sum, Expr argument, boolean flip) {
    List<Polynomial> leading = argument.shape().leading();
    Polynomial axis = leading.get(leading.size() - 1 - sum.fromRight());
    boolean named =
        (axis.name() != null || axis.isNumber() && !axis.isOne())
            && Collections.frequency(argument.shape().axes(), axis) == 1;
    Formula position = position(sum.fromRight());
    Formula total =
        named
            ? stacked("sum", argument, flip, dimension(axis))
            : stacked("axissum", argument, flip, position);
    return sum.keep() ? new Formula.Call("newaxis", 0, List.of(total, position)) : total;
  }

  private static Formula position(int fromRight) {
    return new Formula.Numeral(Rational.of(fromRight));
  }

  /**
   * Sets a function of a whole stack, or its transpose: that goes into the argument, unless what is
   * set there is a transpose itself.
   */
  private static Formula stacked(String name, Expr argument, boolean flip, Formula axis) {
    Formula inner = set(argument, flip);
    return flip && inner instanceof Formula.Transpose outside
        ? new Formula.Transpose(new Formula.Call(name, 0, List.of(outside.operand(), axis)))
        : new Formula.Call(name, 0, List.of(inner, axis));
  }

  private static Formula function(Operator.Function function, Apply node, boolean flip) {
    String name = function.symbol().name();
    String comparison = COMPARISONS.get(name);
    boolean prime = flip && !isOwnTranspose(node);
    if (comparison != null) {
      return flipped(new Formula.Comparison(comparison, operand(node, 0), operand(node, 1)), prime);
    }
    if (name.equals("matpow")) {
      return flipped(
          new Formula.Power(set(node.argument(0), false), set(node.argument(1), false), false),
          prime);
    }
    if (name.equals("norm2")) {
      return new Formula.Norm(set(node.argument(0), false));
    }
    Signature signature = function.symbol().signature();
    List<Formula> arguments = new ArrayList<>();
    boolean lifted = false;
    for (int i = 0; i < node.arguments().size(); i++) {
      boolean lift =
          signature.kind() == Signature.Kind.ROWS
              && signature.parameters().get(i).size() == 2
              && node.argument(i).shape().isRow()
              && Vectors.isVector(node.argument(i));
      arguments.add(lift ? set(node.argument(i), true) : operand(node, i));
      lifted |= lift;
    }
    Formula call = new Formula.Call(name, 0, arguments);
    // A function of one row takes and gives a vector when it is written with a vector.
    boolean givesRow = lifted && node.shape().isRow();
    return flipped(call, givesRow ? !flip : prime);
  }

  /**
   * Sets an argument of an elementwise function: a number repeated over the shape of another is
   * written once.
   */
  private static Formula operand(Apply node, int index) {
    Expr argument = node.argument(index);
    if (node.operator() instanceof Operator.Function function
        && function.symbol().signature().kind() != Signature.Kind.ELEMENTWISE) {
      return set(argument, false);
    }
    for (Expr other : node.arguments()) {
      if (other != argument && !Broadcast.isBroadcast(other)) {
        return Broadcast.set(argument, false);
      }
    }
    return set(argument, false);
  }
}
