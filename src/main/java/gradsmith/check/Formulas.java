package gradsmith.check;

import gradsmith.derive.Derivative;
import gradsmith.evaluate.Evaluator;
import gradsmith.evaluate.RandomInstance;
import gradsmith.evaluate.RealField;
import gradsmith.evaluate.Tensor;
import gradsmith.expr.Binding;
import gradsmith.expr.Variable;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The formulas under test.
 *
 * @param forward the program whose value they are the gradients of
 * @param bindings names that they use beside the program's, or instead of them
 * @param derivatives the formulas
 */
record Formulas(ForwardProgram forward, List<Binding> bindings, List<Derivative> derivatives) {

  /**
   * Returns the values of the derivatives at {@code point}, where {@code run} has run the program.
   *
   * @throws IllegalArgumentException if a gradient does not have its variable's shape
   */
  Map<Derivative, Tensor<double[]>> at(RandomInstance point, Evaluator<double[]> run) {
    RealField field = new RealField();
    Evaluator<double[]> evaluator = new Evaluator<>(field, forward.facts(), point.sizes(), null);
    for (Variable input : forward.inputs()) {
      evaluator.define(input, point.lifted(input, field));
    }
    Set<Variable> bound = new HashSet<>();
    for (Binding binding : bindings) {
      bound.add(binding.variable());
    }
    for (Binding binding : forward.program().bindings()) {
      if (!bound.contains(binding.variable())) {
        evaluator.define(binding.variable(), run.evaluate(binding.variable()));
      }
    }
    for (Binding binding : bindings) {
      evaluator.define(binding.variable(), evaluator.evaluate(binding.value()));
    }
    Map<Derivative, Tensor<double[]>> values = new LinkedHashMap<>();
    for (Derivative derivative : derivatives) {
      Tensor<double[]> value = evaluator.evaluate(derivative.formula());
      Variable variable = derivative.variable();
      boolean fits =
          derivative.kind() != Derivative.Kind.GRADIENT
              || Arrays.equals(value.axes(), point.sizes().axes(variable.shape()));
      if (!fits) {
        throw new IllegalArgumentException(
            "the gradient by "
                + variable
                + " is "
                + derivative.formula().shape()
                + ", not "
                + variable.shape());
      }
      values.put(derivative, value);
    }
    return values;
  }
}
