package gradsmith.verify;

import gradsmith.source.Span;

/**
 * A change of a few characters of a formula.
 *
 * @param start offset of the first character that it replaces
 * @param end offset after the last one
 * @param text what stands there instead
 * @param description what was changed, as in {@code X' for X}
 */
record Edit(int start, int end, String text, String description) {

  /** Returns a change of {@code span}, in a source that is the formula alone. */
  static Edit replacing(Span span, String text, String description) {
    return new Edit(span.start(), span.end(), text, description);
  }

  /** Returns {@code formula} with this change. */
  String apply(String formula) {
    return formula.substring(0, start) + text + formula.substring(end);
  }

  /** Tells whether both change the same place. */
  boolean overlaps(Edit other) {
    return start < other.end && other.start < end || start == other.start && end == other.end;
  }
}
