package gradsmith;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Writes random programs of reductions on stacks: sums over rows, columns and axes of sums and
 * products of stacks, of columns and rows of theirs, and of what is repeated.
 */
final class RandomReductions {

  private static final List<String> LENGTHS = List.of("n", "k", "m");

  /** The leading axes that a value may have; each begins with what the next one lacks. */
  private static final List<List<String>> LEADING =
      List.of(List.of(), List.of("b"), List.of("a", "b"));

  private final Random random;
  private final Map<String, Type> declared = new LinkedHashMap<>();
  private final Map<String, Type> assigned = new LinkedHashMap<>();

  private RandomReductions(long seed) {
    random = new Random(seed);
  }

  /** The shape of a value. */
  private record Type(int axes, String rows, String columns) {

    Type transposed() {
      return new Type(axes, columns, rows);
    }

    @Override
    public String toString() {
      List<String> lengths = new ArrayList<>(LEADING.get(axes));
      lengths.add(rows);
      lengths.add(columns);
      return "(" + String.join(", ", lengths) + ")";
    }
  }

  /** Returns the program of {@code seed}. */
  static String of(long seed) {
    return new RandomReductions(seed).write();
  }

  private String write() {
    List<String> statements = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      Type type = new Type(random.nextInt(3), length(), random.nextBoolean() ? "1" : length());
      statements.add("H" + i + " = " + value(type, 2));
      assigned.put("H" + i, type);
    }
    String last =
        switch (random.nextInt(4)) {
          case 0 -> "colsum(rowsum(" + value(type(), 3) + "))";
          case 1 -> value(new Type(1 + random.nextInt(2), "1", "1"), 3);
          case 2 -> "(" + value(type(), 2) + ").^2";
          default -> value(type(), 3);
        };
    statements.add("L = sum(" + last + ")");
    StringBuilder text = new StringBuilder();
    declared.forEach((name, type) -> text.append(name).append(" : ").append(type).append("; "));
    return text.append(String.join("; ", statements)).toString();
  }

  private String length() {
    return LENGTHS.get(random.nextInt(LENGTHS.size()));
  }

  private Type type() {
    return new Type(random.nextInt(3), length(), length());
  }

  /** Returns what has the shape {@code type}. */
  private String value(Type type, int depth) {
    if (depth <= 0) {
      return leaf(type);
    }
    int less = depth - 1;
    return switch (random.nextInt(13)) {
      case 0, 1 -> "(" + value(type, less) + sign() + value(part(type), less) + ")";
      case 2, 3 -> "(" + value(type, less) + " .* " + value(part(type), less) + ")";
      case 4 -> {
        String inner = length();
        String left = value(new Type(type.axes, type.rows, inner), less);
        yield "(" + left + " " + value(new Type(axesUpTo(type), inner, type.columns), less) + ")";
      }
      case 5 -> "(" + value(type.transposed(), less) + ")'";
      case 6 -> "(" + (2 + random.nextInt(3)) + " * " + value(type, less) + ")";
      case 7 -> "(" + value(type, less) + ").^2";
      case 8 -> leaf(type);
      default -> reduction(type, less);
    };
  }

  private String sign() {
    return random.nextBoolean() ? " + " : " - ";
  }

  private int axesUpTo(Type type) {
    return random.nextInt(type.axes + 1);
  }

  /** Returns the shape of something that is repeated to {@code type}, or has it. */
  private Type part(Type type) {
    return switch (random.nextInt(5)) {
      case 0 -> new Type(type.axes, type.rows, "1");
      case 1 -> new Type(type.axes, "1", type.columns);
      case 2 -> new Type(axesUpTo(type), type.rows, type.columns);
      case 3 -> new Type(axesUpTo(type), "1", "1");
      default -> type;
    };
  }

  private String reduction(Type type, int depth) {
    List<String> reductions = new ArrayList<>();
    if (type.columns.equals("1")) {
      String wide = value(new Type(type.axes, type.rows, length()), depth);
      reductions.add((random.nextBoolean() ? "rowsum(" : "rowmean(") + wide + ")");
    }
    if (type.rows.equals("1")) {
      String high = value(new Type(type.axes, length(), type.columns), depth);
      reductions.add((random.nextBoolean() ? "colsum(" : "colmean(") + high + ")");
    }
    if (type.axes + 1 < LEADING.size()) {
      String stack = value(new Type(type.axes + 1, type.rows, type.columns), depth);
      String axis = LEADING.get(type.axes + 1).getFirst();
      reductions.add((random.nextBoolean() ? "sum(" : "mean(") + stack + ", " + axis + ")");
    }
    return reductions.isEmpty()
        ? value(type, depth)
        : reductions.get(random.nextInt(reductions.size()));
  }

  /** Returns a name of {@code type}, an old one or a new one. */
  private String leaf(Type type) {
    List<String> fitting = new ArrayList<>();
    assigned.forEach((name, other) -> addIfFitting(name, other, type, fitting));
    declared.forEach((name, other) -> addIfFitting(name, other, type, fitting));
    if (!fitting.isEmpty() && random.nextInt(4) > 0) {
      return fitting.get(random.nextInt(fitting.size()));
    }
    String name = "X" + declared.size();
    declared.put(name, type);
    return name;
  }

  private static void addIfFitting(String name, Type other, Type type, List<String> fitting) {
    if (other.equals(type)) {
      fitting.add(name);
    }
  }
}
