package gradsmith.emit;

import gradsmith.expr.Variable;
import gradsmith.shape.Dimension;
import gradsmith.shape.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The named dimensions that the code mentions, read off the inputs. */
final class Lengths {

  private final Target target;
  private final Names names;
  private final List<Variable> inputs;
  private final Map<String, String> statements = new LinkedHashMap<>();

  Lengths(Target target, Names names, List<Variable> inputs) {
    this.target = target;
    this.names = names;
    this.inputs = inputs;
  }

  /** Returns the assignments that give the mentioned dimensions their lengths. */
  List<String> statements() {
    return List.copyOf(statements.values());
  }

  Code length(Dimension dimension) throws NotEmittableException {
    return switch (dimension) {
      case Dimension.Fixed fixed -> Code.atom(String.valueOf(fixed.size()));
      case Dimension.Named named -> {
        Code product = null;
        for (String factor : named.name().split("\\*", -1)) {
          Code next =
              Character.isDigit(factor.charAt(0)) ? Code.atom(factor) : Code.atom(named(factor));
          product = product == null ? next : target.spell("length_product", product, next);
        }
        yield product == null ? Code.atom("1") : product;
      }
    };
  }

  /** Returns the axes of {@code shape} as they stand in a call. */
  Code axes(Shape shape) throws NotEmittableException {
    StringBuilder text = new StringBuilder();
    for (Dimension axis : shape.axes()) {
      text.append(text.isEmpty() ? "" : ", ").append(length(axis).text());
    }
    return Code.atom(text.toString());
  }

  /** Tells whether {@code input} stays the array of one axis that it is. */
  boolean isFlat(Variable input) {
    return input.rank() == 1 && !input.shape().isScalar() && target.has("row");
  }

  private String named(String dimension) throws NotEmittableException {
    String name = names.dimension(dimension);
    if (!statements.containsKey(name)) {
      statements.put(name, target.say("assign_length", name, measured(dimension)));
    }
    return name;
  }

  private String measured(String dimension) throws NotEmittableException {
    for (Variable input : inputs) {
      List<Dimension> axes = new ArrayList<>(input.shape().axes());
      for (int i = 0; i < axes.size(); i++) {
        if (axes.get(i).equals(Dimension.of(dimension))) {
          int fromRight = axes.size() - 1 - i;
          String key =
              isFlat(input)
                  ? "axis"
                  : fromRight == 0 ? "columns" : fromRight == 1 ? "rows" : "axis";
          return target.say(key, names.of(input), String.valueOf(i));
        }
      }
    }
    throw new NotEmittableException(
        "no argument tells how long " + dimension + " is",
        null,
        "write a number for it, or use it beside a variable that has it");
  }
}
