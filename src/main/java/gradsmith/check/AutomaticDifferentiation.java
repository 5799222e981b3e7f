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
import java.util.List;
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
    Magnitude inside = new Magnitude(order);
    Evaluator<DerivativeStructure[]> run = program.run(field, point, offsets, inside);
    double magnitude = inside.largest;
    for (Tensor<DerivativeStructure[]> tensor : run.values()) {
      for (DerivativeStructure number : tensor.entries()) {
        magnitude = Math.max(magnitude, magnitude(number, order));
      }
    }
    double[] values = field.derivatives(run.evaluate(program.value()).entries(), order);
    Slope[] slopes = new Slope[values.length];
    for (int i = 0; i < slopes.length; i++) {
      slopes[i] = new Slope(values[i], ROUNDING * magnitude, magnitude);
    }
    return slopes;
  }

  /** A second derivative is made of products of two first ones, too. */
  private static double magnitude(DerivativeStructure number, int order) {
    double power = Math.pow(Math.abs(number.getPartialDerivative(1)), order);
    return Math.max(power, Math.abs(number.getPartialDerivative(order)));
  }

  /** The largest derivative within the definitions of functions, where all may cancel. */
  private static final class Magnitude implements Evaluator.Observer<DerivativeStructure[]> {
    private final int order;
    private double largest;

    Magnitude(int order) {
      this.order = order;
    }

    @Override
    public void computed(
        Apply node,
        List<Tensor<DerivativeStructure[]>> arguments,
        Tensor<DerivativeStructure[]> value,
        boolean within) {
      for (DerivativeStructure number : value.entries()) {
        double magnitude = within ? magnitude(number, order) : 0;
        if (Double.isFinite(magnitude)) {
          largest = Math.max(largest, magnitude);
        }
      }
    }
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
