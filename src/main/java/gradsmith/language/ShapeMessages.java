package gradsmith.language;

import gradsmith.shape.Length;
import gradsmith.shape.Polynomial;
import gradsmith.source.Diagnostic;
import gradsmith.source.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says what is wrong with shapes: both sides, and where each length came from. */
final class ShapeMessages {

  private final Map<Length, String> letters = new HashMap<>();
  private final Set<String> taken;

  /** Avoids the names in {@code taken} for lengths that have none. */
  ShapeMessages(Set<String> taken) {
    this.taken = taken;
  }

  /** Returns the shape of {@code proto} as it is known so far. */
  String shape(Proto proto) {
    if (proto.isScalar()) {
      return "a scalar";
    }
    StringBuilder text = new StringBuilder();
    for (Length axis : proto.leading) {
      text.append(factor(axis)).append('×');
    }
    return text.append(factor(proto.rows)).append('×').append(factor(proto.columns)).toString();
  }

  private String factor(Length length) {
    return polynomial(length).asFactor("*");
  }

  /** Returns {@code length} as it is known so far. */
  String length(Length length) {
    return polynomial(length).toString();
  }

  private Polynomial polynomial(Length length) {
    return length.polynomial(
        unknown -> Polynomial.of(letters.computeIfAbsent(unknown, unused -> nextLetter())));
  }

  private String nextLetter() {
    for (String letter : DimensionNames.LETTERS) {
      if (!taken.contains(letter) && !letters.containsValue(letter)) {
        return letter;
      }
    }
    return "m" + letters.size();
  }

  /**
   * Returns the error that {@code left} and {@code right} do not fit under {@code verb} ("add",
   * "multiply").
   */
  Diagnostic mismatch(
      String verb, Span operator, Proto left, Proto right, @Nullable String remedy) {
    String message =
        switch (verb) {
          case "multiply" -> "cannot multiply " + shape(left) + " by " + shape(right);
          default -> "cannot " + verb + " " + shape(left) + " and " + shape(right);
        };
    Set<String> reasons = new LinkedHashSet<>();
    reasons.add(because(left));
    reasons.add(because(right));
    String hint = String.join("; ", reasons);
    if (remedy != null) {
      hint += "\n" + remedy;
    }
    return new Diagnostic(
        Diagnostic.Severity.ERROR, operator, List.of(left.span, right.span), message, hint);
  }

  /** Returns the error that {@code vector} can be repeated in two ways beside a square matrix. */
  Diagnostic rowOrColumn(Proto vector, Proto matrix) {
    String name = Shapes.text(vector);
    return Diagnostic.error(
        vector.span,
        name + " fits the rows and the columns of a square matrix",
        "write "
            + name
            + "' to repeat it as a row, or "
            + name
            + " ones(1, "
            + length(matrix.columns)
            + ") as a column");
  }

  /** Returns the error that the name of a length stands where a variable is meant. */
  Diagnostic dimension(Proto size, String why) {
    String name = size.span.text();
    String origin = ((Proto.Form.Size) size.form).length().origin();
    return Diagnostic.error(
        size.span,
        name + " is a dimension and " + why,
        (origin == null ? "" : name + " is the length of an axis, for " + origin + "; ")
            + "give one of them another name, or declare "
            + name
            + " as a variable");
  }

  /** Returns the note that the name of a length is a number beside a vector or matrix. */
  Diagnostic dimensionAsNumber(Proto size) {
    String name = size.span.text();
    String origin = ((Proto.Form.Size) size.form).length().origin();
    return Diagnostic.note(
        size.span,
        name
            + " is a number here, the length of an axis"
            + (origin == null ? "" : ", for " + origin),
        "declare " + name + " as a variable if it is one");
  }

  /** Says what {@code proto} is and where its lengths came from. */
  String because(Proto proto) {
    String text = proto.span.text();
    text = text.length() > 60 ? text.substring(0, 57) + "…" : text;
    String is = text.replace('\n', ' ') + " is " + shape(proto);
    Set<String> origins = new LinkedHashSet<>();
    List<Length> axes = new ArrayList<>(proto.leading);
    axes.add(proto.rows);
    axes.add(proto.columns);
    for (Length axis : axes) {
      String origin = axis.origin();
      if (origin != null && !origin.equals(is)) {
        origins.add(origin);
      }
    }
    return origins.isEmpty() ? is : is + " because " + String.join(" and ", origins);
  }
}
