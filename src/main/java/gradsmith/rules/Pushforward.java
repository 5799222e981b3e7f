package gradsmith.rules;

import gradsmith.algebra.Algebra;
import gradsmith.expr.Apply;
import gradsmith.expr.Expr;
import gradsmith.expr.Graph;
import gradsmith.expr.Operator;
import gradsmith.expr.Operator.Primitive;
import gradsmith.expr.Rational;
import gradsmith.expr.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Forward accumulation: the differential dF of an expression in terms of the tangents of its
 * variables, d(A B) = dA B + A dB, visiting each node once.
 */
public final class Pushforward {

  private final Algebra algebra;
  private final FunctionRules rules;

  /** The tangents of the nodes seen so far; a node without one is constant. */
  private final Map<Expr, Expr> tangents = new HashMap<>();

  /** Builds differentials with {@code algebra} and the function rules of {@code rules}. */
  public Pushforward(Algebra algebra, FunctionRules rules) {
    this.algebra = algebra;
    this.rules = rules;
  }

  /** Gives {@code variable} its tangent, of its shape, before anything that depends on it. */
  public void bind(Variable variable, Expr tangent) {
    if (!Algebra.isZero(tangent)) {
      tangents.put(variable, tangent);
    }
  }

  /** Returns the differential of {@code root}, which is in normal form; zeros if it is constant. */
  public Expr differential(Expr root) {
    for (Expr node : Graph.postOrder(root)) {
      if (node instanceof Apply apply && !tangents.containsKey(node) && isActive(apply)) {
        Expr tangent = algebra.conform(step(apply), node.shape());
        if (!Algebra.isZero(tangent)) {
          tangents.put(node, tangent);
        }
      }
    }
    return tangent(root);
  }

  private boolean isActive(Apply node) {
    for (Expr argument : node.arguments()) {
      if (tangents.containsKey(argument)) {
        return true;
      }
    }
    return false;
  }

  private Expr tangent(Expr node) {
    Expr known = tangents.get(node);
    return known == null ? algebra.zeros(node.shape()) : known;
  }

  private Expr step(Apply node) {
    return switch (node.operator()) {
      case Operator.Scale scale -> linear(node);
      case Operator.AxisSum sum -> linear(node);
      case Operator.NewAxis axis -> linear(node);
      case Operator.Unvec unvec -> linear(node);
      case Operator.BlockContraction contraction -> multilinear(node);
      case Operator.Unknown unknown -> {
        Operator slope = new Operator.Unknown(unknown.name(), unknown.order() + 1);
        yield algebra.hadamard(algebra.apply(slope, node.arguments()), tangent(node.argument(0)));
      }
      case Operator.Function function when !rules.hasDifferential(function.symbol()) ->
          linear(function, node);
      case Operator.Function function -> {
        List<Expr> arguments = new ArrayList<>(node.arguments());
        node.arguments().forEach(argument -> arguments.add(tangent(argument)));
        yield Instantiation.apply(rules.differential(function.symbol()), arguments, algebra);
      }
      case Primitive primitive ->
          switch (primitive) {
            case TRANSPOSE, TOTAL, TRACE, DIAGONAL, DIAGONAL_MATRIX, VEC -> linear(node);
            case SUM -> sum(node);
            case PRODUCT, HADAMARD, KRONECKER -> multilinear(node);
            case POWER -> power(node);
          };
    };
  }

  private Expr linear(Apply node) {
    return algebra.apply(node.operator(), List.of(tangent(node.argument(0))));
  }

  /** A function that has no differential may be linear in the arguments that move. */
  private Expr linear(Operator.Function function, Apply node) {
    List<Expr> terms = new ArrayList<>();
    for (int i = 0; i < node.arguments().size(); i++) {
      if (tangents.containsKey(node.argument(i))) {
        if (!rules.isLinear(function.symbol(), i)) {
          throw new NotDifferentiableException(function.symbol());
        }
        List<Expr> arguments = new ArrayList<>(node.arguments());
        arguments.set(i, tangent(node.argument(i)));
        terms.add(algebra.apply(function, arguments));
      }
    }
    return algebra.sum(terms);
  }

  private Expr sum(Apply node) {
    List<Expr> terms = new ArrayList<>();
    for (Expr term : node.arguments()) {
      if (tangents.containsKey(term)) {
        terms.add(tangent(term));
      }
    }
    return algebra.sum(terms);
  }

  /** d(A B C) = dA B C + A dB C + A B dC. */
  private Expr multilinear(Apply node) {
    List<Expr> terms = new ArrayList<>();
    for (int i = 0; i < node.arguments().size(); i++) {
      if (tangents.containsKey(node.argument(i))) {
        List<Expr> factors = new ArrayList<>(node.arguments());
        factors.set(i, tangent(node.argument(i)));
        terms.add(algebra.conform(algebra.apply(node.operator(), factors), node.shape()));
      }
    }
    return algebra.sum(terms);
  }

  /** d(A .^ k) = k A .^ (k - 1) .* dA + A .^ k .* log(A) dk. */
  private Expr power(Apply node) {
    Expr A = node.argument(0);
    Expr k = node.argument(1);
    List<Expr> terms = new ArrayList<>();
    if (tangents.containsKey(A)) {
      Expr less = algebra.sum(k, algebra.number(Rational.MINUS_ONE));
      terms.add(algebra.product(k, algebra.hadamard(algebra.power(A, less), tangent(A))));
    }
    if (tangents.containsKey(k)) {
      Expr log = algebra.apply(new Operator.Function(rules.symbol("log", 1)), List.of(A));
      terms.add(algebra.product(tangent(k), algebra.hadamard(node, log)));
    }
    return algebra.sum(terms);
  }
}
