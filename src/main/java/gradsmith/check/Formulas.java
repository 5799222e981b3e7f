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
 * @param gradients the formulas
 */
record Formulas(ForwardProgram forward, List<Binding> bindings, List<Derivative> gradients) {

  /**
   * Returns the entries of the gradients at {@code point}, where {@code run} has run the program.
   *
   * @throws IllegalArgumentException if a formula does not have its variable's shape
   */
  Map<Variable, double[]> gradientsAt(RandomInstance point, Evaluator<double[]> run) {
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
    Map<Variable, double[]> entries = new LinkedHashMap<>();
    for (Derivative gradient : gradients) {
      Variable variable = gradient.variable();
      Tensor<double[]> value = evaluator.evaluate(gradient.formula());
      if (!Arrays.equals(value.axes(), point.sizes().axes(variable.shape()))) {
        throw new IllegalArgumentException(
            "the gradient by "
                + variable
                + " is "
                + gradient.formula().shape()
                + ", not "
                + variable.shape());
      }
      entries.put(variable, value.entries());
    }
    return entries;
  }
}
