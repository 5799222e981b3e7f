package gradsmith;

import static gradsmith.RandomProgram.factor;

import java.util.List;

/** Writes the parts of a random program that are stacks of matrices. */
final class RandomStacks {

  private final RandomProgram program;

  RandomStacks(RandomProgram program) {
    this.program = program;
  }

  /** Returns a stack. */
  String stack() {
    String n = program.dimension();
    String k = program.dimension();
    return switch (program.random.nextInt(4)) {
      case 0 -> deep(n, k, 2);
      case 1 -> numbers(2);
      default -> tensor(n, k, 2);
    };
  }

  /** Returns a number made of stacks. */
  String number() {
    String n = program.dimension();
    String k = program.dimension();
    return switch (program.random.nextInt(11)) {
      case 0 -> "sum(" + tensor(n, k, 3) + ")";
      case 1 ->
          "CE(" + tensor(n, k, 2) + ", " + program.variable("T", "(b, " + n + ", " + k + ")") + ")";
      case 2 ->
          "SSE("
              + tensor(n, k, 2)
              + ", "
              + program.variable("T", "(b, " + n + ", " + k + ")")
              + ")";
      case 3 -> "||sum(" + factor(tensor(n, k, 2)) + ", b)||^2";
      case 4 -> "sum(" + numbers(2) + " .* " + numbers(2) + ")";
      case 5 -> "sum(" + tensor(n, k, 1) + ") * sum(" + tensor(n, k, 1) + ")";
      case 6 -> "log(1 + sum(" + tensor(n, "1", 2) + ")^2)";
      case 7 -> "mean(" + tensor(n, k, 2) + ") + " + program.scalar(1);
      case 8 -> "||" + tensor(n, k, 2) + "||^2";
      case 9 -> "sum(" + deep(n, k, 2) + ")";
      default -> "sum(sum(" + deep(n, k, 1) + ", a) .* " + factor(tensor(n, k, 1)) + ")";
    };
  }

  /** One number for each of b matrices. */
  private String numbers(int depth) {
    String n = program.dimension();
    String k = program.dimension();
    return switch (depth <= 0 ? 0 : program.random.nextInt(8)) {
      case 1 -> "tr(" + tensor(n, n, depth - 1) + ")";
      case 2 -> "det(" + factor(tensor(n, n, depth - 1) + " + 4 I") + ")";
      case 3 -> "logdet(" + factor(tensor(n, n, depth - 1) + " + 4 I") + ")";
      case 4 -> factor(factor(tensor(n, "1", depth - 1)) + "' " + factor(tensor(n, "1", 0)));
      case 5 -> "colsum(rowsum(" + tensor(n, k, depth - 1) + "))";
      case 6 -> factor(numbers(depth - 1) + " + " + program.scalar(1));
      case 7 -> factor(numbers(depth - 1) + " .* " + numbers(depth - 1));
      default -> program.variable("u", "(b, 1, 1)");
    };
  }

  /** A stack of a by b matrices, some of whose parts have fewer axes. */
  private String deep(String n, String k, int depth) {
    if (depth <= 0) {
      return program.variable("D", "(a, b, " + n + ", " + k + ")");
    }
    String m = program.dimension();
    return switch (program.random.nextInt(6)) {
      case 0 -> factor(deep(n, m, depth - 1)) + " " + factor(tensor(m, k, depth - 1));
      case 1 -> factor(deep(n, k, depth - 1) + " + " + tensor(n, k, depth - 1));
      case 2 -> factor(factor(deep(n, k, depth - 1)) + " .* " + factor(program.matrix(n, k, 1)));
      case 3 ->
          factor(
              factor(deep(n, k, depth - 1))
                  + " .* "
                  + program.variable("E", "(a, 1, " + n + ", " + k + ")"));
      case 4 -> factor(deep(n, m, depth - 1)) + " " + factor(program.matrix(m, k, 1));
      default -> program.pick(RandomProgram.SMOOTH) + "(" + deep(n, k, depth - 1) + ")";
    };
  }

  /** A stack of b matrices; some of its parts are one matrix for all. */
  private String tensor(String n, String k, int depth) {
    if (depth <= 0) {
      return program.variable("T", "(b, " + n + ", " + k + ")");
    }
    int less = depth - 1;
    String m = program.dimension();
    return switch (program.random.nextInt(20)) {
      case 16 -> "inv(" + factor(tensor(n, n, less) + " + 4 I") + ") " + factor(tensor(n, k, less));
      case 17 -> factor(tensor(n, k, less) + " - rowmax(" + tensor(n, m, less) + ")");
      case 18 -> factor(tensor(n, k, less) + " ./ " + program.positive(n, k, Math.min(less, 1)));
      case 19 ->
          "rmsnorm(" + tensor(n, k, less) + ", " + program.variable("g", "(" + k + ")") + ")";
      case 11 -> factor(factor(tensor(n, k, less)) + " .* " + numbers(1));
      case 12 -> factor(tensor(n, k, less) + " + " + numbers(1));
      case 13 -> factor(tensor(n, k, less) + " - rowmean(" + tensor(n, m, less) + ")");
      case 14 -> factor(program.scalar(1) + " * " + factor(tensor(n, k, less)));
      case 0, 1 -> factor(tensor(n, m, less)) + " " + factor(tensor(m, k, less));
      case 2 -> factor(tensor(n, m, less)) + " " + factor(program.matrix(m, k, Math.min(less, 1)));
      case 3 -> factor(program.matrix(n, m, Math.min(less, 1))) + " " + factor(tensor(m, k, less));
      case 4 -> factor(tensor(n, k, less) + " + " + program.matrix(n, k, Math.min(less, 1)));
      case 5 -> factor(factor(tensor(n, k, less)) + " .* " + factor(tensor(n, k, less)));
      case 6 -> factor(tensor(k, n, less)) + "'";
      case 7, 8 -> program.pick(RandomProgram.SMOOTH) + "(" + tensor(n, k, less) + ")";
      case 9 ->
          program.pick(List.of("softmax", "logsoftmax", "normalize"))
              + "("
              + tensor(n, k, less)
              + ")";
      case 10 -> factor(tensor(n, k, less) + " + " + program.variable("c", "(" + k + ")") + "'");
      default ->
          "layernorm("
              + tensor(n, k, less)
              + ", "
              + program.variable("g", "(" + k + ")")
              + ", "
              + program.variable("c", "(" + k + ")")
              + ")";
    };
  }
}
