package gradsmith.render;

import java.util.ArrayList;
import java.util.List;

/**
 * A page of text: sections with a title on the left, and in each rows of a name, a value and a
 * shape. Long values are broken where a reader would, sentences between words.
 */
public final class Page {

  private static final int INDENT = 11;
  private static final int GAP = 2;

  private final Notation notation;
  private final int width;
  private final boolean color;
  private final StringBuilder page = new StringBuilder();

  /**
   * A line of a section.
   *
   * @param name what is before the equals sign; empty if there is none
   * @param sign what is between the name and the value
   * @param value a formula, or a sentence if {@code shape} is empty
   * @param shape the shape of the value
   */
  public record Row(String name, String sign, String value, String shape) {

    /** Makes a line that says what a name is. */
    public Row(String name, String value, String shape) {
      this(name, "=", value, shape);
    }

    /** Returns a line of words. */
    public static Row sentence(String words) {
      return shaped(words, "");
    }

    /** Returns a line of words about something of {@code shape}. */
    public static Row shaped(String words, String shape) {
      return new Row("", words, shape);
    }
  }

  /**
   * Begins a page for lines of {@code width} characters.
   *
   * @param color whether to use the escape sequences of terminals
   */
  public Page(Notation notation, int width, boolean color) {
    this.notation = notation;
    this.width = Math.max(width, 40);
    this.color = color;
  }

  /** Returns how many characters a value without a name has room for. */
  int room() {
    return width - INDENT;
  }

  /** Returns the page. */
  public String text() {
    return page.toString();
  }

  /** Writes an empty line. */
  public void gap() {
    page.append('\n');
  }

  /** Writes rows, whose shapes follow their values. */
  public void section(String title, List<Row> rows) {
    section(title, rows, 0);
  }

  /** Writes rows with their shapes at {@code column} where there is room. */
  void section(String title, List<Row> rows, int column) {
    int names = names(rows);
    int signs = signs(rows);
    int left = left(rows);
    String label = title;
    for (Row row : rows) {
      label(label);
      label = "";
      if (names > 0) {
        String name = notation.text(row.name());
        page.append(name)
            .append(" ".repeat(names - length(name) + 1 + signs - row.sign().length()))
            .append(row.sign())
            .append(' ');
      }
      value(row, left, column - left);
    }
  }

  private int left(List<Row> rows) {
    int names = names(rows);
    return INDENT + (names == 0 ? 0 : names + signs(rows) + 2);
  }

  private static int signs(List<Row> rows) {
    int signs = 0;
    for (Row row : rows) {
      signs = Math.max(signs, row.sign().length());
    }
    return signs;
  }

  private int names(List<Row> rows) {
    int names = 0;
    for (Row row : rows) {
      names = Math.max(names, length(notation.text(row.name())));
    }
    return names;
  }

  /** Returns the column after the longest value that has room on its line before any shape. */
  int column(List<List<Row>> sections) {
    int longest = 0;
    for (List<Row> rows : sections) {
      for (Row row : rows) {
        longest = Math.max(longest, notation.text(row.shape()).length());
      }
    }
    int most = width - GAP - longest;
    int column = 0;
    for (List<Row> rows : sections) {
      int left = left(rows);
      for (Row row : rows) {
        int end = left + length(notation.text(row.value()));
        column = end <= most ? Math.max(column, end) : column;
      }
    }
    return column;
  }

  private void label(String title) {
    String padding = " ".repeat(INDENT - title.length());
    page.append(color && !title.isEmpty() ? "\u001b[1m" + title + "\u001b[0m" : title)
        .append(padding);
  }

  private void value(Row row, int left, int column) {
    String text = notation.text(row.value());
    String axes = notation.text(row.shape());
    int shape = axes.isEmpty() ? 0 : GAP + axes.length();
    int indent = row.name().isEmpty() ? 0 : 2;
    List<String> lines =
        row.name().isEmpty()
            ? words(text, width - left - shape)
            : LineBreaker.lines(text, width - left - shape, width - left - 2 - shape);
    for (int i = 0; i < lines.size(); i++) {
      page.append(i == 0 ? "" : " ".repeat(left + indent)).append(lines.get(i));
      if (i == lines.size() - 1 && shape > 0) {
        int used = length(lines.get(i)) + (i == 0 ? 0 : indent);
        int most = width - left - axes.length();
        int padding = Math.max(GAP, Math.min(column + GAP, most) - used);
        page.append(" ".repeat(padding)).append(axes);
      }
      page.append('\n');
    }
  }

  private static List<String> words(String sentence, int room) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : sentence.split(" ", -1)) {
      if (!line.isEmpty() && length(line.toString()) + 1 + length(word) > room && !word.isBlank()) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
