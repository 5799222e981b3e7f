package gradsmith.language;

import gradsmith.expr.Expr;
import gradsmith.expr.Expressions;
import gradsmith.expr.Operator;
import gradsmith.expr.Operator.Primitive;
import gradsmith.expr.Rational;
import gradsmith.expr.SizeExpressions;
import gradsmith.shape.Length;
import gradsmith.shape.Polynomial;
import gradsmith.shape.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Turns proto-nodes, whose lengths are all settled, into expressions in which every broadcast is
 * written out. It builds with the plain constructors and changes nothing.
 */
final class Emission {

  private final Expressions expressions;
  private final Function<Proto, Expr> names;
  private final Map<Proto, Expr> emitted = new HashMap<>();

  /** Builds nodes of {@code expressions}; {@code names} gives the variables. */
  Emission(Expressions expressions, Function<Proto, Expr> names) {
    this.expressions = expressions;
    this.names = names;
  }

  static Polynomial dimension(Length length) {
    Polynomial value = length.value();
    if (value == null) {
      throw new IllegalStateException("a length that was not settled");
    }
    return value;
  }

  static Shape shape(Proto proto) {
    List<Polynomial> leading = new ArrayList<>();
    for (Length axis : proto.leading) {
      leading.add(dimension(axis));
    }
    return new Shape(leading, dimension(proto.rows), dimension(proto.columns));
  }

  /** Returns the expression of {@code root}. */
  Expr emit(Proto root) {
    for (Proto node : ProtoGraph.postOrder(root, emitted::containsKey)) {
      emitted.put(node, build(node));
    }
    return Objects.requireNonNull(emitted.get(root));
  }

  /** Uses {@code variable} for {@code node} from now on. */
  void name(Proto node, Expr variable) {
    emitted.put(node, variable);
  }

  private Expr argument(Proto node, int index) {
    return Objects.requireNonNull(emitted.get(node.arguments.get(index)));
  }

  private Expr build(Proto node) {
    return switch (node.form) {
      case Proto.Form.Free free -> names.apply(node);
      case Proto.Form.Assigned assigned -> names.apply(node);
      case Proto.Form.Alias alias -> argument(node, 0);
      case Proto.Form.Numeral numeral -> expressions.number(numeral.value());
      case Proto.Form.Pi pi -> expressions.pi();
      case Proto.Form.Size size -> size(dimension(size.length()));
      case Proto.Form.Count count -> count(node.arguments.getFirst());
      case Proto.Form.Identity identity -> expressions.identity(dimension(node.rows));
      case Proto.Form.Commutation commutation ->
          expressions.commutation(dimension(commutation.rows()), dimension(commutation.columns()));
      case Proto.Form.Fill fill -> fill(node, fill.value());
      case Proto.Form.Sum sum -> sum(node, sum);
      case Proto.Form.Product product ->
          expressions.apply(Primitive.PRODUCT, argument(node, 0), argument(node, 1));
      case Proto.Form.Hadamard hadamard -> hadamard(node, hadamard);
      case Proto.Form.Power power ->
          expressions.apply(Primitive.POWER, argument(node, 0), argument(node, 1));
      case Proto.Form.Repeated repeated -> repeated(node, repeated.count());
      case Proto.Form.Negation negation -> negated(argument(node, 0));
      case Proto.Form.Transpose transpose ->
          expressions.apply(Primitive.TRANSPOSE, argument(node, 0));
      case Proto.Form.Function function -> function(node, function);
      case Proto.Form.Unknown unknown ->
          expressions.apply(
              new Operator.Unknown(unknown.name(), unknown.order()), argument(node, 0));
      case Proto.Form.Primitive primitive -> primitive(node, primitive.operator());
      case Proto.Form.Rearranged rearranged -> rearranged(node, rearranged.function());
      case Proto.Form.AxisSum sum ->
          expressions.apply(new Operator.AxisSum(sum.fromRight(), false), argument(node, 0));
      case Proto.Form.NewAxis axis ->
          expressions.apply(new Operator.NewAxis(axis.fromRight()), argument(node, 0));
      case Proto.Form.Reported error -> throw new IllegalStateException("a node that was reported");
    };
  }

  private Expr rearranged(Proto node, String function) {
    Shape shape = shape(node);
    if (function.equals("unvec")) {
      return expressions.apply(
          new Operator.Unvec(shape.rows(), shape.columns()), argument(node, 0));
    }
    boolean inner = function.equals("kron_left");
    return expressions.apply(
        new Operator.BlockContraction(inner, shape.rows(), shape.columns()),
        argument(node, 0),
        argument(node, 1));
  }

