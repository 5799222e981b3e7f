package gradsmith;

import gradsmith.derive.Derivation;
import gradsmith.derive.Derivative;
import gradsmith.evaluate.Evaluator;
import gradsmith.evaluate.RealField;
import gradsmith.evaluate.Sizes;
import gradsmith.evaluate.Tensor;
import gradsmith.expr.Binding;
import gradsmith.expr.FunctionFacts;
import gradsmith.expr.Variable;
import gradsmith.shape.Dimension;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A program's value and its gradients at given inputs. */
public final class Evaluation {

  private final double value;
  private final Map<String, Tensor<double[]>> gradients;

  private Evaluation(double value, Map<String, Tensor<double[]>> gradients) {
    this.value = value;
    this.gradients = gradients;
  }

  /** Returns the value that was differentiated. */
  public double value() {
    return value;
  }

  /**
   * Returns the gradient by {@code variable}, a matrix.
   *
   * @throws IllegalArgumentException if it was not derived
   */
  public double[][] gradient(String variable) {
    Tensor<double[]> gradient = gradients.get(variable);
    if (gradient == null) {
      throw new IllegalArgumentException("no gradient by " + variable + " was derived");
    }
    return Tensor.toArray(gradient);
  }

  static Evaluation of(Derivation derivation, FunctionFacts facts, Map<String, double[][]> inputs) {
    Map<String, Integer> lengths = new HashMap<>();
    Map<Variable, Tensor<double[]>> values = new LinkedHashMap<>();
    for (Variable parameter : derivation.program().parameters()) {
      values.put(parameter, input(parameter, inputs, lengths));
    }
    Sizes sizes = new Sizes(lengths);
    Evaluator<double[]> forward = new Evaluator<>(new RealField(), facts, sizes, null);
    values.forEach(forward::define);
    double value = Double.NaN;
    for (Binding binding : derivation.program().bindings()) {
      Tensor<double[]> computed = forward.evaluate(binding.value());
      forward.define(binding.variable(), computed);
      value = computed.entries()[0];
    }
    Evaluator<double[]> backward = new Evaluator<>(new RealField(), facts, sizes, null);
    values.forEach(backward::define);
    List<Binding> bindings = new ArrayList<>(derivation.forward());
    bindings.addAll(derivation.backward());
    for (Binding binding : bindings) {
      backward.define(binding.variable(), backward.evaluate(binding.value()));
    }
    Map<String, Tensor<double[]>> gradients = new HashMap<>();
    for (Derivative gradient : derivation.backprop()) {
      gradients.put(gradient.variable().name(), backward.evaluate(gradient.formula()));
    }
    return new Evaluation(value, gradients);
  }

  private static Tensor<double[]> input(
      Variable variable, Map<String, double[][]> inputs, Map<String, Integer> lengths) {
    double[][] rows = inputs.get(variable.name());
    if (rows == null) {
      throw new IllegalArgumentException(
          "no value for " + variable.name() + ", which is " + variable.shape());
    }
    if (!variable.shape().leading().isEmpty()) {
      throw new IllegalArgumentException(variable.name() + " is a tensor, " + variable.shape());
    }
    int columns = rows.length == 0 ? 0 : rows[0].length;
    boolean fits = rows.length > 0 && columns > 0;
    for (double[] row : rows) {
      fits &= row.length == columns;
    }
    if (!fits
        || !agrees(variable.shape().rows(), rows.length, lengths)
        || !agrees(variable.shape().columns(), columns, lengths)) {
      throw new IllegalArgumentException(
          variable.name()
              + " is "
              + variable.shape()
              + "; a value of "
              + rows.length
              + "×"
              + columns
              + " does not fit");
    }
    return Tensor.of(rows);
  }

  private static boolean agrees(Dimension dimension, int length, Map<String, Integer> lengths) {
    return switch (dimension) {
      case Dimension.Fixed fixed -> fixed.size() == length;
      case Dimension.Named named -> {
        Integer known = lengths.putIfAbsent(named.name(), length);
        yield known == null || known == length;
      }
    };
  }
}
