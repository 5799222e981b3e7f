package gradsmith.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import gradsmith.source.Diagnostics;
import gradsmith.source.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run of factors is read from left to right, whatever it is made of and however it is spaced. */
class FactorRunsTest {

  private static final long SEED = Long.getLong("seed", 20_260_301L);
  private static final int RUNS = Integer.getInteger("runs", 4_000);
  private static final List<String> OPERATORS =
      List.of("", "*", "@", "·", ".*", "⊙", "./", "/", "\\", "⊗");
  private static final List<String> ATOMS =
      List.of("a", "b", "X", "Wq", "2", "0.5", "relu(a)", "relu (X)", "||b||", "(a)", "(a + b)");
  private static final List<String> SUFFIXES = List.of("", "", "", "'", "^2", "^-k", ".^b", "⁻¹");

  /** A factor as it is written, and what it is. */
  private record Factor(String operator, String signs, String text, String tree) {}

  @Test
  void redundantBracketsAndSpacesChangeNoRun() {
    Random random = new Random(SEED);
    for (int i = 0; i < RUNS; i++) {
      List<Factor> run = new ArrayList<>();
      int length = 1 + random.nextInt(6);
      for (int j = 0; j < length; j++) {
        run.add(factor(random, j == 0));
      }
      String expected = expected(run);
      for (int way = 0; way < 4; way++) {
        String text = written(run, way, random);
        assertEquals(expected, tree(value(text)), text);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          1 / -a (b' log(X))   | ((1 / (-a)) * ((b)' * log(X)))
          a / -b (X)           | ((a / (-b)) * X)
          a / -b X             | ((a / (-b)) * X)
          X .* -Wq (X)         | ((X .* (-Wq)) * X)
          X .* - -a' (b)       | ((X .* (-(-(a)'))) * b)
          -a (b)               | ((-a) * b)
          2^-a (b) X           | (((2 ^ (-a)) * b) * X)
          X / a^k (b)          | ((X / (a ^ k)) * b)
          X * -a^k (b)         | ((X * (-(a ^ k))) * b)
          """)
  void theBracketBehindASignedNameIsAFactor(String run, String tree) {
    assertEquals(tree, tree(value(run)));
  }

  private static Factor factor(Random random, boolean first) {
    String operator = first ? "" : OPERATORS.get(random.nextInt(OPERATORS.size()));
    boolean mayHaveSign = first || !operator.isEmpty();
    String signs = !mayHaveSign || random.nextInt(3) > 0 ? "" : random.nextBoolean() ? "-" : "- -";
    String atom = ATOMS.get(random.nextInt(ATOMS.size()));
    String suffix = SUFFIXES.get(random.nextInt(SUFFIXES.size()));
    String inner =
        switch (atom) {
          case "relu(a)", "relu (X)" -> atom.replace(" ", "");
          case "||b||" -> "norm2(b)";
          case "(a)" -> "a";
          default -> atom;
        };
    String tree =
        switch (suffix) {
          case "" -> inner;
          case "'" -> "(" + inner + ")'";
          case "⁻¹" -> "(" + inner + " ^ (-1))";
          case "^-k" -> "(" + inner + " ^ (-k))";
          case ".^b" -> "(" + inner + " .^ b)";
          default -> "(" + inner + " ^ 2)";
        };
    for (int i = 0; i < signs.length(); i++) {
      tree = signs.charAt(i) == '-' ? "(-" + tree + ")" : tree;
    }
    return new Factor(operator, signs, atom + suffix, tree);
  }

  private static String expected(List<Factor> run) {
    String tree = run.getFirst().tree;
    for (Factor factor : run.subList(1, run.size())) {
      String operator =
          switch (factor.operator) {
            case "", "@", "·" -> "*";
            case "⊙" -> ".*";
            default -> factor.operator;
          };
      tree = "(" + tree + " " + operator + " " + factor.tree + ")";
    }
    return tree;
  }

  /** Writes {@code run} plainly, closely, with a bracket around each factor, or around a start. */
  private static String written(List<Factor> run, int way, Random random) {
    int bracketed = way == 3 ? random.nextInt(run.size()) : -1;
    StringBuilder text = new StringBuilder("(".repeat(way == 3 ? 1 : 0));
    for (int i = 0; i < run.size(); i++) {
      Factor factor = run.get(i);
      String written =
          way == 2 && random.nextBoolean()
              ? "(" + factor.signs + factor.text + ")"
              : factor.signs + factor.text;
      boolean mayTouch =
          i == 0
              || !factor.operator.isEmpty() && !factor.operator.startsWith(".")
              || factor.operator.isEmpty() && written.startsWith("(");
      String space = mayTouch && way == 1 || i == 0 ? "" : " ";
      text.append(space).append(factor.operator);
      text.append(factor.operator.isEmpty() ? "" : space).append(written);
      text.append(i == bracketed ? ")" : "");
    }
    return text.toString();
  }

  private static Ast value(String run) {
    Diagnostics diagnostics = new Diagnostics();
    String program = "a, b, k, X, Wq : (); " + run;
    List<Statement> statements =
        ProgramParser.parseProgram(
                new Source("", program), Set.of("relu", "log", "norm2"), diagnostics)
            .statements();
    assertEquals(List.of(), diagnostics.all(), run);
    return assertInstanceOf(Statement.Result.class, statements.getLast()).value();
  }

  private static String tree(Ast ast) {
    return switch (ast) {
      case Ast.Numeral numeral -> numeral.text();
      case Ast.Name name -> name.name();
      case Ast.Negation negation -> "(-" + tree(negation.operand()) + ")";
      case Ast.Transposition transposition -> "(" + tree(transposition.operand()) + ")'";
      case Ast.Power power ->
          "("
              + tree(power.base())
              + (power.elementwise() ? " .^ " : " ^ ")
              + tree(power.exponent())
              + ")";
      case Ast.Call call -> call.name() + "(" + tree(call.arguments().getFirst()) + ")";
      case Ast.Sum sum ->
          "("
              + tree(sum.terms().get(0).operand())
              + " + "
              + tree(sum.terms().get(1).operand())
              + ")";
      case Ast.Comparison comparison -> comparison.span().text();
      case Ast.Product product -> {
        String tree = tree(product.factors().getFirst().operand());
        for (Ast.Factor factor : product.factors().subList(1, product.factors().size())) {
          String operator =
              switch (factor.operator()) {
                case TIMES -> "*";
                case HADAMARD -> ".*";
                case ELEMENTWISE_QUOTIENT -> "./";
                case DIVIDE -> "/";
                case SOLVE -> "\\";
                case KRONECKER -> "⊗";
              };
          tree = "(" + tree + " " + operator + " " + tree(factor.operand()) + ")";
        }
        yield tree;
      }
    };
  }
}
