package gradsmith.check;

import gradsmith.evaluate.Evaluator;
import gradsmith.evaluate.Field;
import gradsmith.evaluate.RandomInstance;
import gradsmith.evaluate.Tensor;
import gradsmith.expr.Binding;
import gradsmith.expr.FunctionFacts;
import gradsmith.expr.Variable;
import gradsmith.language.Program;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The program as the user wrote it, to be run forward on numbers. Any name can be moved: a free
 * variable, or an assigned one, which then moves what comes after it and leaves alone what it was
 * computed from.
 *
 * @param program what to run
 * @param value the name whose value is looked at
 * @param facts the definitions of the library's functions
 * @param inputs the free variables that have to have values
 */
public record ForwardProgram(
    Program program, Variable value, FunctionFacts facts, Collection<Variable> inputs) {

  /**
   * Makes the forward program whose inputs are the parameters of {@code program} and, of {@code
   * others}, the free ones.
   */
  public static ForwardProgram of(
      Program program, FunctionFacts facts, Collection<Variable> others) {
    Set<Variable> inputs = new LinkedHashSet<>(program.parameters());
    inputs.addAll(others);
    for (Binding binding : program.bindings()) {
      inputs.remove(binding.variable());
    }
    return new ForwardProgram(program, program.value(), facts, inputs);
  }

  /** Returns the same program, of which the value of another name is looked at. */
  ForwardProgram of(Variable other) {
    return new ForwardProgram(program, other, facts, inputs);
  }

  /**
   * Returns the evaluator after the run, in which every name has its value.
   *
   * @param offsets what is added to names, once they have their values
   */
  public <A> Evaluator<A> run(
      Field<A> field,
      RandomInstance point,
      Map<Variable, A> offsets,
      Evaluator.@Nullable Observer<A> observer) {
    Evaluator<A> evaluator = new Evaluator<>(field, facts, point.sizes(), observer);
    for (Variable input : inputs) {
      evaluator.define(input, moved(field, point.lifted(input, field), offsets.get(input)));
    }
    for (Binding binding : program.bindings()) {
      Tensor<A> value = evaluator.evaluate(binding.value());
      evaluator.define(binding.variable(), moved(field, value, offsets.get(binding.variable())));
    }
    return evaluator;
  }

  private static <A> Tensor<A> moved(Field<A> field, Tensor<A> value, @Nullable A offset) {
    return offset == null ? value : value.withEntries(field.add(value.entries(), offset));
  }
}
