package gradsmith.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gradsmith.Fixtures;
import gradsmith.Gradsmith;
import gradsmith.expr.Variable;
import gradsmith.shape.Polynomial;
import gradsmith.source.AsciiText;
import gradsmith.source.ProgramException;
import gradsmith.source.Source;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What names are called within their class of spelling, and the order of the statements, change no
 * reading; declarations that only say what use and spelling determine can be left out. {@code
 * -Dreadings=20000 -Dseed=7} tries more programs, {@code -Dlines=100000} reads a longer one.
 */
class RandomReadingsTest {

  private static final int PROGRAMS = Integer.getInteger("readings", 1000);
  private static final long SEED = Long.getLong("seed", 1);
  private static final int LINES = Integer.getInteger("lines", 2000);
  private static final Gradsmith GRADSMITH = new Gradsmith();
  private static final Pattern NAME = Pattern.compile("[\\p{L}][\\p{L}\\d_₀-₉]*");
  private static final Pattern ASSIGNMENT =
      Pattern.compile("([A-Za-z]\\w*)(\\([^=]*\\))? *[=:] *(?!=)(.*)", Pattern.DOTALL);
  private static final List<String> NUMBERS = List.of("b7", "kappa7", "f_q", "upsilon", "e9");
  private static final List<String> VECTORS = List.of("u7", "word", "z_q", "feature", "k9");
  private static final List<String> MATRICES = List.of("M7", "Weights", "Z_q", "Q9", "Upsilon");

  @Test
  void declarationsOfWhatIsDeterminedCanBeLeftOut() {
    List<String> failures = new ArrayList<>();
    int read = 0;
    for (int i = 0; i < PROGRAMS; i++) {
      UndeclaredProgram program = UndeclaredProgram.of(SEED * 1_000_003 + i);
      if (program != null) {
        read++;
        String expected = reading(program.declared());
        assertTrue(expected.endsWith("=> []"), program.declared() + "\n" + expected);
        compare(program.text(), expected, program.text(), failures);
      }
    }
    assertNone(failures);
    assertTrue(read > PROGRAMS / 2, read + " programs");
  }

  @Test
  void anotherNameOfTheSameSpellingIsReadTheSame() {
    List<String> failures = new ArrayList<>();
    for (int i = 0; i < PROGRAMS; i++) {
      UndeclaredProgram program = UndeclaredProgram.of(SEED * 2_000_003 + i);
      if (program != null) {
        rename(program.text(), new Random(i), failures);
      }
    }
    for (Fixtures.Case fixture : Fixtures.read("readings")) {
      for (int i = 0; i < 5; i++) {
        rename(fixture.program().replaceAll("(?m)#.*$", ""), new Random(SEED + i), failures);
      }
    }
    assertNone(failures);
  }

  @Test
  void theOrderOfIndependentStatementsDoesNotMatter() {
    List<String> failures = new ArrayList<>();
    for (int i = 0; i < PROGRAMS; i++) {
      UndeclaredProgram program = UndeclaredProgram.of(SEED * 3_000_003 + i);
      if (program != null && program.statements().size() > 2) {
        reorder(program.statements(), new Random(i), failures);
      }
    }
    for (Fixtures.Case fixture : Fixtures.read("readings")) {
      String text = fixture.program().replaceAll("(?m)#.*$", "");
      List<String> statements =
          Pattern.compile("[;\n]")
              .splitAsStream(text)
              .map(String::strip)
              .filter(s -> !s.isEmpty())
              .toList();
      for (int i = 0; i < 5 && statements.size() > 2; i++) {
        reorder(statements, new Random(SEED + i), failures);
      }
    }
    assertNone(failures);
  }

