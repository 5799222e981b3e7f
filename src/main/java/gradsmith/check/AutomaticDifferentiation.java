package gradsmith.check;

import gradsmith.evaluate.DerivativeField;
import gradsmith.evaluate.Evaluator;
import gradsmith.evaluate.MatrixKernel;
import gradsmith.evaluate.RandomInstance;
import gradsmith.evaluate.RealField;
import gradsmith.evaluate.Tensor;
import gradsmith.expr.Apply;
import gradsmith.expr.Binding;
import gradsmith.expr.Expr;
import gradsmith.expr.Graph;
import gradsmith.expr.Operator;
import gradsmith.expr.Variable;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.math3.analysis.differentiation.DerivativeStructure;

/**
 * Forward automatic differentiation by Commons Math's truncated Taylor series: exact to rounding.
 */
public final class AutomaticDifferentiation implements Witness {

  /** Of the largest derivative on the way, the share that rounding may cost where terms cancel. */
  private static final double ROUNDING = 1e-12;

  /** Makes the witness; it has no state. */
  public AutomaticDifferentiation() {}

  @Override
  public String name() {
    return "forward automatic differentiation";
  }

  @Override
  public double tolerance() {
    return 1e-9;
  }

  /** Some functions of matrices are computed in real numbers only. */
  @Override
  public boolean canJudge(ForwardProgram program) {
    for (Binding binding : program.program().bindings()) {
      for (Expr node : Graph.postOrder(binding.value())) {
        if (node instanceof Apply apply && apply.operator() instanceof Operator.Function function) {
          MatrixKernel kernel =
              MatrixKernel.find(function.symbol().name(), function.symbol().arity());
          if (kernel != null && !kernel.isOverAnyField()) {
            return false;
          }
        }
      }
    }
    return true;
  }

  @Override
  public Slope[] slopes(
      ForwardProgram program, RandomInstance point, Map<Variable, double[]> direction) {
    return derivatives(program, point, direction, 1);
  }

  /**
   * f(s, t) = f along u + v less f along u - v, by polarization: ∂²/∂s∂t = (q(u + v) - q(u - v)) /
   * 4.
   */
  @Override
  public Slope curvature(
      ForwardProgram program,
      RandomInstance point,
      Map<Variable, double[]> first,
      Map<Variable, double[]> second) {
    Slope sum = derivatives(program, point, combined(first, second, 1), 2)[0];
    Slope difference = derivatives(program, point, combined(first, second, -1), 2)[0];
    double magnitude = Math.max(sum.magnitude(), difference.magnitude());
    return new Slope((sum.value() - difference.value()) / 4, ROUNDING * magnitude, magnitude);
  }

  private static Slope[] derivatives(
      ForwardProgram program, RandomInstance point, Map<Variable, double[]> direction, int order) {
    DerivativeField field = new DerivativeField(order);
    Map<Variable, DerivativeStructure[]> offsets = new HashMap<>();
    for (Map.Entry<Variable, double[]> entry : direction.entrySet()) {
      offsets.put(entry.getKey(), field.along(entry.getValue()));
    }
    Evaluator<DerivativeStructure[]> run = program.run(field, point, offsets, null);
    double magnitude = 0;
    for (Tensor<DerivativeStructure[]> tensor : run.values()) {
      for (DerivativeStructure number : tensor.entries()) {
        magnitude = Math.max(magnitude, Math.abs(number.getPartialDerivative(order)));
      }
    }
    double[] values = field.derivatives(run.evaluate(program.program().value()).entries(), order);
    Slope[] slopes = new Slope[values.length];
    for (int i = 0; i < slopes.length; i++) {
      slopes[i] = new Slope(values[i], ROUNDING * magnitude, magnitude);
    }
    return slopes;
  }

  /** Returns {@code first} + {@code sign} {@code second}. */
  private static Map<Variable, double[]> combined(
      Map<Variable, double[]> first, Map<Variable, double[]> second, double sign) {
    RealField field = new RealField();
    Map<Variable, double[]> combined = new HashMap<>(first);
    second.forEach((variable, entries) ->
        combined.merge(variable, field.scale(entries, sign), (a, b) -> field.add(a, b)));
    return combined;
  }
}
