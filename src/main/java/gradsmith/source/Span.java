package gradsmith.source;

import org.jspecify.annotations.Nullable;

/**
 * A run of characters of a source.
 *
 * @param source the text it lies in
 * @param start offset of its first character (UTF-16 units)
 * @param end offset just after its last character
 */
public record Span(Source source, int start, int end) {

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Span span
        && start == span.start
        && end == span.end
        && (source == span.source || source.equals(span.source));
  }

  @Override
  public int hashCode() {
    return 31 * start + end;
  }

  /** Returns the smallest span that covers this one and {@code other}, of the same source. */
  public Span to(Span other) {
    return new Span(source, Math.min(start, other.start), Math.max(end, other.end));
  }

  /**
   * Returns the part of this span from {@code from} to {@code to}, counted from its start, without
   * the blanks at its ends.
   */
  public Span part(int from, int to) {
    int first = start + from;
    int last = start + to;
    while (first < last && Character.isWhitespace(source.text().charAt(first))) {
      first++;
    }
    while (last > first && Character.isWhitespace(source.text().charAt(last - 1))) {
      last--;
    }
    return new Span(source, first, last);
  }

  /** Returns the first characters of this span, {@code most} of them at most. */
  public String beginning(int most) {
    return source.text().substring(start, Math.min(end, start + most));
  }

  /** Returns the characters of this span. */
  public String text() {
    return source.text().substring(start, end);
  }
}
