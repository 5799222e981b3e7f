package gradsmith;

import gradsmith.derive.Derivation;
import gradsmith.derive.Derivative;
import gradsmith.derive.Derivative.Kind;
import gradsmith.emit.Emitter;
import gradsmith.evaluate.Evaluator;
import gradsmith.evaluate.RandomInstance;
import gradsmith.evaluate.RealField;
import gradsmith.evaluate.Sizes;
import gradsmith.evaluate.Tensor;
import gradsmith.expr.Binding;
import gradsmith.expr.Expr;
import gradsmith.expr.Graph;
import gradsmith.expr.Property;
import gradsmith.expr.Variable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Arguments for emitted code, and what it should return.
 *
 * @param differentiated for each result but the first, the place of the argument that it is the
 *     gradient by, or -1; not of one whose structure the value makes use of, as its gradient is
 *     that by independent entries
 */
record EmittedCase(
    String name,
    Result result,
    String function,
    List<Argument> arguments,
    List<Argument> expected,
    List<Integer> differentiated) {

  private static final Set<Property> POSITIVE = Set.of(Property.POSITIVE);

  /** A value with 0, 1 or more axes. */
  record Argument(Tensor<double[]> value, int rank) {

    /** Writes it with {@code open} and {@code close} around what each axis holds. */
    String nested(String open, String close) {
      int[] axes = value.axes();
      int[] shown = rank == 0 ? new int[0] : rank == 1 ? new int[] {axes[0]} : axes;
      StringBuilder text = new StringBuilder();
      write(text, shown, 0, 0, open, close);
      return text.toString();
    }

    private int write(
        StringBuilder text, int[] axes, int depth, int start, String open, String close) {
      if (depth == axes.length) {
        text.append(value.entries()[start]);
        return start + 1;
      }
      int next = start;
      text.append(open);
      for (int i = 0; i < axes[depth]; i++) {
        text.append(i == 0 ? "" : ", ");
        next = write(text, axes, depth + 1, next, open, close);
      }
      text.append(close);
      return next;
    }
  }

  /** Draws arguments where the value and the derivatives are finite, if there are such. */
  static Optional<EmittedCase> of(String name, Result result) {
    Derivation derivation = result.derivation();
    List<Derivative> asked = result.asked();
    Set<Variable> inputs = new LinkedHashSet<>(derivation.program().parameters());
    Set<Variable> directions = new LinkedHashSet<>();
    for (Derivative derivative : asked) {
      if (derivative.direction() != null) {
        directions.add(derivative.direction());
      }
    }
    inputs.addAll(directions);
    for (int attempt = 0; attempt < 10 * RandomInstance.WAYS; attempt++) {
      Random random = new Random(31L * attempt + name.hashCode());
      Sizes sizes = RandomInstance.sizes(inputs, derivation.program().dimensions(), random);
      RandomInstance point =
          RandomInstance.draw(
              inputs,
              sizes,
              new HashSet<>(derivation.program().assumedStochastic()),
              random,
              attempt);
      List<Argument> expected = expected(result, point, 1);
      boolean finite =
          expected.stream()
              .flatMapToDouble(argument -> Arrays.stream(argument.value().entries()))
              .allMatch(entry -> Math.abs(entry) < 1e6);
      if (finite && isClose(expected, expected(result, point, 1 + 1e-11))) {
        return Optional.of(with(name, result, point, expected));
      }
    }
    return Optional.empty();
  }

  /**
   * Takes {@code values} for arguments, by their names, and what {@code reference} gives for what
   * {@code result} should.
   */
  static EmittedCase at(
      String name,
      Result result,
      Map<String, Tensor<double[]>> values,
      Result reference,
      Sizes sizes) {
    return with(
        name,
        result,
        point(result, values, sizes),
        expected(reference, point(reference, values, sizes), 1));
  }

  private static RandomInstance point(
      Result result, Map<String, Tensor<double[]>> values, Sizes sizes) {
    Map<Variable, Tensor<double[]>> inputs = new LinkedHashMap<>();
    for (Variable input : result.derivation().program().parameters()) {
      inputs.put(input, Objects.requireNonNull(values.get(input.name()), input.name()));
    }
    return new RandomInstance(sizes, inputs);
  }

  private static EmittedCase with(
      String name, Result result, RandomInstance point, List<Argument> expected) {
    List<Variable> order = List.copyOf(point.values().keySet());
    List<Argument> arguments = new ArrayList<>();
    order.forEach(
        input -> arguments.add(new Argument(point.lifted(input, new RealField()), input.rank())));
    List<Integer> differentiated = new ArrayList<>();
    for (Derivative derivative : result.asked()) {
      boolean gradient = derivative.kind() == Kind.GRADIENT;
      Variable by = derivative.by().getFirst();
      differentiated.add(gradient && !isStructured(by) ? order.indexOf(by) : -1);
    }
    String function = Emitter.functionName(result.asked());
    return new EmittedCase(name, result, function, arguments, expected, differentiated);
  }

  private static boolean isStructured(Variable variable) {
    return !variable.properties().isEmpty() && !variable.properties().equals(POSITIVE);
  }

  /** Where a small change of the arguments matters much, rounding would do so, too. */
  private static boolean isClose(List<Argument> expected, List<Argument> changed) {
    for (int k = 0; k < expected.size(); k++) {
      double[] entries = expected.get(k).value().entries();
      double scale = 1 + Arrays.stream(entries).map(Math::abs).max().orElse(0);
      for (int i = 0; i < entries.length; i++) {
        if (!(Math.abs(entries[i] - changed.get(k).value().entries()[i]) < 1e-8 * scale)) {
          return false;
        }
      }
    }
    return true;
  }

  private static List<Argument> expected(Result result, RandomInstance point, double scale) {
    Derivation derivation = result.derivation();
    Evaluator<double[]> evaluator =
        new Evaluator<>(new RealField(), result.facts(), point.sizes(), null);
    point
        .values()
        .forEach((variable, value) -> {
          double[] entries = Arrays.stream(value.entries()).map(entry -> scale * entry).toArray();
          evaluator.define(variable, value.withEntries(entries));
        });
    List<Binding> bindings = new ArrayList<>(derivation.forward());
    bindings.addAll(derivation.backward());
    Set<Variable> known = new HashSet<>(point.values().keySet());
    for (Binding binding : bindings) {
      // A name that only differentials use has no value.
      if (known.containsAll(Graph.variables(List.of(binding.value())))) {
        evaluator.define(binding.variable(), evaluator.evaluate(binding.value()));
        known.add(binding.variable());
      }
    }
    List<Argument> expected = new ArrayList<>();
    Expr value = derivation.values().getFirst();
    expected.add(new Argument(evaluator.evaluate(value), derivation.program().value().rank()));
    for (Derivative derivative : result.asked()) {
      expected.add(
          new Argument(evaluator.evaluate(derivative.formula()), derivative.axes().size()));
    }
    return expected;
  }
}
