package gradsmith.language;

import gradsmith.shape.Length;
import gradsmith.shape.LengthEquation;
import gradsmith.shape.Polynomial;
import gradsmith.source.Diagnostic;
import gradsmith.source.Diagnostics;
import gradsmith.source.Span;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Settles what stayed free: equations that wait are solved factor by factor, and the lengths that
 * nothing tells get names in order of first use.
 */
final class Settling {

  private Settling() {}

  /**
   * Settles every length of {@code shapes}; the names chosen are added to {@code taken} and
   * returned.
   */
  static List<String> settle(Shapes shapes, Set<String> taken, Diagnostics diagnostics) {
    solve(shapes, diagnostics);
    if (diagnostics.hasErrors()) {
      return List.of();
    }
    Iterator<String> letters = new Letters(taken);
    List<String> chosen = new ArrayList<>();
    Map<Length, Span> made = new LinkedHashMap<>();
    for (Proto node : shapes.nodes) {
      for (Length axis : node.axes()) {
        if (axis.isUnknown()) {
          name(axis, letters, chosen);
        } else if (axis.value() == null) {
          made.putIfAbsent(axis, node.span);
        }
      }
    }
    made.forEach((length, span) -> {
      for (Length part : length.unknowns()) {
        name(part, letters, chosen);
      }
      if (length.value() == null) {
        diagnostics.add(tooLarge(span));
      }
    });
    return chosen;
  }

  /** Says that a length at {@code span} is too large. */
  static Diagnostic tooLarge(Span span) {
    return Diagnostic.error(
        span,
        "a dimension of `" + Shapes.text(span) + "` is too large",
        "a length is at most " + Integer.MAX_VALUE);
  }

  /** Solves the equations that wait, and reports those that no lengths satisfy. */
  private static void solve(Shapes shapes, Diagnostics diagnostics) {
    Map<LengthEquation, Span> equations = new LinkedHashMap<>();
    for (Proto node : shapes.nodes) {
      for (Length axis : node.axes()) {
        for (LengthEquation equation : axis.equations()) {
          equations.put(equation, node.span);
        }
      }
    }
    equations.forEach((equation, span) -> {
      if (!equation.choose()) {
        diagnostics.add(
            Diagnostic.error(
                span,
                "a length is "
                    + shapes.messages.length(equation.left())
                    + " here and "
                    + shapes.messages.length(equation.right())
                    + " there, which no lengths satisfy",
                equation.because()));
      }
    });
  }

  private static void name(Length length, Iterator<String> letters, List<String> chosen) {
    String letter = letters.next();
    length.settle(Polynomial.of(letter));
    chosen.add(letter);
  }

  /** The names for dimensions, without end. */
  private static final class Letters implements Iterator<String> {
    private final Set<String> taken;
    private int index;

    Letters(Set<String> taken) {
      this.taken = taken;
    }

    @Override
    public boolean hasNext() {
      return true;
    }

    @Override
    public String next() {
      String name;
      do {
        name =
            index < DimensionNames.LETTERS.size()
                ? DimensionNames.LETTERS.get(index)
                : "n" + (index - DimensionNames.LETTERS.size() + 1);
        index++;
      } while (!taken.add(name));
      return name;
    }
  }
}
