package gradsmith.emit;

import gradsmith.expr.Apply;
import gradsmith.expr.Constant;
import gradsmith.expr.Expr;
import gradsmith.expr.Expressions;
import gradsmith.expr.Graph;
import gradsmith.expr.Operator;
import gradsmith.expr.Operator.Primitive;
import gradsmith.expr.Property;
import gradsmith.expr.Variable;
import gradsmith.shape.Signature;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Moves transposes down to where they cost less: (W G')' is G W'. What is met is remembered, so
 * that all calls together take time linear in the graph.
 */
final class Transposes {

  /** How many transposes a node takes as it is, and turned. */
  private record Count(int plain, int turned) {

    int of(boolean flip) {
      return flip ? turned : plain;
    }
  }

  private final Expressions expressions;

  /** Tells whether a node is used once; what is shared is not turned inside. */
  private final Predicate<Expr> once;

  private final Map<Expr, Count> counts = new HashMap<>();
  private final Map<Expr, Expr> turned = new HashMap<>();

  Transposes(Expressions expressions, Predicate<Expr> once) {
    this.expressions = expressions;
    this.once = once;
  }

  /** Returns the transpose of {@code node}, turned inside where that takes fewer transposes. */
  Expr transposed(Expr node) {
    for (Expr part : Graph.postOrder(node, each -> counts.containsKey(each) || !isEntered(each))) {
      Apply apply = (Apply) part;
      counts.put(
          apply,
          apply.operator() == Primitive.TRANSPOSE
              ? new Count(count(apply.argument(0), true), count(apply.argument(0), false))
              : new Count(sum(apply, false), sum(apply, true)));
    }
    return count(node, true) < count(node, false) + 1
        ? inside(node)
        : Factors.transposed(expressions, node);
  }

  private boolean isEntered(Expr node) {
    return node instanceof Apply apply
        && !node.shape().isScalarMatrix()
        && (apply.operator() == Primitive.TRANSPOSE || isTurnable(apply));
  }

  private int sum(Apply node, boolean flip) {
    int sum = 0;
    for (Expr argument : node.arguments()) {
      boolean free = node.operator() == Primitive.PRODUCT && isWhole(argument);
      sum += free ? 0 : count(argument, flip);
    }
    return sum;
  }

  /** Counts the transposes in {@code node}, or in its transpose, down to what is shared. */
  private int count(Expr node, boolean flip) {
    if (node.shape().isScalarMatrix()) {
      return 0;
    }
    return switch (node) {
      case Constant constant -> 0;
      case Variable variable -> flip && !variable.has(Property.SYMMETRIC) ? 1 : 0;
      case Apply apply -> {
        Count known = counts.get(apply);
        yield known != null ? known.of(flip) : flip ? 1 : 0;
      }
    };
  }

  /** A transpose that is only multiplied costs nothing: libraries read the matrix the other way. */
  private boolean isWhole(Expr factor) {
    Expr bare = Factors.isTranspose(factor) ? ((Apply) factor).argument(0) : factor;
    return !(bare instanceof Apply apply && isTurnable(apply));
  }

  /** Tells whether the transpose goes to the arguments. */
  private boolean isTurnable(Apply node) {
    return once.test(node)
        && switch (node.operator()) {
          case Operator.Scale scale -> true;
          case Primitive primitive ->
              primitive == Primitive.SUM
                  || primitive == Primitive.PRODUCT
                  || primitive == Primitive.HADAMARD;
          case Operator.Function function ->
              function.symbol().signature().kind() == Signature.Kind.ELEMENTWISE
                  && function.symbol().arity() == 1;
          default -> false;
        };
  }

  /** Returns the transpose of {@code root}, with transposes at what is shared. */
  private Expr inside(Expr root) {
    for (Expr node : Graph.postOrder(root, each -> turned.containsKey(each) || !isRebuilt(each))) {
      Apply apply = (Apply) node;
      List<Expr> arguments = new ArrayList<>();
      for (Expr argument : apply.arguments()) {
        arguments.add(turned(argument));
      }
      boolean chain = apply.operator() == Primitive.PRODUCT;
      Expr made =
          expressions.apply(
              apply.operator(), chain ? Tidying.scalarsFirst(arguments.reversed()) : arguments);
      turned.put(apply, made);
      turned.putIfAbsent(made, apply);
    }
    return turned(root);
  }

  private boolean isRebuilt(Expr node) {
    return isEntered(node) && !Factors.isTranspose(node);
  }

  private Expr turned(Expr node) {
    if (node.shape().isScalarMatrix()) {
      return node;
    }
    return switch (node) {
      case Variable variable ->
          variable.has(Property.SYMMETRIC) ? variable : Factors.transposed(expressions, variable);
      case Constant constant -> constant(constant);
      case Apply apply ->
          isRebuilt(apply)
              ? Objects.requireNonNull(turned.get(apply))
              : Factors.transposed(expressions, apply);
    };
  }

  private Expr constant(Constant constant) {
    return switch (constant.value()) {
      case Constant.Value.Fill fill -> expressions.fill(fill.value(), fill.shape().transposed());
      case Constant.Value.Identity identity -> constant;
      case Constant.Value.Commutation commutation ->
          expressions.commutation(
              /* rows= */ commutation.columns(), /* columns= */ commutation.rows());
      case Constant.Value.Size size -> constant;
      case Constant.Value.Pi pi -> constant;
    };
  }
}
