package gradsmith.algebra;

import gradsmith.expr.Apply;
import gradsmith.expr.Constant;
import gradsmith.expr.Expr;
import gradsmith.expr.Operator;
import gradsmith.expr.Operator.Primitive;
import gradsmith.expr.Property;
import gradsmith.expr.Variable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tells which normal forms are their own transpose. */
final class Symmetry {

  private final Algebra algebra;
  private final Map<Apply, Boolean> known = new HashMap<>();

  Symmetry(Algebra algebra) {
    this.algebra = algebra;
  }

  /**
   * Tells whether {@code node} is known to equal its transpose. Asked of every square node when it
   * is made, so that the answers for its arguments are at hand and nothing recurses over the depth
   * of the graph.
   */
  boolean isSymmetric(Expr node) {
    if (node.shape().isScalarMatrix()) {
      return true;
    }
    if (!node.shape().rows().equals(node.shape().columns())) {
      return false;
    }
    return switch (node) {
      case Variable variable -> variable.has(Property.SYMMETRIC);
      case Constant constant ->
          !(constant.value() instanceof Constant.Value.Commutation commutation)
              || commutation.rows().equals(commutation.columns());
      case Apply apply -> {
        Boolean answer = known.get(apply);
        if (answer == null) {
          known.put(apply, false);
          answer = compute(apply);
          known.put(apply, answer);
        }
        yield answer;
      }
    };
  }

  private boolean compute(Apply apply) {
    return switch (apply.operator()) {
      case Operator.Scale scale -> isSymmetric(apply.argument(0));
      case Operator.AxisSum sum -> isSymmetric(apply.argument(0));
      case Operator.NewAxis axis -> isSymmetric(apply.argument(0));
      case Operator.Unvec unvec -> false;
      case Operator.BlockContraction contraction -> false;
      case Operator.Unknown unknown -> isSymmetric(apply.argument(0));
      case Operator.Function function ->
          Functions.commutesWithTranspose(function.symbol()) && allSymmetric(apply);
      case Primitive primitive ->
          switch (primitive) {
            case SUM, HADAMARD -> allSymmetric(apply) || isClosed(apply.arguments());
            case PRODUCT -> isPalindrome(apply.arguments());
            case TRANSPOSE ->
                false; // its argument is not symmetric, or the transpose would not be there
            case POWER -> isSymmetric(apply.argument(0));
            case TOTAL, TRACE, DIAGONAL_MATRIX -> true;
            case DIAGONAL, VEC -> false;
            case KRONECKER -> allSymmetric(apply);
          };
    };
  }

  private boolean allSymmetric(Apply apply) {
    for (Expr argument : apply.arguments()) {
      if (!argument.shape().isScalar() && !isSymmetric(argument)) {
        return false;
      }
    }
    return true;
  }

  /** Tells whether the transpose of each argument is there too. */
  private boolean isClosed(List<Expr> arguments) {
    Set<Expr> all = new HashSet<>(arguments);
    for (Expr argument : arguments) {
      if (!all.contains(algebra.transpose(argument))) {
        return false;
      }
    }
    return true;
  }

  private boolean isPalindrome(List<Expr> factors) {
    int first = 0;
    while (first < factors.size() && factors.get(first).shape().isScalarMatrix()) {
      first++;
    }
    for (int i = first, j = factors.size() - 1; i <= j; i++, j--) {
      if (algebra.transpose(factors.get(i)) != factors.get(j)) {
        return false;
      }
    }
    return true;
  }
}
