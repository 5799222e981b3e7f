package gradsmith.verify;

import gradsmith.derive.Derivative.Kind;
import gradsmith.expr.Variable;
import gradsmith.source.Diagnostic;
import gradsmith.source.Source;
import gradsmith.source.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line of a derivation by hand.
 *
 * @param whole the line
 * @param head what is before the equals sign
 * @param kind which derivative is claimed; null if the line says what a name stands for
 * @param of what is differentiated; null if no derivative is claimed
 * @param by what the derivative is by; a name of the program if the line says what it stands for;
 *     empty if it names a value of its own
 * @param formula what is after the equals sign
 */
record Claim(
    Span whole,
    String head,
    @Nullable Kind kind,
    @Nullable Variable of,
    List<Variable> by,
    Span formula) {

  /** Copies the list. */
  Claim {
    by = List.copyOf(by);
  }

  /** Tells whether there is nothing to judge. */
  boolean isName() {
    return kind == null && by.isEmpty();
  }

  /** Returns the line with another formula. */
  String line(String other) {
    return whole.source().text().substring(whole.start(), formula.start()) + other;
  }

  /** Returns the formula as a text of its own. */
  Source text() {
    return new Source("", formula.text());
  }

  /** Returns what is said of {@link #text}, pointing into the line that it stands in. */
  Diagnostic moved(Diagnostic diagnostic) {
    return moved(diagnostic, whole.source(), formula.start());
  }

  /** Returns {@code diagnostic} with its places {@code start} characters further on. */
  static Diagnostic moved(Diagnostic diagnostic, Source source, int start) {
    return new Diagnostic(
        diagnostic.severity(),
        moved(diagnostic.span(), source, start),
        diagnostic.related().stream().map(span -> moved(span, source, start)).toList(),
        diagnostic.message(),
        diagnostic.hint());
  }

  private static Span moved(Span span, Source source, int start) {
    return new Span(source, start + span.start(), start + span.end());
  }
}
