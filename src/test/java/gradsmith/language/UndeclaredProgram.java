package gradsmith.language;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A random program of which use and spelling determine every reading: capitals are matrices, a to g
 * and Greek letters numbers, other small letters vectors, and no number stands beside a vector or a
 * matrix. The lengths are the most general ones: two are equal only where a use makes them so.
 */
final class UndeclaredProgram {

  private static final List<String> FUNCTIONS =
      List.of("tanh", "sigmoid", "exp", "relu", "sin", "softplus");
  private static final List<String> NUMBERS = List.of("a", "b", "c", "d", "alpha", "lambda", "g1");
  private static final List<String> VECTORS = List.of("u", "v", "w", "x", "y", "err", "x_t");
  private static final List<String> MATRICES = List.of("A", "B", "W", "X", "Y", "Sigma", "W1");

  /** A length that may yet turn out to be another. */
  private static final class Length {
    private @Nullable Length other;

    Length root() {
      Length root = this;
      while (root.other != null) {
        root = root.other;
      }
      return root;
    }

    void equate(Length length) {
      if (root() != length.root()) {
        root().other = length.root();
      }
    }
  }

  /** Two lengths of a product of matrices beside which a bias stands. */
  private record Bias(Length rows, Length columns) {}

  private final Random random;
  private final Map<String, List<Length>> names = new LinkedHashMap<>();
  private final Map<String, List<Length>> assigned = new LinkedHashMap<>();
  private final List<Bias> biases = new ArrayList<>();
  private final List<String> statements = new ArrayList<>();
  private int biasCount;

  private UndeclaredProgram(long seed) {
    random = new Random(seed);
    int assignments = random.nextInt(4);
    for (int i = 0; i < assignments; i++) {
      List<Length> axes = new ArrayList<>();
      int rank = random.nextInt(3);
      for (int axis = 0; axis < rank; axis++) {
        axes.add(new Length());
      }
      String value =
          switch (rank) {
            case 0 -> number(2);
            case 1 -> vector(axes.getFirst(), 2);
            default -> matrix(axes.getFirst(), axes.getLast(), 2);
          };
      String name = "H" + i;
      statements.add(name + " = " + value);
      assigned.put(name, axes);
    }
    statements.add(number(3));
  }

  /** Returns the program of {@code seed}, or null if a bias would stand beside a square matrix. */
  static @Nullable UndeclaredProgram of(long seed) {
    UndeclaredProgram program = new UndeclaredProgram(seed);
    return program.biases.stream().anyMatch(bias -> bias.rows.root() == bias.columns.root())
        ? null
        : program;
  }

  /** Returns the statements; the last one is the value, a number. */
  List<String> statements() {
    return statements;
  }

  /** Returns the statements, in which nothing is declared. */
  String text() {
    return String.join("; ", statements);
  }

  /** Returns the statements behind declarations of all names. */
  String declared() {
    Map<Length, String> lengths = new LinkedHashMap<>();
    StringBuilder text = new StringBuilder();
    names.forEach((name, axes) ->
        text.append(name)
            .append(" : (")
            .append(
                axes.stream()
                    .map(Length::root)
                    .map(axis -> lengths.computeIfAbsent(axis, key -> "l" + lengths.size()))
                    .collect(Collectors.joining(", ")))
            .append("); "));
    return text + text();
  }

  private String pick(List<String> options) {
    return options.get(random.nextInt(options.size()));
  }

  /** Returns a name of {@code spellings}, or an assigned one, that has {@code axes}. */
  private String name(List<String> spellings, List<Length> axes) {
    List<String> known = new ArrayList<>();
    assigned.forEach((name, own) -> {
      if (own.size() == axes.size()) {
        known.add(name);
      }
    });
    boolean old = !known.isEmpty() && random.nextInt(3) == 0;
    String name = old ? pick(known) : pick(spellings);
    List<Length> own = old ? assigned.get(name) : names.putIfAbsent(name, axes);
    for (int axis = 0; own != null && axis < axes.size(); axis++) {
      own.get(axis).equate(axes.get(axis));
    }
    return name;
  }

