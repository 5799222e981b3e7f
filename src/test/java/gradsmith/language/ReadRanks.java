package gradsmith.language;

import gradsmith.expr.Variable;
import gradsmith.shape.Shape;
import gradsmith.source.AsciiText;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What each free name of a program is, and its value: {@code x vector A matrix => number}.
 *
 * @param names number, vector, matrix or stack for each name, in its ASCII spelling
 * @param value number, vector, row, matrix or stack
 */
record ReadRanks(Map<String, String> names, String value) {

  /** Reads a line of a fixture. */
  static ReadRanks expected(String line) {
    String[] sides = line.split("=>", -1);
    Map<String, String> names = new TreeMap<>();
    if (!sides[0].isBlank()) {
      for (String entry : sides[0].strip().split(" {3,}", -1)) {
        String[] words = entry.split(" ", -1);
        if (words.length != 2 || names.put(words[0], words[1]) != null) {
          throw new IllegalStateException("not a reading: " + line);
        }
      }
    }
    return new ReadRanks(names, sides[1].strip());
  }

  /** Returns how {@code program} was read. */
  static ReadRanks of(Program program) {
    Map<String, String> names = new TreeMap<>();
    for (Variable parameter : program.parameters()) {
      names.put(AsciiText.name(parameter.name()), rank(parameter.rank()));
    }
    return new ReadRanks(names, rank(program.value().shape()));
  }

  private static String rank(int axes) {
    return switch (axes) {
      case 0 -> "number";
      case 1 -> "vector";
      case 2 -> "matrix";
      default -> "stack";
    };
  }

  private static String rank(Shape shape) {
    if (!shape.leading().isEmpty()) {
      return "stack";
    }
    if (shape.isScalar()) {
      return "number";
    }
    return shape.isVector() ? "vector" : shape.isRow() ? "row" : "matrix";
  }

  @Override
  public String toString() {
    return names.entrySet().stream()
            .map(name -> name.getKey() + " " + name.getValue() + "   ")
            .collect(Collectors.joining())
        + "=> "
        + value;
  }
}
