package gradsmith.emit;

import gradsmith.expr.Variable;
import gradsmith.shape.Linear;
import gradsmith.shape.Polynomial;
import gradsmith.shape.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The lengths that the code mentions, read off the inputs. */
final class Lengths {

  /** An axis of an input, the first counted 0. */
  private record Axis(Variable input, int index) {
    Polynomial length() {
      return input.shape().axes().get(index);
    }
  }

  private final Target target;
  private final Names names;
  private final List<Variable> inputs;
  private final Map<String, String> statements = new LinkedHashMap<>();
  private @Nullable Map<String, Axis> sources;

  Lengths(Target target, Names names, List<Variable> inputs) {
    this.target = target;
    this.names = names;
    this.inputs = inputs;
  }

  /** Returns the assignments that give the mentioned dimensions their lengths. */
  List<String> statements() {
    return List.copyOf(statements.values());
  }

  /** Returns the axes of {@code shape} as they stand in a call. */
  Code axes(Shape shape) throws NotEmittableException {
    StringBuilder text = new StringBuilder();
    for (Polynomial axis : shape.axes()) {
      text.append(text.isEmpty() ? "" : ", ").append(length(axis).text());
    }
    return Code.atom(text.toString());
  }

  /** Tells whether {@code input} stays the array of one axis that it is. */
  boolean isFlat(Variable input) {
    return input.rank() == 1 && !input.shape().isScalar() && target.has("row");
  }

  /** Returns {@code length}; where its dimensions are not known, as an axis that has it. */
  Code length(Polynomial length) throws NotEmittableException {
    boolean known = sources().keySet().containsAll(length.names());
    Axis axis = known ? null : whole(length);
    if (axis == null) {
      return polynomial(length);
    }
    String name = names.dimension(String.join("_", length.names()));
    return assigned(name, measured(axis));
  }

  private @Nullable Axis whole(Polynomial length) {
    for (Variable input : inputs) {
      int index = input.shape().axes().indexOf(length);
      if (index >= 0) {
        return new Axis(input, index);
      }
    }
    return null;
  }

  private Code polynomial(Polynomial length) throws NotEmittableException {
    Code sum = null;
    for (boolean negative : List.of(false, true)) {
      for (Polynomial.Term term : length.terms()) {
        if (term.coefficient() < 0 == negative) {
          sum = sum == null ? product(term) : sum(sum, term, negative);
        }
      }
    }
    return sum == null ? Code.atom("0") : sum;
  }

  private Code sum(Code sum, Polynomial.Term term, boolean negative) throws NotEmittableException {
    return target.spell(negative ? "length_difference" : "length_sum", sum, product(term));
  }

  /** Returns the size of a term, without its sign. */
  private Code product(Polynomial.Term term) throws NotEmittableException {
    long size = Math.abs(term.coefficient());
    Code product = size == 1 && !term.names().isEmpty() ? null : Code.atom(String.valueOf(size));
    for (String name : term.names()) {
      Code next = dimension(name);
      product = product == null ? next : target.spell("length_product", product, next);
    }
    return product == null ? Code.atom("1") : product;
  }

  private Code dimension(String dimension) throws NotEmittableException {
    String name = names.dimension(dimension);
    if (statements.containsKey(name)) {
      return Code.atom(name);
    }
    Axis axis = sources().get(dimension);
    Linear linear = axis == null ? null : Linear.of(axis.length(), dimension);
    if (axis == null || linear == null) {
      throw new NotEmittableException(
          "no argument tells how long " + dimension + " is",
          null,
          "write a number for it, or use it beside a variable that has it");
    }
    Code code = measured(axis);
    for (Polynomial.Term term : linear.rest().terms()) {
      code = sum(code, term, term.coefficient() > 0);
    }
    boolean isMultiple = !linear.coefficient().isOne();
    return assigned(
        name,
        isMultiple
            ? target.spell("length_quotient", code, polynomial(linear.coefficient()))
            : code);
  }

  private Code assigned(String name, Code length) throws NotEmittableException {
    if (!statements.containsKey(name)) {
      statements.put(name, target.say("assign_length", name, length.text()));
    }
    return Code.atom(name);
  }

  private Code measured(Axis axis) throws NotEmittableException {
    int fromRight = axis.input.shape().axes().size() - 1 - axis.index;
    String key =
        isFlat(axis.input) ? "axis" : fromRight == 0 ? "columns" : fromRight == 1 ? "rows" : "axis";
    return Code.atom(target.say(key, names.of(axis.input), String.valueOf(axis.index)));
  }

  /** Returns for each dimension the axis that tells it, given those that are told before. */
  private Map<String, Axis> sources() {
    if (sources == null) {
      sources = new LinkedHashMap<>();
      List<Axis> open = new ArrayList<>();
      for (Variable input : inputs) {
        for (int i = 0; i < input.shape().axes().size(); i++) {
          Axis axis = new Axis(input, i);
          String name = axis.length().name();
          if (name == null) {
            open.add(axis);
          } else {
            sources.putIfAbsent(name, axis);
          }
        }
      }
      while (open.removeIf(this::tells)) {
        // what one axis tells may be what another one waits for
      }
    }
    return sources;
  }

  /** Tells whether {@code axis} told the last unknown dimension in it, or has none. */
  private boolean tells(Axis axis) {
    Map<String, Axis> known = sources();
    List<String> unknown = new ArrayList<>(axis.length().names());
    unknown.removeAll(known.keySet());
    if (unknown.size() == 1 && Linear.of(axis.length(), unknown.getFirst()) != null) {
      known.put(unknown.removeFirst(), axis);
    }
    return unknown.isEmpty();
  }
}