  private String number(int depth) {
    Length n = new Length();
    Length k = new Length();
    int less = depth - 1;
    if (depth <= 0) {
      return switch (random.nextInt(3)) {
        case 0 -> "sum(" + vector(n, 0) + ")";
        case 1 -> "||" + vector(n, 0) + "||^2";
        default -> "sum(" + matrix(n, k, 0) + ")";
      };
    }
    return switch (random.nextInt(12)) {
      case 0 -> "sum(" + vector(n, less) + ")";
      case 1 -> "sum(" + matrix(n, k, less) + ")";
      case 2 -> "||" + matrix(n, k, less) + "||^2";
      case 3 -> "||" + vector(n, less) + "||^2";
      case 4 -> "tr(" + matrix(n, n, less) + ")";
      case 5 -> name(VECTORS, List.of(n)) + "' (" + matrix(n, k, less) + ") " + vector(k, 0);
      case 6 -> "(" + vector(n, less) + ")' (" + vector(n, less) + ")";
      case 7 -> name(NUMBERS, List.of()) + " * (" + number(less) + ")";
      case 8 -> "(" + number(less) + ") + " + number(less);
      case 9 -> "CE(" + matrix(n, k, less) + ", " + name(MATRICES, List.of(n, k)) + ")";
      case 10 -> "log(1 + (" + number(less) + ")^2)";
      default -> "(" + number(less) + ") / " + name(NUMBERS, List.of());
    };
  }

  private String vector(Length n, int depth) {
    Length k = new Length();
    int less = depth - 1;
    return switch (depth <= 0 ? 0 : random.nextInt(8)) {
      case 1 -> "(" + name(MATRICES, List.of(n, k)) + " (" + vector(k, less) + "))";
      case 2 -> "(" + vector(n, less) + " + " + vector(n, less) + ")";
      case 3 -> "(" + vector(n, less) + " .* " + vector(n, less) + ")";
      case 4 -> pick(FUNCTIONS) + "(" + vector(n, less) + ")";
      case 5 -> "(" + name(NUMBERS, List.of()) + " * " + vector(n, less) + ")";
      case 6 -> "softmax(" + vector(n, less) + ")";
      case 7 -> "(1 - " + vector(n, less) + ")";
      default -> name(VECTORS, List.of(n));
    };
  }

  private String matrix(Length n, Length k, int depth) {
    Length m = new Length();
    int less = depth - 1;
    return switch (depth <= 0 ? 0 : random.nextInt(12)) {
      case 1, 2 -> "((" + matrix(n, m, less) + ") (" + matrix(m, k, less) + "))";
      case 3 -> "(" + matrix(n, k, less) + " + " + matrix(n, k, less) + ")";
      case 4 -> "(" + matrix(n, k, less) + " .* " + matrix(n, k, less) + ")";
      case 5 -> pick(FUNCTIONS) + "(" + matrix(n, k, less) + ")";
      case 6 -> "(" + name(NUMBERS, List.of()) + " * (" + matrix(n, k, less) + "))";
      case 7 -> "(" + matrix(k, n, less) + ")'";
      case 8 -> "softmax(" + matrix(n, k, less) + ")";
      case 9 -> "((" + vector(n, less) + ") (" + vector(k, less) + ")')";
      case 10 -> "(" + matrix(n, k, less) + " + (" + vector(k, less) + ")')";
      case 11 -> {
        biases.add(new Bias(n, k));
        String bias = "h" + biasCount++;
        names.put(bias, List.of(k));
        yield "((" + matrix(n, m, less) + ") (" + matrix(m, k, 0) + ") + " + bias + ")";
      }
      default -> name(MATRICES, List.of(n, k));
    };
  }
}