  @Test
  void manyLinesAreRead() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < LINES; i++) {
      text.append("H%d = relu(H%d W) + H%2$d\n".formatted(i + 1, i));
    }
    text.append("||H").append(LINES).append(" - Y||^2 + lam ||W||^2");
    Program program = GRADSMITH.read(new Source("", text.toString()));
    assertEquals(
        ReadRanks.expected("H0 matrix   W matrix   Y matrix   lam number   => number"),
        ReadRanks.of(program));
  }

  @Test
  void manyNamesThatAreOpenTogetherAreRead() {
    StringBuilder text = new StringBuilder();
    StringBuilder penalty = new StringBuilder();
    StringBuilder names = new StringBuilder("h0 vector   y vector");
    for (int i = 0; i < LINES; i++) {
      text.append("h%d = tanh(W%d h%d + b%2$d)\n".formatted(i + 1, i, i));
      penalty.append(" + lam%d ||W%1$d||^2".formatted(i));
      names.append("   W%d matrix   b%1$d vector   lam%1$d number".formatted(i));
    }
    text.append("||h").append(LINES).append(" - y||^2").append(penalty);
    Program program = GRADSMITH.read(new Source("", text.toString()));
    assertEquals(ReadRanks.expected(names + "   => number"), ReadRanks.of(program));
  }

  private static void rename(String program, Random random, List<String> failures) {
    Map<String, String> others = new LinkedHashMap<>();
    Program read;
    try {
      read = GRADSMITH.read(new Source("", program));
    } catch (ProgramException e) {
      return;
    }
    Set<String> taken = new HashSet<>(read.dimensions());
    Matcher names = NAME.matcher(program);
    while (names.find()) {
      taken.add(names.group());
    }
    for (Variable parameter : read.parameters()) {
      List<String> same = new ArrayList<>(spelledLike(parameter.name()));
      same.removeAll(taken);
      same.removeAll(others.values());
      if (!same.isEmpty() && !read.dimensions().contains(parameter.name())) {
        others.put(parameter.name(), same.get(random.nextInt(same.size())));
      }
    }
    String renamed = replaced(program, name -> others.getOrDefault(name, name));
    Map<String, String> back = new HashMap<>();
    others.forEach((name, other) -> back.put(other, name));
    String expected = reading(read, UnaryOperator.identity());
    compare(program + "\n    " + renamed, expected, renamed, back, failures);
  }

  /** Returns names of the class of spelling that {@code name} is of. */
  private static List<String> spelledLike(String name) {
    if (Character.isUpperCase(name.codePointAt(0))) {
      return MATRICES;
    }
    String letter = name.replaceAll("_.*|[\\d₀-₉]+$", "");
    boolean number = letter.matches("[a-g]") || isGreek(letter);
    return number ? NUMBERS : VECTORS;
  }

  private static boolean isGreek(String letter) {
    return letter.codePointCount(0, letter.length()) == 1 && !AsciiText.name(letter).equals(letter)
        || Set.of(
                "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota",
                "kappa", "lambda", "mu", "nu", "xi", "omicron", "rho", "sigma", "tau", "upsilon",
                "phi", "chi", "psi", "omega")
            .contains(letter);
  }

  private static void reorder(List<String> statements, Random random, List<String> failures) {
    List<String> left = new ArrayList<>(statements.subList(0, statements.size() - 1));
    List<String> order = new ArrayList<>();
    Set<String> targets = new HashSet<>();
    for (String statement : left) {
      Matcher assignment = ASSIGNMENT.matcher(statement);
      if (!assignment.matches() || statement.contains(" : ")) {
        return;
      }
      targets.add(assignment.group(1));
    }
    Set<String> known = new LinkedHashSet<>();
    while (!left.isEmpty()) {
      List<String> ready = new ArrayList<>(left);
      ready.removeIf(statement -> !known.containsAll(needs(statement, targets)));
      Collections.shuffle(ready, random);
      String next = ready.getFirst();
      left.remove(next);
      order.add(next);
      Matcher assignment = ASSIGNMENT.matcher(next);
      if (assignment.matches()) {
        known.add(assignment.group(1));
      }
    }
    order.add(statements.getLast());
    String text = String.join("\n", order);
    String first = String.join("\n", statements);
    compare(first + "\n  reordered\n" + text, reading(first), text, failures);
  }

  private static Set<String> needs(String statement, Set<String> targets) {
    Set<String> needs = new HashSet<>();
    Matcher assignment = ASSIGNMENT.matcher(statement);
    Matcher names = NAME.matcher(assignment.matches() ? assignment.group(3) : statement);
    while (names.find()) {
      if (targets.contains(names.group())) {
        needs.add(names.group());
      }
    }
    return needs;
  }

  private static String replaced(String program, UnaryOperator<String> name) {
    return NAME.matcher(program).replaceAll(match -> name.apply(match.group()));
  }

  private static void compare(
      String described, String expected, String program, List<String> failures) {
    compare(described, expected, program, Map.of(), failures);
  }

  private static void compare(
      String described,
      String expected,
      String program,
      Map<String, String> names,
      List<String> failures) {
    String got;
    try {
      got =
          reading(GRADSMITH.read(new Source("", program)), name -> names.getOrDefault(name, name));
    } catch (ProgramException e) {
      got = e.getMessage();
    }
    if (!expected.equals(got)) {
      failures.add("    " + described + "\n  expected  " + expected + "\n  got       " + got);
    }
  }

  private static String reading(String program) {
    try {
      return reading(GRADSMITH.read(new Source("", program)), UnaryOperator.identity());
    } catch (ProgramException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /**
   * Returns the axes of each name and of the value, where equal lengths have equal letters in the
   * order of the alphabet.
   */
  private static String reading(Program program, UnaryOperator<String> name) {
    Map<String, List<Polynomial>> axes = new TreeMap<>();
    program
        .parameters()
        .forEach(variable -> axes.put(name.apply(variable.name()), variable.axes()));
    axes.put("=> ", axes(program));
    Map<Polynomial, String> letters = new HashMap<>();
    Map<String, List<String>> lengths = new TreeMap<>();
    axes.forEach((key, own) ->
        lengths.put(
            key,
            own.stream()
                .map(axis -> letters.computeIfAbsent(axis, d -> "l" + letters.size()))
                .toList()));
    StringBuilder text = new StringBuilder();
    lengths.forEach((key, own) -> {
      if (!key.equals("=> ")) {
        text.append(key).append(own).append("  ");
      }
    });
    return text.append("=> ").append(lengths.get("=> ")).toString();
  }

  private static List<Polynomial> axes(Program program) {
    return program.value().shape().isScalar() ? List.of() : program.value().shape().axes();
  }

  private static void assertNone(List<String> failures) {
    assertTrue(
        failures.isEmpty(), () -> failures.size() + " failures\n" + String.join("\n\n", failures));
  }
}
