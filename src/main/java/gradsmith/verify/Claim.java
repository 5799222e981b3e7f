package gradsmith.verify;

import gradsmith.derive.Derivative.Kind;
import gradsmith.expr.Variable;
import gradsmith.source.Source;
import gradsmith.source.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line of a derivation by hand.
 *
 * @param whole the line
 * @param name what is before the equals sign, if it is a name that later lines may use
 * @param kind which derivative is claimed; null if the line only names a value
 * @param by what the derivative is by
 * @param formula what is after the equals sign
 */
record Claim(
    Span whole, @Nullable String name, @Nullable Kind kind, List<Variable> by, Span formula) {

  /** Copies the list. */
  Claim {
    by = List.copyOf(by);
  }

  /** Returns the line with another formula. */
  String line(String other) {
    return whole.source().text().substring(whole.start(), formula.start()) + other;
  }

  /** Returns the formula as a text of its own. */
  Source text() {
    return new Source("", formula.text());
  }
}
