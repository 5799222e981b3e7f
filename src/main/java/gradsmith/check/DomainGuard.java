package gradsmith.check;

import gradsmith.evaluate.Evaluator;
import gradsmith.evaluate.MatrixKernel;
import gradsmith.evaluate.RealField;
import gradsmith.evaluate.Tensor;
import gradsmith.expr.Apply;
import gradsmith.expr.Expr;
import gradsmith.expr.FunctionFacts;
import gradsmith.expr.Lambda;
import gradsmith.expr.Operator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Watches a run of a program and tells whether its point is admissible: every number moderate,
 * every function that depends on what is differentiated by at a place where it is differentiable,
 * every inverse well conditioned.
 */
final class DomainGuard implements Evaluator.Observer<double[]> {

  /** Margins are squares of distances where a function has a kink, else distances. */
  private static final double MARGIN = 1e-10;

  private static final double NEAR_ZERO = 1e-3;
  private static final double LARGEST = 1e8;
  private static final double WORST_CONDITION = 1e4;

  private final FunctionFacts facts;
  private final Set<Expr> dependent;
  private final RealField field = new RealField();
  private final Ties ties;
  private @Nullable String violation;

  /**
   * Watches functions of {@code dependent} nodes, those that move with what is differentiated by.
   */
  DomainGuard(FunctionFacts facts, Set<Expr> dependent) {
    this.facts = facts;
    this.dependent = dependent;
    this.ties = new Ties(dependent);
  }

  /**
   * Returns what first went wrong, a clause such as {@code log is not differentiable}; null if
   * nothing did.
   */
  @Nullable String violation() {
    return violation;
  }

  /**
   * Returns where extremes are taken at several entries, which is smooth only if they stay equal.
   */
  Ties ties() {
    return ties;
  }

  @Override
  public void computed(
      Apply node, List<Tensor<double[]>> arguments, Tensor<double[]> value, boolean within) {
    ties.computed(node, arguments, value, within);
    if (violation == null) {
      violation = violation(node, arguments, value, within);
    }
  }

  private @Nullable String violation(
      Apply node, List<Tensor<double[]>> arguments, Tensor<double[]> value, boolean within) {
    boolean moves = !within && dependent.contains(node);
    String broken = null;
    if (node.operator() instanceof Operator.Function function) {
      String name = function.symbol().name();
      if (moves && !isInDomain(function, arguments)) {
        broken = name + " is not differentiable";
      } else if (isIllConditioned(function, arguments)) {
        broken = "the argument of " + name + " is nearly singular";
      }
    } else if (node.operator() == Operator.Primitive.POWER
        && moves
        && !isPowerSmooth(node, arguments)) {
      broken = "a power is not differentiable";
    }
    return broken != null || within ? broken : immoderate(node, value);
  }

  private static @Nullable String immoderate(Apply node, Tensor<double[]> value) {
    String name =
        node.operator() instanceof Operator.Function function
            ? function.symbol().name()
            : "an intermediate value";
    for (double entry : value.entries()) {
      if (Double.isNaN(entry)) {
        return (node.operator() == Operator.Primitive.POWER ? "a power" : name) + " is not defined";
      }
      if (!(Math.abs(entry) <= LARGEST)) {
        return name + " is too large";
      }
    }
    return null;
  }

  private boolean isInDomain(Operator.Function function, List<Tensor<double[]>> arguments) {
    for (Lambda margin : facts.domain(function.symbol())) {
      for (double distance : Evaluator.call(margin, arguments, field, facts).entries()) {
        if (!(distance > MARGIN)) {
          return false;
        }
      }
    }
    return MatrixDomain.isSmooth(function.symbol(), arguments);
  }

  private boolean isPowerSmooth(Apply node, List<Tensor<double[]>> arguments) {
    boolean positive = dependent.contains(node.argument(1));
    double lowest = Double.POSITIVE_INFINITY;
    boolean whole = true;
    for (double exponent : arguments.get(1).entries()) {
      lowest = Math.min(lowest, exponent);
      whole &= exponent == Math.rint(exponent);
    }
    positive |= !whole;
    for (double base : arguments.getFirst().entries()) {
      boolean smooth = positive ? base > NEAR_ZERO : (lowest >= 0 || Math.abs(base) > NEAR_ZERO);
      if (!smooth) {
        return false;
      }
    }
    return true;
  }

  private boolean isIllConditioned(Operator.Function function, List<Tensor<double[]>> arguments) {
    MatrixKernel kernel = MatrixKernel.find(function.symbol().name(), function.symbol().arity());
    if (kernel != MatrixKernel.INVERSE && kernel != MatrixKernel.DETERMINANT) {
      return false;
    }
    Tensor<double[]> matrix = arguments.getFirst();
    double[] inverse = field.inverses(matrix.entries(), matrix.rows());
    int count = matrix.rows() * matrix.rows();
    for (int start = 0; start < inverse.length; start += count) {
      if (!(norm(matrix.entries(), start, count) * norm(inverse, start, count)
          <= WORST_CONDITION)) {
        return true;
      }
    }
    return false;
  }

  private static double norm(double[] entries, int start, int count) {
    double sum = 0;
    for (int i = start; i < start + count; i++) {
      sum += entries[i] * entries[i];
    }
    return Math.sqrt(sum);
  }
}
