package gradsmith.language;

import gradsmith.expr.Expr;
import gradsmith.expr.Expressions;
import gradsmith.expr.Property;
import gradsmith.expr.Variable;
import gradsmith.shape.Length;
import gradsmith.shape.Polynomial;
import gradsmith.shape.Shape;
import gradsmith.source.Diagnostic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names in formulas beside a program: known variables, and new ones of whatever shape they are
 * used with.
 */
final class FormulaScope implements Inference.Scope {

  private static final int NAMES_SHOWN = 10;

  private final Map<String, Variable> known;
  private final Map<String, Readings.Reading> readings;
  private final Map<String, Length> lengths;
  private final Shapes shapes;
  private final WholeNames wholeNames;
  private final Map<String, Proto> made = new LinkedHashMap<>();
  private boolean closed;

  FormulaScope(
      Map<String, Variable> known,
      Map<String, Readings.Reading> readings,
      Map<String, Length> lengths,
      Shapes shapes,
      WholeNames wholeNames) {
    this.known = known;
    this.readings = readings;
    this.lengths = lengths;
    this.shapes = shapes;
    this.wholeNames = wholeNames;
  }

  /** Lets no further names be new: what is not known then is an error. */
  void close() {
    closed = true;
  }

  @Override
  public Proto lookUp(Ast.Name name) {
    Proto before = made.get(name.name());
    if (before != null) {
      return shapes.alias(before, name.span());
    }
    Variable variable = known.get(name.name());
    Proto proto;
    if (variable != null) {
      proto = knownVariable(name, variable);
    } else {
      Proto constant = Constants.lookUp(name, shapes);
      if (constant != null) {
        return constant;
      }
      Length length = lengths.get(name.name());
      if (length != null) {
        return shapes.scalar(new Proto.Form.Size(length), List.of(), name.span());
      }
      if (closed) {
        return unknown(name);
      }
      Readings.Reading reading = readings.get(name.name());
      proto = FreeNames.make(name, reading == null ? Rank.MATRIX : reading.rank(), shapes, false);
    }
    made.put(name.name(), proto);
    return proto;
  }

  private Proto unknown(Ast.Name name) {
    return shapes.error(
        Diagnostic.error(
            name.span(), "nothing is called " + name.name() + " here", hint(name.name())));
  }

  /** Returns what {@code name} may have been meant to be; nothing where there are too many. */
  private @Nullable String hint(String name) {
    Set<String> names = known.isEmpty() ? made.keySet() : known.keySet();
    String nearest = Spelling.nearest(name, names);
    if (nearest != null) {
      return "did you mean " + nearest + "?";
    }
    if (names.size() + lengths.size() > NAMES_SHOWN) {
      return null;
    }
    String hint = "the names are " + String.join(", ", names);
    return lengths.isEmpty()
        ? hint
        : hint + "; the lengths are " + String.join(", ", lengths.keySet());
  }

  private Proto knownVariable(Ast.Name name, Variable variable) {
    Shape shape = variable.shape();
    String origin = name.name() + " is " + shape;
    List<Length> leading = new ArrayList<>();
    for (Polynomial axis : shape.leading()) {
      leading.add(Length.of(axis, origin));
    }
    return shapes.node(
        new Proto.Form.Free(name.name(), true),
        List.of(),
        leading,
        Length.of(shape.rows(), origin),
        Length.of(shape.columns(), origin),
        variable.rank() == 1,
        name.span());
  }

  Expr variable(Proto node, Expressions expressions) {
    String name = ((Proto.Form.Free) node.form).name();
    Variable variable = known.get(name);
    if (variable == null) {
      variable = expressions.variable(name);
    }
    if (variable == null) {
      Shape shape = Emission.shape(node);
      variable =
          expressions.variable(
              name,
              shape,
              shape.isScalar() ? 0 : node.vector ? 1 : shape.axes().size(),
              wholeNames.contains(name) ? Set.of(Property.INTEGER) : Set.of());
    }
    return variable;
  }
}
