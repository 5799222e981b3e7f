package gradsmith;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Writes random well-shaped programs over the whole language, of moderate values. */
final class RandomProgram {

  private static final List<String> DIMENSIONS = List.of("n", "d", "k");
  static final List<String> SMOOTH =
      List.of(
          "tanh",
          "sigmoid",
          "sin",
          "cos",
          "softplus",
          "gelu",
          "silu",
          "relu",
          "abs",
          "arctan",
          "erf",
          "square",
          "elu1",
          "mish",
          "gelu_tanh",
          "swish",
          "leaky",
          "sinh",
          "expm1",
          "normcdf",
          "unknown");

  /** Of the eigenvalues of one symmetric matrix. */
  private static final List<String> SPECTRAL = List.of("lambda_max", "lambda_min", "sum(eigvals");

  final Random random;
  private final Map<String, String> declarations = new LinkedHashMap<>();
  private final List<String> statements = new ArrayList<>();
  private final Map<String, String> shapes = new LinkedHashMap<>();

  private RandomProgram(long seed) {
    random = new Random(seed);
  }

  /** Returns the program of {@code seed}. */
  static String of(long seed) {
    return new RandomProgram(seed).write();
  }

  private String write() {
    int intermediates = random.nextInt(3);
    for (int i = 0; i < intermediates; i++) {
      String rows = dimension();
      String columns = dimension();
      String value = matrix(rows, columns, 2);
      statements.add("H" + i + " = " + value);
      shapes.put("H" + i, rows + "," + columns);
    }
    statements.add(
        switch (random.nextInt(14)) {
          case 0, 1, 2 -> "L = " + new RandomStacks(this).number();
          case 3 -> "M = " + matrix(dimension(), dimension(), 2);
          case 4 -> "m = " + vector(dimension(), 3);
          case 5, 6 -> "T = " + new RandomStacks(this).stack();
          default -> "L = " + scalar(3);
        });
    StringBuilder text = new StringBuilder();
    declarations.forEach(
        (name, shape) -> text.append(name).append(" : ").append(shape).append("; "));
    text.append(
        "swish(A) = A .* sigmoid(A); elu1(A) = elu(A, 0.5); leaky(A) = leaky_relu(A, 0.1); ");
    text.append("unknown : elementwise; ");
    return text.append(String.join("; ", statements)).toString();
  }

  String dimension() {
    return pick(DIMENSIONS);
  }

  String pick(List<String> options) {
    return options.get(random.nextInt(options.size()));
  }

