package gradsmith.source;

/**
 * A named text that programs, rules or formulas are read from.
 *
 * @param name what diagnostics call it, for example a file name
 * @param text the whole text
 */
public record Source(String name, String text) {

  /** Returns the span of the whole text. */
  public Span whole() {
    return new Span(this, 0, text.length());
  }

  /** Returns the 1-based line of the character at {@code offset}. */
  public int line(int offset) {
    int line = 1;
    for (int i = 0; i < Math.min(offset, text.length()); i++) {
      if (text.charAt(i) == '\n') {
        line++;
      }
    }
    return line;
  }

  /** Returns the 1-based column, in code points, of the character at {@code offset}. */
  public int column(int offset) {
    int start = lineStart(offset);
    return text.codePointCount(start, Math.min(offset, text.length())) + 1;
  }

  /** Returns the offset of the first character of the line that holds {@code offset}. */
  public int lineStart(int offset) {
    return offset <= 0 ? 0 : text.lastIndexOf('\n', Math.min(offset, text.length()) - 1) + 1;
  }

  /** Returns the offset just after the last character of the line that holds {@code offset}. */
  public int lineEnd(int offset) {
    int end = text.indexOf('\n', Math.min(Math.max(offset, 0), text.length()));
    end = end < 0 ? text.length() : end;
    return end > Math.max(offset, 0) && text.charAt(end - 1) == '\r' ? end - 1 : end;
  }
}
