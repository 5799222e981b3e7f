package gradsmith;

import gradsmith.data.NdArray;
import gradsmith.data.Point;
import gradsmith.derive.Derivation;
import gradsmith.derive.Derivative;
import gradsmith.derive.Derivative.Kind;
import gradsmith.evaluate.Evaluator;
import gradsmith.evaluate.RealField;
import gradsmith.evaluate.Sizes;
import gradsmith.evaluate.Tensor;
import gradsmith.expr.Binding;
import gradsmith.expr.FunctionFacts;
import gradsmith.expr.Graph;
import gradsmith.expr.Variable;
import gradsmith.language.Program;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A program's values and its derivatives at given inputs. Immutable. */
public final class Evaluation {

  private final Map<String, NdArray> values;
  private final Sizes sizes;
  private final List<Computed> derivatives;
  private final List<Variable> missing;
  private final @Nullable String notFinite;

  /**
   * The numbers of one derivative.
   *
   * @param derivative which one
   * @param numbers of its shape
   */
  public record Computed(Derivative derivative, NdArray numbers) {}

  private Evaluation(
      Map<String, NdArray> values,
      Sizes sizes,
      List<Computed> derivatives,
      List<Variable> missing,
      @Nullable String notFinite) {
    this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    this.sizes = sizes;
    this.derivatives = List.copyOf(derivatives);
    this.missing = List.copyOf(missing);
    this.notFinite = notFinite;
  }

  /**
   * Returns the value, a scalar.
   *
   * @throws IllegalStateException if it is none
   */
  public double value() {
    NdArray value = values();
    if (value.size() != 1) {
      throw new IllegalStateException("the value is no scalar but " + value.shape());
    }
    return value.entry(0);
  }

  /** Returns the value, or the first of several. */
  public NdArray values() {
    return values.values().iterator().next();
  }

  /**
   * Returns the value of {@code name}.
   *
   * @throws IllegalArgumentException if it was not asked for
   */
  public NdArray values(String name) {
    NdArray value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + " is none of " + values.keySet());
    }
    return value;
  }

  /** Returns the cotangents of a layer that had no value, so that gradients have none. */
  public List<Variable> missing() {
    return missing;
  }

  /** Returns the lengths of the dimensions. */
  public Sizes sizes() {
    return sizes;
  }

  /** Returns where the first number came from that is not finite, or null if all are. */
  public @Nullable String notFinite() {
    return notFinite;
  }

  /** Returns every derivative, in the order in which they were asked for. */
  public List<Computed> derivatives() {
    return derivatives;
  }

  /**
   * Returns the gradient by {@code variable} as rows: a vector's has one column.
   *
   * @throws IllegalArgumentException if it was not derived, or has more than two axes
   */
  public double[][] gradient(String variable) {
    for (Computed computed : derivatives) {
      boolean wanted = computed.derivative().variable().name().equals(variable);
      if (wanted && computed.derivative().kind() == Kind.GRADIENT) {
        return rows(computed.numbers());
      }
    }
    throw new IllegalArgumentException("no gradient by " + variable + " was derived");
  }

  private static double[][] rows(NdArray array) {
    if (array.rank() > 2) {
      throw new IllegalArgumentException("the gradient is no matrix but " + array.shape());
    }
    int columns = array.rank() < 2 ? 1 : array.axes()[1];
    return Tensor.toArray(Tensor.of(new int[] {array.size() / columns, columns}, array.entries()));
  }

  static Evaluation of(
      Derivation derivation, List<Derivative> asked, FunctionFacts facts, Point point) {
    FirstNotFinite watch = new FirstNotFinite(point);
    Evaluator<double[]> forward = evaluator(facts, point, watch);
    for (Binding binding : derivation.program().assignments()) {
      forward.define(binding.variable(), forward.evaluate(binding.value()));
    }
    Map<String, NdArray> values = new LinkedHashMap<>();
    for (Variable value : derivation.program().values()) {
      values.put(value.name(), array(forward.evaluate(value), value.rank()));
    }
    Evaluator<double[]> backward = evaluator(facts, point, watch);
    List<Binding> bindings = new ArrayList<>(derivation.forward());
    bindings.addAll(derivation.backward());
    Set<Variable> known = new HashSet<>(point.values().keySet());
    for (Binding binding : bindings) {
      // A name that only tangents use has no value, nor has one that needs what is missing.
      if (known.containsAll(Graph.variables(List.of(binding.value())))) {
        backward.define(binding.variable(), backward.evaluate(binding.value()));
        known.add(binding.variable());
      }
    }
    List<Computed> computed = new ArrayList<>();
    for (Derivative derivative : asked) {
      if (known.containsAll(Graph.variables(List.of(derivative.formula())))) {
        Tensor<double[]> numbers = backward.evaluate(derivative.formula());
        computed.add(new Computed(derivative, array(numbers, derivative.axes().size())));
      }
    }
    List<Variable> missing = new ArrayList<>();
    for (Program.Given given : derivation.given()) {
      if (!point.values().containsKey(given.cotangent())) {
        missing.add(given.cotangent());
      }
    }
    return new Evaluation(values, point.sizes(), computed, missing, watch.sentence());
  }

  private static Evaluator<double[]> evaluator(
      FunctionFacts facts, Point point, FirstNotFinite watch) {
    Evaluator<double[]> evaluator = new Evaluator<>(new RealField(), facts, point.sizes(), watch);
    point.values().forEach(evaluator::define);
    return evaluator;
  }

  private static NdArray array(Tensor<double[]> tensor, int rank) {
    return switch (rank) {
      case 0 -> NdArray.of(tensor.entries()[0]);
      case 1 -> NdArray.vector(tensor.entries());
      default -> NdArray.of(tensor.axes(), tensor.entries());
    };
  }
}