  String scalar(int depth) {
    if (depth == 0) {
      return random.nextBoolean() ? variable("s", "()") : Integer.toString(1 + random.nextInt(3));
    }
    String n = dimension();
    String k = dimension();
    return switch (random.nextInt(40)) {
      case 24, 25, 26 -> ofMatrixFunctions(n, k, depth - 1);
      case 27 -> pick(List.of("max", "min")) + "(" + matrix(n, k, depth - 1) + ")";
      case 28 -> pick(List.of("norm1", "norm2")) + "(" + matrix(n, k, depth - 1) + ")";
      case 29 -> "sum(" + numberOfRows(n, k, depth - 1) + ")";
      case 30 -> "vec(" + matrix(n, k, depth - 1) + ")' vec(" + matrix(n, k, 0) + ")";
      case 31 -> ofKronecker(n, k, depth - 1);
      case 32 -> "NLL(softmax(" + matrix(n, k, depth - 1) + "), " + label(n, k) + ")";
      case 33 -> "BCE(" + matrix(n, k, depth - 1) + ", " + variable("Y", rows(n, k)) + ")";
      case 34 -> "MSE(" + matrix(n, k, depth - 1) + ", " + matrix(n, k, 0) + ")";
      case 35 -> "mean_CE(" + matrix(n, k, depth - 1) + ", " + label(n, k) + ")";
      case 36 -> "hinge(" + matrix(n, k, depth - 1) + ", " + variable("X", rows(n, k)) + ")";
      case 37 -> "exp(tanh(" + scalar(depth - 1) + "))^" + scalar(0);
      case 38 -> "sum(" + positive(n, k, depth - 1) + ".^" + scalar(0) + ")";
      case 0, 1, 2 -> "sum(" + matrix(n, k, depth - 1) + ")";
      case 3 -> "tr(" + matrix(n, n, depth - 1) + ")";
      case 4 -> "||" + matrix(n, k, depth - 1) + "||^2";
      case 5 -> vector(n, depth - 1) + "' " + vector(n, depth - 1);
      case 6 -> vector(n, 0) + "' " + factor(matrix(n, k, depth - 1)) + " " + vector(k, 0);
      case 7 -> "mean(" + matrix(n, k, depth - 1) + ")";
      case 8 -> "dot(" + matrix(n, k, depth - 1) + ", " + matrix(n, k, depth - 1) + ")";
      case 9 -> "CE(" + matrix(n, k, depth - 1) + ", " + label(n, k) + ")";
      case 10 -> "SSE(" + matrix(n, k, depth - 1) + ", " + matrix(n, k, 0) + ")";
      case 11 -> "sum(logsumexp(" + matrix(n, k, depth - 1) + "))";
      case 12 -> "logdet(" + regular(n, depth - 1) + ")";
      case 13 -> "(" + scalar(depth - 1) + ") * (" + scalar(depth - 1) + ")";
      case 14 -> "(" + scalar(depth - 1) + ") + " + scalar(depth - 1);
      case 15 ->
          "(" + scalar(depth - 1) + ") / (1 + (" + scalar(depth - 2 < 0 ? 0 : depth - 2) + ")^2)";
      case 16 -> "log(1 + (" + scalar(depth - 1) + ")^2)";
      case 17 -> "det(" + regular(n, depth - 1) + ")";
      case 18 -> "sum(diag(" + matrix(n, n, depth - 1) + "))";
      case 19 -> "CE(" + vector(n, depth - 1) + ", " + variable("y", "(" + n + ")") + ")";
      case 20 -> "CE(" + matrix(n, k, depth - 1) + ", " + label(k, n) + "')";
      case 21 -> "logsumexp(" + vector(n, depth - 1) + ")";
      case 22 -> "KL(softmax(" + vector(n, depth - 1) + "), softmax(" + vector(n, 0) + "))";
      default -> "huber(" + matrix(n, k, depth - 1) + ", " + matrix(n, k, 0) + ", 0.7)";
    };
  }

  /** A number for each row. */
  private String numberOfRows(String n, String k, int depth) {
    String function =
        pick(List.of("rowmax", "logsumexp", "rowmean", "rownorm", "rowsum", "rowmin"));
    return function.equals("rowmin")
        ? "-rowmax(-" + factor(matrix(n, k, depth)) + ")"
        : function + "(" + matrix(n, k, depth) + ")";
  }

  /** A number made by a function of a whole matrix. */
  private String ofMatrixFunctions(String n, String k, int depth) {
    return switch (random.nextInt(9)) {
      case 0 -> "logdet(inv(" + regular(n, depth) + "))";
      case 1 -> pick(List.of("nuclear_norm", "spectral_norm")) + "(" + matrix(n, k, depth) + ")";
      case 2 -> {
        String spectral = pick(SPECTRAL);
        String argument = spectral + "(" + symmetrized(n, depth) + ")";
        yield spectral.indexOf('(') < 0 ? argument : argument + ".^2)";
      }
      case 3 -> "tr(" + factor(matrix(n, n, depth)) + "^" + (2 + random.nextInt(2)) + ")";
      case 4 -> vector(n, 0) + "' inv(" + definite(n, depth) + ") " + vector(n, depth);
      case 5 -> "sum(cholesky(" + definite(n, depth) + ") " + factor(matrix(n, k, 0)) + ")";
      case 6 -> "sum(pinv(" + matrix(n, k, depth) + ") .* " + factor(matrix(k, n, 0)) + ")";
      case 7 -> "logdet(" + definite(n, depth) + ")";
      default -> "sum(expm(" + small(n, depth) + ") " + factor(matrix(n, k, 0)) + ")";
    };
  }

  /** A number made of Kronecker products. */
  private String ofKronecker(String n, String k, int depth) {
    String m = dimension();
    String kron = "kron(" + matrix(n, k, depth) + ", " + matrix(k, m, 0) + ")";
    return switch (random.nextInt(5)) {
      case 0 -> "sum(" + kron + " .* kron(" + matrix(n, k, 0) + ", " + matrix(k, m, 0) + "))";
      case 1 -> "||" + kron + "||^2";
      case 2 ->
          "vec("
              + matrix(m, m, 0)
              + ")' kron("
              + matrix(m, k, depth)
              + ", "
              + matrix(m, n, 0)
              + ") vec("
              + matrix(n, k, 0)
              + ")";
      case 3 -> "tr(kron(" + matrix(n, n, depth) + ", " + matrix(k, k, 0) + "))";
      default -> "sum(kron(" + vector(n, depth) + ", " + vector(k, 0) + ").^2)";
    };
  }

