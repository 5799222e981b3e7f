package gradsmith.rules;

import gradsmith.algebra.Algebra;
import gradsmith.expr.Apply;
import gradsmith.expr.Expr;
import gradsmith.expr.ExprMap;
import gradsmith.expr.ExprSet;
import gradsmith.expr.Graph;
import gradsmith.expr.Lambda;
import gradsmith.expr.Operator;
import gradsmith.expr.Operator.Primitive;
import gradsmith.expr.Rational;
import gradsmith.expr.Variable;
import gradsmith.shape.Polynomial;
import gradsmith.shape.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reverse accumulation over one expression: carries a cotangent from the root to the variables,
 * visiting each node once. At every node ⟨G, dF⟩ is rewritten as a sum of ⟨·, dA⟩ over its
 * arguments: the linear operators of the algebra by their adjoints, a function by the adjoint that
 * was obtained by transposing its differential.
 */
public final class Pullback {

  /** Told of each cotangent as it becomes known. */
  public interface Observer {
    /**
     * The cotangent of {@code node} is {@code cotangent}; returns what to carry on, which equals
     * it.
     */
    Expr cotangent(Expr node, Expr cotangent);
  }

  private final Algebra algebra;
  private final FunctionRules rules;
  private ExprMap<List<Expr>> contributions = new ExprMap<>();

  /** Builds cotangents with {@code algebra} and the function rules of {@code rules}. */
  public Pullback(Algebra algebra, FunctionRules rules) {
    this.algebra = algebra;
    this.rules = rules;
  }

  /**
   * Returns for each of {@code by} that {@code root} depends on the cotangent contributed to it.
   *
   * @param root the expression, in normal form
   * @param seed its cotangent, of its shape
   * @param by what to carry the cotangent to
   * @param observer is told of each step
   */
  public Map<Variable, Expr> pull(Expr root, Expr seed, ExprSet by, Observer observer) {
    List<Expr> order = Graph.postOrder(root);
    ExprSet active = active(order, by);
    Map<Variable, Expr> result = new LinkedHashMap<>();
    contributions = new ExprMap<>();
    contribute(root, seed, active);
    for (int i = order.size() - 1; i >= 0; i--) {
      Expr node = order.get(i);
      List<Expr> parts = contributions.remove(node);
      if (parts == null) {
        continue;
      }
      Expr cotangent = parts.size() == 1 ? parts.getFirst() : algebra.sum(parts);
      cotangent = observer.cotangent(node, cotangent);
      if (node instanceof Variable variable) {
        result.put(variable, cotangent);
      } else if (!Algebra.isZero(cotangent)) {
        step((Apply) node, cotangent, active);
      }
    }
    return result;
  }

  private static ExprSet active(List<Expr> order, ExprSet by) {
    ExprSet active = new ExprSet();
    for (Expr node : order) {
      if (node instanceof Variable variable && by.contains(variable)) {
        active.add(node);
      } else if (node instanceof Apply apply) {
        for (Expr argument : apply.arguments()) {
          if (active.contains(argument)) {
            active.add(node);
            break;
          }
        }
      }
    }
    return active;
  }

  private void contribute(Expr node, Expr cotangent, ExprSet active) {
    if (active.contains(node)) {
      contributions
          .computeIfAbsent(node, () -> new ArrayList<>(1))
          .add(algebra.conform(cotangent, node.shape()));
    }
  }

  private void step(Apply node, Expr G, ExprSet active) {
    Expr first = node.argument(0);
    switch (node.operator()) {
      case Operator.Scale scale -> contribute(first, algebra.scale(scale.factor(), G), active);
      case Operator.AxisSum sum -> contribute(first, axisSum(sum, G, first.shape()), active);
      case Operator.NewAxis axis ->
          contribute(
              first,
              algebra.apply(new Operator.AxisSum(axis.fromRight(), false), List.of(G)),
              active);
      case Operator.Unvec unvec ->
          contribute(first, algebra.apply(Primitive.VEC, List.of(G)), active);
      case Operator.BlockContraction contraction -> blockContraction(contraction, node, G, active);
      case Operator.Unknown unknown ->
          contribute(
              first,
              algebra.hadamard(
                  G,
                  algebra.apply(
                      new Operator.Unknown(unknown.name(), unknown.order() + 1), node.arguments())),
              active);
      case Operator.Function function -> function(function, node, G, active);
      case Primitive primitive -> primitive(primitive, node, G, active);
    }
  }

  private void function(Operator.Function function, Apply node, Expr G, ExprSet active) {
    for (int i = 0; i < node.arguments().size(); i++) {
      if (active.contains(node.argument(i))) {
        Lambda adjoint = rules.adjoint(function.symbol(), i);
        List<Expr> arguments = new ArrayList<>(node.arguments());
        arguments.add(G);
        contribute(node.argument(i), Instantiation.apply(adjoint, arguments, algebra), active);
      }
    }
  }

