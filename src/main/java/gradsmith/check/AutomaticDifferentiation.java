package gradsmith.check;

import gradsmith.evaluate.DerivativeField;
import gradsmith.evaluate.Evaluator;
import gradsmith.evaluate.RandomInstance;
import gradsmith.evaluate.Tensor;
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

  private final DerivativeField field = new DerivativeField(1);

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

  @Override
  public Slope slope(
      ForwardProgram program, RandomInstance point, Map<Variable, double[]> direction) {
    Map<Variable, DerivativeStructure[]> offsets = new HashMap<>();
    for (Map.Entry<Variable, double[]> entry : direction.entrySet()) {
      offsets.put(entry.getKey(), field.along(entry.getValue()));
    }
    Evaluator<DerivativeStructure[]> run = program.run(field, point, offsets, null);
    double magnitude = 0;
    for (Tensor<DerivativeStructure[]> tensor : run.values()) {
      for (DerivativeStructure number : tensor.entries()) {
        magnitude = Math.max(magnitude, Math.abs(number.getPartialDerivative(1)));
      }
    }
    double value = run.evaluate(program.program().value()).entries()[0].getPartialDerivative(1);
    return new Slope(value, ROUNDING * magnitude, magnitude);
  }
}
