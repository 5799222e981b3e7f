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
  private @Nullable String violation;

  /**
   * Watches functions of {@code dependent} nodes, those that move with what is differentiated by.
   */
  DomainGuard(FunctionFacts facts, Set<Expr> dependent) {
    this.facts = facts;
    this.dependent = dependent;
  }

  /**
   * Returns what first went wrong, a clause such as {@code log is not differentiable}; null if
   * nothing did.
   */
  @Nullable String violation() {
    return violation;
  }

  @Override
  public void computed(
      Apply node, List<Tensor<double[]>> arguments, Tensor<double[]> value, boolean within) {
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
    MatrixKernel kernel = kernel(function);
    if (kernel == null) {
      return true;
    }
    Tensor<double[]> argument = arguments.getFirst();
    return switch (kernel) {
      case INVERSE,
          DETERMINANT,
          EXPONENTIAL,
          EXPONENTIAL_DERIVATIVE,
          WHOLE_POWER,
          WHOLE_POWER_DERIVATIVE,
          LOWER_HALF,
          PSEUDO_INVERSE,
          CHOLESKY,
          EIGENVALUES,
          EIGENVECTORS,
          LARGEST_EIGENVALUE,
          LEADING_EIGENVECTOR,
          NUCLEAR_NORM,
          POLAR_FACTOR,
          SPECTRAL_NORM,
          LEADING_DYAD ->
          true; // where they are not differentiable they are not a number
      case ROW_MAXIMA -> areExtremesUnique(argument, argument.columns(), 1);
      case MAXIMUM -> areExtremesUnique(argument, argument.size(), 1);
      case MINIMUM -> areExtremesUnique(argument, argument.size(), -1);
    };
  }

  private static @Nullable MatrixKernel kernel(Operator.Function function) {
    return MatrixKernel.find(function.symbol().name(), function.symbol().arity());
  }

  /**
   * Tells whether in each run of {@code length} one entry is clearly the largest, or with sign -1
   * the smallest.
   */
  private static boolean areExtremesUnique(Tensor<double[]> tensor, int length, int sign) {
    double[] entries = tensor.entries();
    for (int start = 0; start < entries.length; start += length) {
      double largest = Double.NEGATIVE_INFINITY;
      double next = Double.NEGATIVE_INFINITY;
      for (int i = start; i < start + length; i++) {
        double entry = sign * entries[i];
        next = Math.max(next, Math.min(largest, entry));
        largest = Math.max(largest, entry);
      }
      if (!(largest - next > Math.sqrt(MARGIN))) {
        return false;
      }
    }
    return true;
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
    MatrixKernel kernel = kernel(function);
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
