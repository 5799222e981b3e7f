package gradsmith.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;

/**
 * Sets numbers in columns, six digits of each. What is too long or too wide is shown without its
 * middle.
 */
public final class NumberTable {

  private static final int GAP = 2;
  private static final int MOST_ROWS = 12;
  private static final int EDGE = 3;
  private static final String LEFT_OUT = "…";

  private NumberTable() {}

  /** Writes a number with at most six digits: {@code 0.25}, {@code 1.5e-9}. */
  public static String number(double number) {
    if (!Double.isFinite(number)) {
      return Double.isNaN(number) ? "nan" : number > 0 ? "inf" : "-inf";
    }
    double size = Math.abs(number);
    if (size != 0 && (size < 1e-4 || size >= 1e6)) {
      return String.format(Locale.ROOT, "%.5e", number)
          .replaceFirst("\\.?0*e", "e")
          .replaceFirst("e([+-])0", "e$1")
          .replace("e+", "e");
    }
    int decimals = size == 0 ? 0 : Math.max(0, 5 - (int) Math.floor(Math.log10(size)));
    String text = String.format(Locale.ROOT, "%." + decimals + "f", number);
    String shortened =
        text.indexOf('.') < 0 ? text : text.replaceFirst("0+$", "").replaceFirst("\\.$", "");
    return shortened.equals("-0") ? "0" : shortened;
  }

  /**
   * Returns the lines of a matrix.
   *
   * @param entries by their place in row-major order
   * @param room how many characters a line may have
   */
  public static List<String> lines(int rows, int columns, IntToDoubleFunction entries, int room) {
    List<Integer> shownRows = shown(rows, MOST_ROWS);
    int most = columns;
    while (true) {
      List<Integer> shownColumns = shown(columns, most);
      List<String> lines = lines(shownRows, shownColumns, columns, entries);
      if (most <= 1 || lines.getFirst().length() <= room) {
        return lines;
      }
      int fits = shownColumns.size() * room / lines.getFirst().length();
      most = Math.max(1, Math.min(fits, Math.min(most, shownColumns.size()) - 1));
    }
  }

  private static List<String> lines(
      List<Integer> rows, List<Integer> columns, int stride, IntToDoubleFunction entries) {
    List<List<String>> cells = new ArrayList<>();
    for (int row : rows) {
      List<String> line = new ArrayList<>();
      for (int column : columns) {
        boolean leftOut = row < 0 || column < 0;
        line.add(leftOut ? LEFT_OUT : number(entries.applyAsDouble(row * stride + column)));
      }
      cells.add(line);
    }
    StringBuilder[] lines = new StringBuilder[rows.size()];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = new StringBuilder();
    }
    for (int j = 0; j < columns.size(); j++) {
      int before = 0;
      int after = 0;
      for (List<String> line : cells) {
        int point = point(line.get(j));
        before = Math.max(before, point);
        after = Math.max(after, line.get(j).length() - point);
      }
      for (int i = 0; i < lines.length; i++) {
        String cell = cells.get(i).get(j);
        int left = before - point(cell);
        lines[i].append(" ".repeat((j == 0 ? 0 : GAP) + left)).append(cell);
        lines[i].append(" ".repeat(after - cell.length() + point(cell)));
      }
    }
    List<String> texts = new ArrayList<>();
    for (StringBuilder line : lines) {
      texts.add(line.toString().stripTrailing());
    }
    return texts;
  }

  /** Numbers stand with their points, or their last digits, below each other. */
  private static int point(String cell) {
    int point = cell.indexOf('.');
    int exponent = cell.indexOf('e');
    return point >= 0 ? point : exponent >= 0 ? exponent : cell.length();
  }

  /** Returns which of {@code count} are shown, -1 for what is left out. */
  private static List<Integer> shown(int count, int most) {
    List<Integer> shown = new ArrayList<>();
    int last = Math.min(EDGE, (most - 1) / 2);
    int first = most - 1 - last;
    for (int i = 0; i < count; i++) {
      if (count <= most || i < first || i >= count - last) {
        shown.add(i);
      } else if (shown.isEmpty() || shown.getLast() >= 0) {
        shown.add(-1);
      }
    }
    return shown;
  }
}