  private String symmetrized(String n, int depth) {
    return random.nextBoolean()
        ? variable("S", "(" + n + ", " + n + ") symmetric")
        : factor(matrix(n, n, depth)) + " + " + variable("S", "(" + n + ", " + n + ") diagonal");
  }

  /** A symmetric positive definite matrix. */
  private String definite(String n, int depth) {
    if (random.nextBoolean()) {
      return variable("S", "(" + n + ", " + n + ") spd");
    }
    String a = factor(matrix(n, n, depth));
    return a + " " + a + "' + I";
  }

  /** A square matrix of small entries. */
  private String small(String n, int depth) {
    return "tanh(" + matrix(n, n, depth) + ") / " + (1 + random.nextInt(3));
  }

  /** A matrix of positive entries. */
  String positive(String n, String k, int depth) {
    return switch (random.nextInt(4)) {
      case 0 -> variable("P", "(" + n + ", " + k + ") positive");
      case 1 -> "softplus(" + matrix(n, k, depth) + ")";
      case 2 -> "exp(tanh(" + matrix(n, k, depth) + "))";
      default -> factor("1 + " + factor(matrix(n, k, depth)) + ".^2");
    };
  }

  private static String rows(String n, String k) {
    return "(" + n + ", " + k + ")";
  }

  /** A square matrix far from singular. */
  private String regular(String n, int depth) {
    return switch (random.nextInt(5)) {
      case 3 -> variable("Q", "(" + n + ", " + n + ") orthogonal");
      case 4 -> "expm(" + small(n, depth) + ")";
      case 0 -> "(" + matrix(n, n, depth) + " + 4 I)";
      case 1 -> variable("S", "(" + n + ", " + n + ") spd");
      default ->
          "(I + " + factor(variable("R", "(" + n + ", " + n + ")")) + "' " + matrix(n, n, 0) + ")";
    };
  }

  static String factor(String text) {
    return "(" + text + ")";
  }

