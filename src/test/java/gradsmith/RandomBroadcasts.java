package gradsmith;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes random numbers made of what broadcasting repeats: rows, columns, numbers and stacks of
 * each beside matrices and stacks of matrices, summed, normed and compared.
 */
final class RandomBroadcasts {

  private static final String DECLARED =
      "X, Y : (p, d); x : (d); y : (p); s : (); S : (d, d); c : (b, 1, 1); T : (b, p, d);"
          + " u : (b, 1, d); v : (b, p, 1); r : (1, d); q : (p, 1); w : (a, b, 1, 1);"
          + " W : (a, 1, p, d); k : (a, 1, 1, 1); ";

  private static final List<String> NUMBERS =
      List.of(
          "sum(#)",
          "norm(#)",
          "||#||^2",
          "norm1(#)",
          "mean(#)",
          "max(#)",
          "min(#)",
          "sum(logsumexp(#))",
          "sum(exp(tanh(#)))",
          "sum(#.^3)");

  private static final List<String> ELEMENTWISE =
      List.of(
          "exp(tanh(#))",
          "tanh(#)",
          "sigmoid(#)",
          "relu(#)",
          "#.^2",
          "sin(#)",
          "softplus(#)",
          "abs(#)",
          "(-#)",
          "(2 #)",
          "(# / 3)",
          "max(#, 0.1)");

  /** What each kind of value is at its simplest. */
  private static final Map<Character, List<String>> LEAVES =
      Map.of(
          'N', List.of("s", "2", "(x' x)", "sum(y)", "sum(c)"),
          'V', List.of("x", "r'", "ones(d, 1)", "colsum(X)'"),
          'P', List.of("y", "q", "ones(p, 1)", "rowsum(X)"),
          'M', List.of("X", "Y", "ones(p, d)", "(y x')", "(ones(p, 1) x')", "(y ones(1, d))"),
          'C', List.of("c", "w", "k", "(u x)", "colsum(v)", "rowsum(u)"),
          'U', List.of("u'", "(c x)", "(k x)", "(w x)"),
          'T', List.of("T", "W", "(c X)", "(v u)", "(v x')", "(k X)", "(w T)"));

  /** What each kind is made of: a number, a vector, a column, a matrix, and stacks of these. */
  private static final Map<Character, List<String>> PARTS =
      Map.of(
          'N', List.of("(N * N)", "(N + N)", "(N / (1 + N^2))", "sum(M)", "norm(V)", "mean(T)"),
          'V',
              List.of(
                  "(V .* V)",
                  "(V + V)",
                  "colsum(M)'",
                  "(M' P)",
                  "(N * V)",
                  "(N + V)",
                  "(diag(S) .* V)",
                  "sum(u, b)'",
                  "softmax(V)"),
          'P', List.of("(P .* P)", "rowsum(M)", "(M V)", "rowmax(M)", "logsumexp(M)"),
          'M',
              List.of(
                  "(M .* M)",
                  "(M + M)",
                  "(M .* V')",
                  "(M + V')",
                  "(M - rowsum(M))",
                  "(N * M)",
                  "(N + M)",
                  "(M S)",
                  "(P V')",
                  "(ones(p, 1) V')",
                  "(P ones(1, d))",
                  "softmax(M)",
                  "(M diag(V))"),
          'C', List.of("(C .* C)", "(C + C)", "colsum(rowsum(T))", "(N * C)", "(U' U)", "tr(T T')"),
          'U', List.of("(C V)", "(U + V)", "(T' P)", "colsum(T)'", "(S U)", "(U .* V)", "(U .* C)"),
          'T',
              List.of(
                  "(T .* M)",
                  "(T + M)",
                  "(T .* C)",
                  "(C M)",
                  "(T S)",
                  "(P U')",
                  "(T + U')",
                  "(T - rowsum(T))",
                  "softmax(T)",
                  "(ones(p, 1) U')",
                  "(T + V')",
                  "(T .* P)",
                  "(N * T)"));

  private static final Pattern KIND = Pattern.compile("\\b[NVPMCUT]\\b");

  private final Random random;

  private RandomBroadcasts(long seed) {
    random = new Random(seed);
  }

  /** Returns the program of {@code seed}. */
  static String of(long seed) {
    RandomBroadcasts writer = new RandomBroadcasts(seed);
    String value = writer.number("VMCUUTT", 1 + writer.random.nextInt(3));
    return DECLARED + "L = " + value + (seed % 3 == 0 ? " + " + writer.number("VMCUT", 1) : "");
  }

  private String number(String kinds, int depth) {
    char kind = kinds.charAt(random.nextInt(kinds.length()));
    return pick(NUMBERS).replace("#", written(kind, depth));
  }

  private String written(char kind, int depth) {
    if (depth == 0) {
      return pick(Objects.requireNonNull(LEAVES.get(kind)));
    }
    if (random.nextInt(4) == 0) {
      return pick(ELEMENTWISE).replace("#", written(kind, depth - 1));
    }
    return KIND.matcher(pick(Objects.requireNonNull(PARTS.get(kind))))
        .replaceAll(part -> Matcher.quoteReplacement(written(part.group().charAt(0), depth - 1)));
  }

  private String pick(List<String> options) {
    return options.get(random.nextInt(options.size()));
  }
}