  private Expr primitive(Proto node, Primitive operator) {
    List<Expr> arguments = new ArrayList<>();
    for (int i = 0; i < node.arguments.size(); i++) {
      arguments.add(argument(node, i));
    }
    boolean alreadyScalar = operator == Primitive.TOTAL && arguments.getFirst().shape().isScalar();
    return alreadyScalar ? arguments.getFirst() : expressions.apply(operator, arguments);
  }

  private Expr negated(Expr argument) {
    return expressions.apply(new Operator.Scale(Rational.MINUS_ONE), argument);
  }

  private Expr size(Polynomial length) {
    return SizeExpressions.of(length, expressions, expressions::apply);
  }

  private Expr count(Proto argument) {
    List<Expr> sizes = new ArrayList<>();
    for (Polynomial axis : shape(argument).axes()) {
      if (!axis.isOne()) {
        sizes.add(size(axis));
      }
    }
    return sizes.isEmpty()
        ? expressions.number(Rational.ONE)
        : sizes.size() == 1 ? sizes.getFirst() : expressions.apply(Primitive.PRODUCT, sizes);
  }

  private Expr fill(Proto node, Rational value) {
    Expr filled = expressions.fill(value, shape(node));
    return node.arguments.isEmpty()
        ? filled
        : expressions.apply(Primitive.PRODUCT, argument(node, 0), filled);
  }

  private Expr sum(Proto node, Proto.Form.Sum sum) {
    List<Expr> terms = new ArrayList<>();
    for (int i = 0; i < node.arguments.size(); i++) {
      Expr term = broadcast(node, i);
      terms.add(sum.negative().get(i) ? negated(term) : term);
    }
    return expressions.apply(Primitive.SUM, terms);
  }

  private Expr hadamard(Proto node, Proto.Form.Hadamard hadamard) {
    List<Expr> factors = new ArrayList<>();
    for (int i = 0; i < node.arguments.size(); i++) {
      Expr factor = argument(node, i);
      if (hadamard.inverted().get(i)) {
        factor = expressions.apply(Primitive.POWER, factor, expressions.number(Rational.MINUS_ONE));
      }
      factors.add(factor);
    }
    for (Expr factor : factors) {
      if (factor.shape().isScalarMatrix()) {
        return expressions.apply(Primitive.PRODUCT, factors);
      }
    }
    List<Expr> spread = new ArrayList<>();
    for (int i = 0; i < factors.size(); i++) {
      spread.add(spread(node, i, factors.get(i)));
    }
    return expressions.apply(Primitive.HADAMARD, spread);
  }

  private Expr repeated(Proto node, int count) {
    if (count == 0) {
      Expr identity = expressions.identity(dimension(node.rows));
      Shape shape = shape(node);
      return shape.leading().isEmpty()
          ? identity
          : expressions.apply(Primitive.HADAMARD, identity, expressions.fill(Rational.ONE, shape));
    }
    List<Expr> factors = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      factors.add(argument(node, 0));
    }
    return expressions.apply(Primitive.PRODUCT, factors);
  }

  private Expr function(Proto node, Proto.Form.Function function) {
    List<Expr> arguments = new ArrayList<>();
    boolean elementwise =
        function.symbol().signature().kind() == gradsmith.shape.Signature.Kind.ELEMENTWISE;
    for (int i = 0; i < node.arguments.size(); i++) {
      boolean number = function.symbol().signature().parameters().get(i).isEmpty();
      arguments.add(elementwise && !number ? broadcast(node, i) : argument(node, i));
    }
    return expressions.apply(new Operator.Function(function.symbol()), arguments);
  }

  private Expr broadcast(Proto node, int index) {
    return spread(node, index, argument(node, index));
  }

  /**
   * Repeats {@code value}, argument {@code index} of {@code node}, over the rows and columns of
   * {@code node}.
   */
  private Expr spread(Proto node, int index, Expr value) {
    Polynomial rows = dimension(node.rows);
    Polynomial columns = dimension(node.columns);
    Shape shape = value.shape();
    if (shape.rows().equals(rows) && shape.columns().equals(columns)) {
      return value;
    }
    if (shape.isScalarMatrix()) {
      return expressions.apply(
          Primitive.PRODUCT, value, expressions.fill(Rational.ONE, Shape.matrix(rows, columns)));
    }
    if (node.isReadAsRow(index)) {
      return repeatRow(expressions.apply(Primitive.TRANSPOSE, value), rows);
    }
    return shape.columns().isOne()
        ? expressions.apply(
            Primitive.PRODUCT,
            value,
            expressions.fill(Rational.ONE, Shape.matrix(Polynomial.ONE, columns)))
        : repeatRow(value, rows);
  }

  private Expr repeatRow(Expr row, Polynomial rows) {
    if (rows.isOne()) {
      return row;
    }
    return expressions.apply(
        Primitive.PRODUCT, expressions.fill(Rational.ONE, Shape.matrix(rows, Polynomial.ONE)), row);
  }
}