  String matrix(String n, String k, int depth) {
    if (depth <= 0) {
      for (Map.Entry<String, String> known : shapes.entrySet()) {
        if (known.getValue().equals(n + "," + k) && random.nextBoolean()) {
          return known.getKey();
        }
      }
      if (n.equals(k) && random.nextInt(4) == 0) {
        return variable(
            "S",
            "("
                + n
                + ", "
                + n
                + ") "
                + pick(
                    List.of("symmetric", "spd", "diagonal", "orthogonal", "symmetric positive")));
      }
      if (random.nextInt(8) == 0) {
        return variable(
            "P", rows(n, k) + " " + pick(List.of("positive", "stochastic", "onehot", "constant")));
      }
      return variable("X", "(" + n + ", " + k + ")");
    }
    int less = depth - 1;
    String m = dimension();
    return switch (random.nextInt(38)) {
      case 24 -> "inv(" + regular(n, less) + ")' " + factor(matrix(n, k, less));
      case 25 -> "solve(" + regular(n, less) + ", " + matrix(n, k, less) + ")";
      case 26 -> "expm(" + small(n, less) + ") " + factor(matrix(n, k, less));
      case 27 -> "pinv(" + matrix(k, n, less) + ")";
      case 28 -> "cholesky(" + definite(n, less) + ") " + factor(matrix(n, k, less));
      case 29 -> "unvec(vec(" + matrix(k, n, less) + "), " + n + ", " + k + ")";
      case 30 -> factor(factor(matrix(n, n, less)) + "^2") + " " + factor(matrix(n, k, 0));
      case 31 -> factor(matrix(n, k, less) + " - " + numberOfRows(n, m, less));
      case 32 -> "log(" + positive(n, k, less) + ")";
      case 33 -> factor("sqrt(" + positive(n, k, less) + ") ./ " + positive(n, k, 0));
      case 34 -> factor(factor(factor(matrix(n, k, less)) + " > 0") + " .* " + matrix(n, k, 0));
      case 35 -> "min(" + matrix(n, k, less) + ", " + matrix(n, k, 0) + ")";
      case 36 -> "rmsnorm(" + matrix(n, k, less) + ", " + variable("g", "(" + k + ")") + ")";
      case 37 ->
          pick(List.of("swiglu", "geglu", "reglu", "glu"))
              + "("
              + matrix(n, m, less)
              + ", "
              + matrix(m, k, 0)
              + ", "
              + matrix(m, k, 0)
              + ")";
      case 0, 1, 2, 3 -> factor(matrix(n, m, less)) + " " + factor(matrix(m, k, less));
      case 4, 5 -> factor(matrix(n, k, less) + " + " + matrix(n, k, less));
      case 6 -> factor(matrix(n, k, less) + " - " + matrix(n, k, less));
      case 7 -> factor(factor(matrix(n, k, less)) + " .* " + factor(matrix(n, k, less)));
      case 8 -> factor(matrix(k, n, less)) + "'";
      case 9, 10, 11 -> pick(SMOOTH) + "(" + matrix(n, k, less) + ")";
      case 12 ->
          pick(List.of("softmax", "logsoftmax", "normalize")) + "(" + matrix(n, k, less) + ")";
      case 13 -> factor(matrix(n, k, less) + " + " + variable("c", "(" + k + ")") + "'");
      case 14 -> factor(matrix(n, k, less) + " .* rowsum(" + matrix(n, m, less) + ")");
      case 15 -> factor(matrix(n, k, less) + " - colmean(" + matrix(m, k, less) + ")");
      case 16 ->
          factor(factor(matrix(n, k, less)) + " ./ (1 + " + factor(matrix(n, k, less)) + ".^2)");
      case 17 -> factor(vector(n, less) + " " + vector(k, less) + "'");
      case 18 ->
          "layernorm("
              + matrix(n, k, less)
              + ", "
              + variable("g", "(" + k + ")")
              + ", "
              + variable("c", "(" + k + ")")
              + ")";
      case 19 -> factor(scalar(Math.min(less, 1)) + " * " + factor(matrix(n, k, less)));
      case 20 -> "diag(" + vector(n, less) + ") " + factor(matrix(n, k, less));
      case 21 -> "inv(" + regular(n, less) + ") " + factor(matrix(n, k, less));
      case 22 -> "max(" + matrix(n, k, less) + ", " + matrix(n, k, less) + ")";
      default ->
          "attention(" + matrix(n, m, 0) + ", " + matrix(k, m, 0) + ", " + matrix(k, k, less) + ")";
    };
  }

  private String vector(String n, int depth) {
    if (depth <= 0) {
      return variable("v", "(" + n + ")");
    }
    int less = depth - 1;
    return switch (random.nextInt(9)) {
      case 6 -> factor("expm(" + small(n, less) + ") " + vector(n, less));
      case 7 -> factor("inv(" + regular(n, less) + ") " + vector(n, less));
      case 8 -> factor(vector(n, less) + " .* eigvals(" + symmetrized(n, less) + ")");
      case 1 -> pick(SMOOTH) + "(" + vector(n, less) + ")";
      case 2 -> pick(List.of("softmax", "logsoftmax", "normalize")) + "(" + vector(n, less) + ")";
      case 3 -> factor(vector(n, less) + " + " + vector(n, less));
      case 4 -> "diag(" + matrix(n, n, less) + ")";
      default -> product(n, less);
    };
  }

  private String product(String n, int depth) {
    String m = dimension();
    return "(" + factor(matrix(n, m, depth)) + " " + vector(m, 0) + ")";
  }

  private String label(String n, String k) {
    return variable("Y", rows(n, k) + pick(List.of("", " onehot", " stochastic")));
  }

  /** Returns a variable of {@code shape}, an old one or a new one. */
  String variable(String letter, String shape) {
    List<String> fitting = new ArrayList<>();
    int count = 0;
    for (Map.Entry<String, String> declared : declarations.entrySet()) {
      if (declared.getKey().startsWith(letter)) {
        count++;
        if (declared.getValue().equals(shape)) {
          fitting.add(declared.getKey());
        }
      }
    }
    if (!fitting.isEmpty() && random.nextInt(4) > 0) {
      return pick(fitting);
    }
    String name = letter + count;
    declarations.put(name, shape);
    return name;
  }
}
