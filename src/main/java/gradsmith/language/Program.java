package gradsmith.language;

import gradsmith.expr.Binding;
import gradsmith.expr.Expr;
import gradsmith.expr.Expressions;
import gradsmith.expr.Graph;
import gradsmith.expr.Variable;
import gradsmith.shape.Polynomial;
import gradsmith.source.Diagnostic;
import gradsmith.source.Span;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A program with every shape known and everything implicit made explicit, built with the plain
 * constructors of {@link Expressions} and not rewritten in any way.
 *
 * @param expressions the session that the nodes belong to
 * @param parameters the free variables that the value uses, in order of first use
 * @param bindings the assigned names that the value uses, in order; the last one is the value to
 *     differentiate
 * @param given the cotangents of a layer, among the parameters; the value is then the loss that
 *     they define, L = Σ ⟨dY, Y⟩
 * @param by the names that the program itself asks the derivatives by, as {@code f(x) = …} does
 * @param labels the free variables that are used only as the labels of losses
 * @param assumedStochastic the labels whose rows are taken to sum to 1, because nothing else was
 *     declared of them
 * @param dimensions the names of the dimensions, in order of first use
 * @param readings for each free variable a sentence about how it was read and why, and where
 * @param notes warnings and notes
 */
public record Program(
    Expressions expressions,
    List<Variable> parameters,
    List<Binding> bindings,
    List<Given> given,
    List<String> by,
    Set<Variable> labels,
    Set<Variable> assumedStochastic,
    List<String> dimensions,
    Map<Variable, Reading> readings,
    List<Diagnostic> notes) {

  /**
   * A given cotangent, such as dY.
   *
   * @param value what it is the gradient by: Y
   * @param cotangent of the shape of the value
   */
  public record Given(Variable value, Variable cotangent) {}

  /**
   * How a name's shape was found: {@code W1 is d×d: …}.
   *
   * @param open whether a number could be a vector, or a vector a number, and only the spelling of
   *     names says which
   */
  public record Reading(Span span, String explanation, boolean open) {}

  /** Copies the collections. */
  public Program {
    parameters = List.copyOf(parameters);
    bindings = List.copyOf(bindings);
    given = List.copyOf(given);
    by = List.copyOf(by);
    labels = Collections.unmodifiableSet(new LinkedHashSet<>(labels));
    assumedStochastic = Collections.unmodifiableSet(new LinkedHashSet<>(assumedStochastic));
    dimensions = List.copyOf(dimensions);
    readings = Collections.unmodifiableMap(new LinkedHashMap<>(readings));
    notes = List.copyOf(notes);
  }

  /** Returns this program with other values for its names. */
  public Program with(List<Binding> others) {
    return new Program(
        expressions,
        parameters,
        others,
        given,
        by,
        labels,
        assumedStochastic,
        dimensions,
        readings,
        notes);
  }

  /** Returns this program with nothing taken for true that was not declared. */
  public Program withoutAssumptions() {
    return new Program(
        expressions,
        parameters,
        bindings,
        given,
        by,
        labels,
        Set.of(),
        dimensions,
        readings,
        notes);
  }

  /**
   * Returns the labels whose rows are taken to sum to 1 in a derivative by {@code by}: not those
   * that vary themselves.
   */
  public Set<Variable> stochasticIn(Collection<Variable> by) {
    Set<Variable> stochastic = new LinkedHashSet<>(assumedStochastic);
    by.forEach(stochastic::remove);
    return stochastic;
  }

  /** Returns the variables of which only the spelling of names says whether they are numbers. */
  public List<Variable> readBySpelling() {
    List<Variable> open = new ArrayList<>();
    readings.forEach((variable, reading) -> {
      if (reading.open) {
        open.add(variable);
      }
    });
    return open;
  }

  /** Returns the lengths that are only lengths with some lengths of the dimensions, as n - m. */
  public Set<Polynomial> differences() {
    List<Expr> roots = new ArrayList<>(parameters);
    bindings.forEach(binding -> roots.add(binding.value()));
    Set<Polynomial> differences = new LinkedHashSet<>();
    for (Expr node : Graph.postOrder(roots)) {
      for (Polynomial axis : node.shape().axes()) {
        if (!axis.isPositive()) {
          differences.add(axis);
        }
      }
    }
    return differences;
  }

  /** Returns the name to differentiate: of a layer, that of the loss. */
  public Variable value() {
    return bindings.getLast().variable();
  }

  /** Returns the names whose values were asked for: of a layer, those with a cotangent. */
  public List<Variable> values() {
    return given.isEmpty() ? List.of(value()) : given.stream().map(Given::value).toList();
  }

  /** Returns the assignments of the text: those of a layer are without that of its loss. */
  public List<Binding> assignments() {
    return given.isEmpty() ? bindings : bindings.subList(0, bindings.size() - 1);
  }

  /** Returns the free variables of the text: those of a layer are without its cotangents. */
  public List<Variable> inputs() {
    List<Variable> inputs = new ArrayList<>(parameters);
    given.forEach(each -> inputs.remove(each.cotangent()));
    return inputs;
  }
}
