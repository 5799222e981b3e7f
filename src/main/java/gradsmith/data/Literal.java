package gradsmith.data;

import java.util.ArrayList;
import java.util.List;

/** Numbers that are written where a file could be named: {@code 0.5}, {@code [1, 2; 3, 4]}. */
final class Literal {

  private Literal() {}

  static boolean is(String text) {
    return Numeral.is(text) || text.startsWith("[");
  }

  static NdArray read(String text) throws DataException {
    if (Numeral.is(text)) {
      return NdArray.of(Numeral.of(text));
    }
    if (!text.endsWith("]") || text.indexOf('[', 1) >= 0) {
      throw new DataException(
          "a matrix is written as [1, 2; 3, 4], one of a single row as [1, 2;], a vector as [1,"
              + " 2]");
    }
    String inside = text.substring(1, text.length() - 1).strip();
    boolean ended = inside.endsWith(";"); // a row that ends is one of a matrix
    inside = ended ? inside.substring(0, inside.length() - 1) : inside;
    List<double[]> rows = new ArrayList<>();
    for (String row : inside.split(";", -1)) {
      List<Double> entries = new ArrayList<>();
      for (String entry : row.strip().split("\\s*,\\s*|\\s+", -1)) {
        if (!Numeral.is(entry)) {
          throw new DataException(
              entry.isEmpty() ? "a number is missing" : "'" + entry + "' is no number");
        }
        entries.add(Numeral.of(entry));
      }
      rows.add(entries.stream().mapToDouble(Double::doubleValue).toArray());
      if (rows.getLast().length != rows.getFirst().length) {
        throw new DataException(
            "row %d has %s, the first %d"
                .formatted(
                    rows.size(), Numeral.counted(rows.getLast().length), rows.getFirst().length));
      }
    }
    NdArray matrix = NdArray.matrix(rows.toArray(double[][]::new));
    return rows.size() == 1 && !ended ? matrix.reshaped(matrix.size()) : matrix;
  }
}
