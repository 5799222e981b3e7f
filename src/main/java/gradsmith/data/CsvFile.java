package gradsmith.data;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.util.ArrayList;
import java.util.List;

/**
 * A matrix as lines of numbers, with commas, semicolons, tabs or spaces between them. A first line
 * of names is skipped, and so are lines that begin with {@code #}.
 */
final class CsvFile {

  private CsvFile() {}

  static NdArray read(String text) throws DataException {
    char separator = separator(text);
    String table = separator == ' ' ? text.replaceAll("(?m)^ +| +$| +(?= )", "") : text;
    List<double[]> rows = new ArrayList<>();
    long entries = 0;
    try (CsvReader<CsvRecord> reader =
        CsvReader.builder()
            .fieldSeparator(separator)
            .commentStrategy(CommentStrategy.SKIP)
            .allowMissingFields(true)
            .allowExtraFields(true)
            .ofCsvRecord(table)) {
      boolean first = true;
      for (CsvRecord line : reader) {
        boolean heading = first && isHeading(line);
        first = false;
        if (heading || line.getFields().stream().allMatch(String::isBlank)) {
          continue;
        }
        rows.add(row(line));
        entries += rows.getLast().length;
        if (rows.getLast().length != rows.getFirst().length) {
          throw new DataException(
              "line %d has %s, the lines before it %d"
                  .formatted(
                      line.getStartingLineNumber(),
                      Numeral.counted(rows.getLast().length),
                      rows.getFirst().length));
        }
        if (entries > NdArray.MOST_ENTRIES) {
          throw new DataException("there are more than " + NdArray.MOST_ENTRIES + " numbers");
        }
      }
    } catch (CsvParseException e) {
      throw new DataException("this is no table of numbers: " + e.getMessage());
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e); // a text does not fail
    }
    if (rows.isEmpty()) {
      throw new DataException("there are no numbers");
    }
    return NdArray.matrix(rows.toArray(double[][]::new));
  }

  private static char separator(String text) {
    for (String line : (Iterable<String>) text.lines()::iterator) {
      if (!line.isBlank() && !line.startsWith("#")) {
        for (char separator : new char[] {';', '\t', ','}) {
          if (line.indexOf(separator) >= 0) {
            return separator;
          }
        }
        return ' ';
      }
    }
    return ',';
  }

  private static boolean isHeading(CsvRecord line) {
    return line.getFields().stream()
        .map(String::strip)
        .allMatch(field ->
            field.isEmpty()
                || !Numeral.is(field) && field.codePoints().anyMatch(Character::isLetter));
  }

  private static double[] row(CsvRecord line) throws DataException {
    double[] row = new double[line.getFieldCount()];
    for (int i = 0; i < row.length; i++) {
      String field = line.getField(i).strip();
      if (!Numeral.is(field)) {
        throw new DataException(
            "line %d, column %d: %s"
                .formatted(
                    line.getStartingLineNumber(),
                    i + 1,
                    field.isEmpty() ? "a number is missing" : complaint(field)));
      }
      row[i] = Numeral.of(field);
    }
    return row;
  }

  private static String complaint(String field) {
    String shown = field.length() > 30 ? field.substring(0, 30) + "…" : field;
    boolean comma = Numeral.is(field.replace(',', '.'));
    return "'" + shown + "' is no number" + (comma ? ": write a point, not a comma" : "");
  }

  static String write(NdArray array) {
    int columns = array.rank() < 2 ? 1 : array.axes()[1];
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < array.size(); i++) {
      text.append(array.entry(i)).append((i + 1) % columns == 0 ? '\n' : ',');
    }
    return text.toString();
  }
}
