package gradsmith.language;

import gradsmith.expr.Binding;
import gradsmith.expr.Expr;
import gradsmith.expr.Expressions;
import gradsmith.expr.Property;
import gradsmith.expr.Variable;
import gradsmith.shape.Length;
import gradsmith.shape.Polynomial;
import gradsmith.shape.Shape;
import gradsmith.source.Diagnostic;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Emits what an elaborated program assigns: a binding for each name that its value depends on, and
 * variables for the names that it leaves free, with how each was read.
 */
final class ProgramEmission {

  private final Declarations declarations;
  private final Map<String, Readings.Reading> readings;
  private final Set<String> taken;
  private final LabelUses labels;
  private final WholeNames wholeNames;
  private final Map<String, Proto> values;
  private final Wanted wanted;
  private int lastPart;

  /**
   * Emits what {@code wanted} asks of {@code values}, which are assigned in this order; new names
   * are not {@code taken}.
   */
  ProgramEmission(
      Declarations declarations,
      Map<String, Readings.Reading> readings,
      Set<String> taken,
      LabelUses labels,
      WholeNames wholeNames,
      Map<String, Proto> values,
      Wanted wanted) {
    this.declarations = declarations;
    this.readings = readings;
    this.taken = taken;
    this.labels = labels;
    this.wholeNames = wholeNames;
    this.values = values;
    this.wanted = wanted;
  }

  /**
   * Returns the program over {@code dimensions}, which asks for derivatives by {@code by}, with
   * what there is to say about it.
   *
   * @param free its free names
   */
  Program program(
      Map<String, Proto> free, List<String> by, List<String> dimensions, List<Diagnostic> notes) {
    Set<String> needed = needed();
    Expressions expressions = new Expressions();
    Map<String, Variable> variables = new LinkedHashMap<>();
    List<Variable> parameters = new ArrayList<>();
    Map<Variable, Program.Reading> read = new LinkedHashMap<>();
    Emission emission =
        new Emission(
            expressions,
            node -> {
              String name =
                  node.form instanceof Proto.Form.Free given
                      ? given.name()
                      : ((Proto.Form.Assigned) node.form).name();
              Variable known = variables.get(name);
              if (known == null) {
                known = variable(expressions, name, node);
                variables.put(name, known);
                parameters.add(known);
                read.put(known, reading(name, node, known));
              }
              return known;
            });
    List<Binding> bindings = new ArrayList<>();
    for (Map.Entry<String, Proto> entry : values.entrySet()) {
      if (needed.contains(entry.getKey())) {
        for (Proto part : SharedParts.of(entry.getValue())) {
          Binding named = binding(partName(), part, emission, expressions);
          emission.name(part, named.variable());
          bindings.add(named);
        }
        Binding binding = binding(entry.getKey(), entry.getValue(), emission, expressions);
        variables.put(entry.getKey(), binding.variable());
        bindings.add(binding);
      }
    }
    Map<String, Proto> others = new LinkedHashMap<>(free);
    others.putAll(values);
    others.forEach((name, node) -> {
      if (wanted.isBy(name) && !variables.containsKey(name)) {
        Variable independent = variable(expressions, name, node);
        parameters.add(independent);
        read.put(independent, reading(name, node, independent));
      }
    });
    Set<Variable> labelled = new LinkedHashSet<>();
    Set<Variable> stochastic = new LinkedHashSet<>();
    collectLabels(needed, parameters, labelled, stochastic);
    return new Program(
        expressions,
        parameters,
        bindings,
        List.of(),
        by,
        labelled,
        stochastic,
        dimensions,
        read,
        notes);
  }

  private static Binding binding(
      String name, Proto node, Emission emission, Expressions expressions) {
    Expr value = emission.emit(node);
    Shape shape = value.shape();
    int rank = shape.isScalar() ? 0 : node.isVector() ? 1 : shape.axes().size();
    return new Binding(expressions.variable(name, shape, rank, Set.of()), value);
  }

  private String partName() {
    String name;
    do {
      name = "part" + ++lastPart;
    } while (!taken.add(name));
    return name;
  }

  private Variable variable(Expressions expressions, String name, Proto node) {
    Declarations.Declared declared = declarations.variables().get(name);
    Shape shape = Emission.shape(node);
    int rank =
        declared != null
            ? declared.rank()
            : shape.isScalar() ? 0 : node.vector ? 1 : shape.axes().size();
    Set<Property> properties = new HashSet<>(declared == null ? Set.of() : declared.properties());
    if (wholeNames.contains(name)) {
      properties.add(Property.INTEGER);
    }
    return expressions.variable(name, shape, rank, properties);
  }

  /** Returns the assigned names that the values depend on. */
  private Set<String> needed() {
    Set<String> needed = new HashSet<>(wanted.values(values.keySet()));
    List<Map.Entry<String, Proto>> entries = new ArrayList<>(values.entrySet());
    for (int i = entries.size() - 1; i >= 0; i--) {
      if (needed.contains(entries.get(i).getKey())) {
        for (Proto node : ProtoGraph.postOrder(entries.get(i).getValue())) {
          if (node.form instanceof Proto.Form.Assigned assignedName) {
            needed.add(assignedName.name());
          }
        }
      }
    }
    return needed;
  }

  /** A free variable is a label if every use of it is as a label. */
  private void collectLabels(
      Set<String> needed,
      List<Variable> parameters,
      Set<Variable> labelled,
      Set<Variable> stochastic) {
    Set<String> asLabel = new HashSet<>();
    Set<String> stochasticRows = new HashSet<>();
    Set<String> stochasticColumns = new HashSet<>();
    Set<String> otherwise = new HashSet<>();
    for (Map.Entry<String, Proto> entry : values.entrySet()) {
      if (needed.contains(entry.getKey())) {
        new LabelWalk(labels, asLabel, stochasticRows, stochasticColumns, otherwise)
            .walk(entry.getValue());
      }
    }
    for (Variable parameter : parameters) {
      if (asLabel.contains(parameter.name()) && !otherwise.contains(parameter.name())) {
        labelled.add(parameter);
      }
      Set<Property> properties = new HashSet<>(parameter.properties());
      properties.remove(Property.CONSTANT);
      boolean rows =
          stochasticRows.contains(parameter.name())
              || parameter.rank() == 1 && stochasticColumns.contains(parameter.name());
      if (rows && properties.isEmpty()) {
        stochastic.add(parameter);
      }
    }
  }

  private Program.Reading reading(String name, Proto node, Variable variable) {
    Declarations.Declared declared = declarations.variables().get(name);
    StringBuilder text = new StringBuilder(name).append(" is ").append(describe(variable));
    if (declared != null) {
      return new Program.Reading(
          node.span, text + ": it was declared " + declared.span().text(), false);
    }
    Readings.Reading reading = readings.get(name);
    text.append(": ").append(reading == null ? "a matrix" : reading.why());
    appendReason(text, "rows", node.rows, variable.shape().rows());
    appendReason(text, "columns", node.columns, variable.shape().columns());
    return new Program.Reading(node.span, text.toString(), reading != null && reading.open());
  }

  private static String describe(Variable variable) {
    return switch (variable.rank()) {
      case 0 -> "a scalar";
      case 1 -> "a vector of length " + variable.shape().rows();
      default -> variable.shape().toString();
    };
  }

  private static void appendReason(
      StringBuilder text, String axis, Length length, Polynomial dimension) {
    @Nullable String reason = length.reason();
    if (reason != null && !dimension.isOne()) {
      text.append("; ").append(axis).append(" ").append(dimension).append(": ").append(reason);
    }
  }
}