  private void primitive(Primitive primitive, Apply node, Expr G, ExprSet active) {
    Expr A = node.argument(0);
    switch (primitive) {
      case SUM -> {
        for (Expr term : node.arguments()) {
          contribute(term, G, active);
        }
      }
      case PRODUCT -> product(node, G, active);
      case HADAMARD -> {
        for (int i = 0; i < node.arguments().size(); i++) {
          if (active.contains(node.argument(i))) {
            List<Expr> factors = new ArrayList<>(node.arguments());
            factors.set(i, G);
            contribute(node.argument(i), algebra.hadamard(factors), active);
          }
        }
      }
      case TRANSPOSE -> contribute(A, algebra.transpose(G), active);
      case POWER -> power(node, G, active);
      case TOTAL -> contribute(A, algebra.product(G, algebra.ones(A.shape())), active);
      case TRACE ->
          contribute(
              A, algebra.product(G, algebra.expressions().identity(A.shape().rows())), active);
      case DIAGONAL -> contribute(A, algebra.apply(Primitive.DIAGONAL_MATRIX, List.of(G)), active);
      case DIAGONAL_MATRIX -> contribute(A, algebra.apply(Primitive.DIAGONAL, List.of(G)), active);
      case VEC ->
          contribute(
              A,
              algebra.apply(new Operator.Unvec(A.shape().rows(), A.shape().columns()), List.of(G)),
              active);
      case KRONECKER -> kronecker(node, G, active);
    }
  }

  /** ⟨G, s A B C⟩ = ⟨s A' G C', B⟩ for a matrix, ⟨sum(G .* A B C), s⟩ for a 1×1 factor. */
  private void product(Apply node, Expr G, ExprSet active) {
    List<Expr> factors = node.arguments();
    boolean scalarNode = node.shape().isScalarMatrix();
    for (int i = 0; i < factors.size(); i++) {
      Expr factor = factors.get(i);
      if (!active.contains(factor)) {
        continue;
      }
      if (factor.shape().isScalarMatrix()) {
        List<Expr> rest = new ArrayList<>(factors);
        rest.remove(i);
        Expr others = algebra.product(rest);
        contribute(
            factor, scalarNode ? algebra.product(G, others) : innerProduct(G, others), active);
      } else {
        List<Expr> parts = new ArrayList<>();
        parts.add(transposedProduct(factors.subList(0, i)));
        parts.add(G);
        parts.add(transposedProduct(factors.subList(i + 1, factors.size())));
        contribute(factor, algebra.product(parts), active);
      }
    }
  }

  private Expr transposedProduct(List<Expr> factors) {
    return factors.isEmpty()
        ? algebra.number(Rational.ONE)
        : algebra.transpose(algebra.product(factors));
  }

  /** The sum of the entries of A .* B, one number for each matrix of the stack. */
  private Expr innerProduct(Expr A, Expr B) {
    Expr entries = algebra.hadamard(A, B);
    if (entries.shape().leading().isEmpty()) {
      return algebra.total(entries);
    }
    return algebra.product(
        algebra.onesRow(entries.shape().rows()),
        entries,
        algebra.onesColumn(entries.shape().columns()));
  }

  /** d(A .^ k) = k A .^ (k - 1) .* dA + A .^ k .* log(A) dk. */
  private void power(Apply node, Expr G, ExprSet active) {
    Expr A = node.argument(0);
    Expr k = node.argument(1);
    if (active.contains(A)) {
      Expr less = algebra.sum(k, algebra.number(Rational.MINUS_ONE));
      contribute(A, algebra.product(k, algebra.hadamard(G, algebra.power(A, less))), active);
    }
    if (active.contains(k)) {
      Expr log = algebra.apply(new Operator.Function(rules.symbol("log", 1)), List.of(A));
      contribute(k, algebra.total(algebra.hadamard(List.of(G, node, log))), active);
    }
  }

  /** Repeats the cotangent along the axis that was summed over. */
  private Expr axisSum(Operator.AxisSum sum, Expr G, Shape shape) {
    Expr aligned =
        sum.keep() || sum.fromRight() == G.shape().leading().size()
            ? G
            : algebra.apply(new Operator.NewAxis(sum.fromRight()), List.of(G));
    return algebra.hadamard(aligned, algebra.ones(shape));
  }

  /** ⟨G, A ⊗ B⟩: block (i, j) of G is paired with A(i, j) B. */
  private void kronecker(Apply node, Expr G, ExprSet active) {
    for (int i = 0; i < 2; i++) {
      if (active.contains(node.argument(i))) {
        Expr other = node.argument(1 - i);
        Polynomial rows = node.argument(i).shape().rows();
        Polynomial columns = node.argument(i).shape().columns();
        contribute(
            node.argument(i),
            algebra.apply(new Operator.BlockContraction(i == 0, rows, columns), List.of(G, other)),
            active);
      }
    }
  }

  /**
   * The contraction of blocks is linear in each argument; its adjoints are a Kronecker product and
   * another contraction.
   */
  private void blockContraction(
      Operator.BlockContraction contraction, Apply node, Expr G, ExprSet active) {
    Expr blocks = node.argument(0);
    Expr B = node.argument(1);
    if (active.contains(blocks)) {
      contribute(
          blocks,
          algebra.apply(Primitive.KRONECKER, contraction.inner() ? List.of(G, B) : List.of(B, G)),
          active);
    }
    if (active.contains(B)) {
      Operator other =
          new Operator.BlockContraction(
              !contraction.inner(), B.shape().rows(), B.shape().columns());
      contribute(B, algebra.apply(other, List.of(blocks, G)), active);
    }
  }
}
