package gradsmith;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gradsmith.evaluate.Sizes;
import gradsmith.evaluate.Tensor;
import gradsmith.expr.Variable;
import gradsmith.source.Source;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Masks of huge numbers, as people write them, leave the other scores what they are: emitted code
 * in an arithmetic of 24 bits gives what it gives in one of 53 where the mask is an argument.
 */
class MaskedScoresTest {

  private static final Gradsmith GRADSMITH = new Gradsmith();
  private static final Sizes SIZES = new Sizes(Map.of("h", 2, "t", 5, "d", 3));
  private static final List<EmittedCase> CASES = new ArrayList<>();

  /** A way to write a mask; {@code added} is what it adds where M is 0 or 1. */
  private record Spelling(String text, DoubleUnaryOperator added) {}

  @TempDir private Path folder;

  private static List<Spelling> spellings() {
    List<Spelling> spellings = new ArrayList<>();
    DoubleUnaryOperator kept = entry -> -1e9 * (1 - entry);
    for (String text :
        List.of(
            "S + (1 - M) * -1e9",
            "S - 1e9 * (1 - M)",
            "S - (1 - M) * 1e9",
            "S + -1e9 * (1 - M)",
            "S + 1e9 * (M - 1)",
            "-1e9 * (1 - M) + S",
            "S + 1e9 * M - 1e9",
            "S + M * 1e9 - 1e9",
            "M * 1e9 - 1e9 + S",
            "S - 1e9 + 1e9 * M",
            "S - (1e9 - 1e9 * M)",
            "S + (M - 1) / 1e-9",
            "S .* 1 + (1 - M) .* -1e9",
            "-(1e9 * (1 - M) - S)",
            "(2 * S - 2e9 * (1 - M)) / 2",
            "S + (ones(t, t) - M) * -1e9",
            "S - mask(M)",
            "S + bias",
            "S - big * (1 - M)",
            "S + low * (1 - M)",
            "S + low - low * M",
            "(S' + -1e9 * (1 - M'))'",
            "S - 1e9 * (1 - m')",
            "S + ((1 - m) * -1e9)'",
            "S + ones(t, 1) (1 - m)' * -1e9",
            "S + ones(t, 1) (1e9 * m - 1e9)'",
            "M .* S + (1 - M) * -1e9",
            "M .* S - 1e9 * (1 - M)",
            "-1e9 * (1 - M) + S .* M",
            "M .* S + 1e9 * M - 1e9",
            "(1 - M) .* -1e9 + M .* S")) {
      spellings.add(new Spelling(text, kept));
    }
    spellings.add(new Spelling("S - 1e4 * (1 - M)", entry -> -1e4 * (1 - entry)));
    spellings.add(new Spelling("S + (1 - M) * -65504", entry -> -65504 * (1 - entry)));
    spellings.add(new Spelling("S - 1e30 * (1 - M)", entry -> -1e30 * (1 - entry)));
    spellings.add(new Spelling("S + M * -1e9", entry -> -1e9 * entry));
    spellings.add(new Spelling("S + log(M)", Math::log));
    spellings.add(new Spelling("S + log(M + 1e-9)", entry -> Math.log(entry + 1e-9)));
    return spellings;
  }

  private static final String DECLARED =
      "M : (t, t) constant; m : (t) constant; low : () constant; mask(A) = (1 - A) * 1e9; big ="
          + " 1e9; bias = (1 - M) * -1e9; ";

  private static final List<String> PROGRAMS =
      List.of(
          "Q, K, V, C : (t, d); S = Q K' / sqrt(d); A = {S}; P = softmax(A); L = sum(C .* (P V))",
          "Q, K, V, C : (t, d); L = sum(C .* (softmax({Q K' / sqrt(d)}) V))",
          "Q, K, V, C : (t, d); S = Q K'; L = sum(C .* (softmax({S} / 8) V))",
          "Q, K, V, C : (h, t, d); S = Q K' / sqrt(d); A = {S}; L = sum(C .* (softmax(A) V))",
          "X, C : (t, t); A = {X}; L = sum(C .* softmax(A)) + sum(logsumexp(A))",
          "X, C : (t, t); L = sum(logsumexp({2 * X + C}))");

  @BeforeAll
  static void derive() {
    for (String program : PROGRAMS) {
      for (Spelling spelling : spellings()) {
        CASES.add(masked(program, spelling));
      }
    }
  }

  private static EmittedCase masked(String program, Spelling spelling) {
    int open = program.indexOf('{');
    int close = program.indexOf('}');
    String scores = program.substring(open + 1, close);
    String text = spelling.text().replaceAll("\\bS\\b", "(" + scores + ")");
    String before = program.substring(0, open);
    String after = program.substring(close + 1);
    Result result = derive(DECLARED + before + "(" + text + ")" + after);
    Result plain = derive("B : (t, t) constant; " + before + "(" + scores + " + B)" + after);
    Random random = new Random(text.hashCode());
    Map<String, Tensor<double[]>> values = new LinkedHashMap<>();
    for (Variable variable : plain.derivation().program().parameters()) {
      values.put(variable.name(), draw(variable, random));
    }
    int t = Objects.requireNonNull(SIZES.lengths().get("t"));
    boolean oneRow = text.matches(".*\\bm\\b.*");
    double[][] mask = new double[t][t];
    double[][] added = new double[t][t];
    for (int i = 0; i < t; i++) {
      for (int j = 0; j < t; j++) {
        boolean kept = i == j || random.nextBoolean(); // each row keeps one score at least
        mask[i][j] = kept == spelling.added().applyAsDouble(1) > -1 ? 1 : 0;
        mask[i][j] = oneRow ? j % 2 : mask[i][j];
        added[i][j] = spelling.added().applyAsDouble(mask[i][j]);
      }
    }
    values.put("M", Tensor.of(mask));
    values.put("m", Tensor.column(mask[0]));
    values.put("B", Tensor.of(added));
    values.put("low", Tensor.of(-1e9));
    return EmittedCase.at(text + " in " + program, result, values, plain, SIZES);
  }

  private static Result derive(String program) {
    return GRADSMITH.derive(new Source("", program), Options.DEFAULT.check(false));
  }

  private static Tensor<double[]> draw(Variable variable, Random random) {
    int[] axes = SIZES.axes(variable.shape());
    int count = 1;
    for (int axis : axes) {
      count *= axis;
    }
    return Tensor.of(axes, random.doubles(count, -2, 2).toArray());
  }

  @Test
  void numpy() throws Exception {
    assertEquals("", new EmittedCodeRuns(folder, CASES, EmittedCodeRuns.SINGLE).python("numpy"));
  }

  @Test
  void torch() throws Exception {
    assertEquals("", new EmittedCodeRuns(folder, CASES, EmittedCodeRuns.SINGLE).python("torch"));
  }

  @Test
  void octave() throws Exception {
    assertEquals("", new EmittedCodeRuns(folder, CASES, EmittedCodeRuns.SINGLE).octave());
  }
}
