package gradsmith.source;

import java.util.Locale;

/** Writes diagnostics for people: the sentence, the line with carets under it, the remedy. */
public final class DiagnosticRenderer {

  private static final String BOLD = "\u001b[1m";
  private static final String RESET = "\u001b[0m";

  private final int width;
  private final boolean color;

  /**
   * Renders for lines of {@code width} characters.
   *
   * @param color whether to use the escape sequences of terminals
   */
  public DiagnosticRenderer(int width, boolean color) {
    this.width = Math.max(width, 40);
    this.color = color;
  }

  /** Returns the lines of {@code diagnostic}, each with a line end. */
  public String render(Diagnostic diagnostic) {
    Span span = diagnostic.span();
    StringBuilder text = new StringBuilder();
    text.append(place(span));
    String severity = diagnostic.severity().name().toLowerCase(Locale.ROOT);
    text.append(color ? escape(diagnostic.severity()) + severity + ":" + RESET : severity + ":");
    text.append(' ');
    text.append(color ? BOLD + diagnostic.message() + RESET : diagnostic.message()).append('\n');
    if (!span.source().text().isBlank()) {
      appendExcerpt(diagnostic, text);
    }
    if (diagnostic.hint() != null) {
      for (String line : diagnostic.hint().split("\n", -1)) {
        appendWrapped(line, text);
      }
    }
    return text.toString();
  }

  private void appendWrapped(String hint, StringBuilder text) {
    int column = 0;
    for (String word : hint.split(" ", -1)) {
      if (column == 0 || column + 1 + word.length() > width) {
        text.append(column == 0 ? "  " : "\n  ").append(word);
        column = 2 + word.length();
      } else {
        text.append(' ').append(word);
        column += 1 + word.length();
      }
    }
    text.append('\n');
  }

  private static String escape(Diagnostic.Severity severity) {
    return switch (severity) {
      case ERROR -> "\u001b[1;31m";
      case WARNING -> "\u001b[1;33m";
      case NOTE -> "\u001b[1;36m";
    };
  }

  /** One line typed at a prompt needs no number. */
  private static String place(Span span) {
    Source source = span.source();
    boolean oneLine = source.text().strip().indexOf('\n') < 0;
    if (oneLine && source.name().isEmpty()) {
      return "";
    }
    String position = source.line(span.start()) + ":" + source.column(span.start()) + ": ";
    return source.name().isEmpty() ? position : source.name() + ":" + position;
  }

  private void appendExcerpt(Diagnostic diagnostic, StringBuilder text) {
    Span span = diagnostic.span();
    Source source = span.source();
    int start = source.lineStart(span.start());
    int end = source.lineEnd(span.start());
    int room = width - 4;
    int from = start;
    int to = end;
    if (end - start > room) { // a window on a long line, with the place a third into it
      from = Math.max(start, Math.min(span.start() - room / 3, end - room));
      to = Math.min(end, from + room);
      from = outsidePair(source.text(), from);
      to = outsidePair(source.text(), to);
    }
    String before = from > start ? "…" : "";
    text.append("  ").append(before);
    StringBuilder marks = new StringBuilder("  ").append(" ".repeat(before.length()));
    for (int i = from; i < to; ) {
      int character = source.text().codePointAt(i);
      int next = Math.min(i + Character.charCount(character), to);
      text.appendCodePoint(visible(character));
      if (Character.getType(character) != Character.NON_SPACING_MARK) {
        marks.append(mark(diagnostic, i));
      }
      i = next;
    }
    text.append(to < end ? "…" : "").append('\n');
    if (span.start() >= to) {
      marks.append('^'); // something is missing at the end of the line
    }
    text.append(marks.toString().stripTrailing()).append('\n');
  }

  private static char mark(Diagnostic diagnostic, int offset) {
    Span span = diagnostic.span();
    if (offset == span.start() || (offset > span.start() && offset < span.end())) {
      return '^';
    }
    for (Span related : diagnostic.related()) {
      if (offset >= related.start() && offset < related.end()) {
        return '~';
      }
    }
    return ' ';
  }

  private static int visible(int character) {
    boolean control =
        Character.isISOControl(character) || Character.getType(character) == Character.FORMAT;
    return character == '\t'
        ? ' '
        : control || Character.getType(character) == Character.SURROGATE ? '\ufffd' : character;
  }

  private static int outsidePair(String text, int offset) {
    return offset > 0 && offset < text.length() && Character.isLowSurrogate(text.charAt(offset))
        ? offset - 1
        : offset;
  }
}
