package gradsmith;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gradsmith.derive.Derivation;
import gradsmith.derive.Step;
import gradsmith.derive.Steps;
import gradsmith.expr.Binding;
import gradsmith.expr.Expr;
import gradsmith.expr.Property;
import gradsmith.expr.Variable;
import gradsmith.language.Program;
import gradsmith.render.FormulaPrinter;
import gradsmith.rules.Instantiation;
import gradsmith.shape.Polynomial;
import gradsmith.source.Source;
import gradsmith.verify.Verdict;
import gradsmith.verify.Verdict.Outcome;
import gradsmith.verify.Verification;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What steps show is replayed: their lines are the program, and each result is a true formula. */
class StepsTest {

  private static final Gradsmith GRADSMITH = new Gradsmith();
  private static final FormulaPrinter PRINTER = FormulaPrinter.ascii();

  static Stream<Fixtures.Case> fixtures() {
    return Fixtures.read("derive").stream();
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void everyCotangentIsRight(Fixtures.Case fixture) {
    Result result = GRADSMITH.derive(fixture.source(), fixture.options().check(false));
    Program program = result.derivation().program();
    Steps steps = GRADSMITH.steps(fixture.source(), fixture.options());
    if (!steps.reverse()) {
      return;
    }
    StringJoiner text = declarations(fixture.source(), program);
    for (Binding line : steps.lines()) {
      text.add(line.variable().name() + " = " + PRINTER.print(line.value()));
    }
    if (!program.given().isEmpty()) {
      List<String> names = program.values().stream().map(Variable::name).toList();
      text.add("value_of_it = " + loss(result.derivation(), names));
    }
    StringJoiner claims = new StringJoiner("\n");
    for (Step step : steps.steps()) {
      for (Step.Result one : step.results()) {
        if (!one.partial() && !one.of().has(Property.INTEGER)) {
          claims.add(
              one.binding().variable().name() + " = " + PRINTER.print(one.binding().value()));
        }
      }
    }
    judge(text, claims);
  }

  /** dX is the gradient by X and nothing else, in the backprop form too. */
  @ParameterizedTest
  @MethodSource("fixtures")
  void everyNameOfACotangentIsTrue(Fixtures.Case fixture) {
    Derivation derivation =
        GRADSMITH.derive(fixture.source(), fixture.options().check(false)).derivation();
    Program program = derivation.program();
    StringJoiner text = declarations(fixture.source(), program);
    Set<String> forward = new HashSet<>();
    for (Binding line : derivation.forward()) {
      forward.add("d" + line.variable().name());
      text.add(line.variable().name() + " = " + PRINTER.print(line.value()));
    }
    text.add(
        "value_of_it = "
            + (derivation.given().isEmpty()
                ? PRINTER.print(derivation.values().getFirst())
                : loss(derivation, derivation.values().stream().map(PRINTER::print).toList())));
    StringJoiner claims = new StringJoiner("\n");
    Instantiation others = Instantiation.plain(program.expressions());
    for (Binding line : derivation.backward()) {
      Expr value = others.build(line.value());
      if (forward.contains(line.variable().name())) {
        claims.add(line.variable().name() + " = " + PRINTER.print(value));
      } else {
        others.bind(line.variable(), value);
      }
    }
    judge(text, claims);
  }

  /** A variable at several places of one operation gets something from each. */
  @Test
  void contributionsAreSeenBeforeTheyAreAddedUp() {
    StringJoiner told = new StringJoiner("; ");
    for (Step step :
        GRADSMITH.steps(new Source("", "L = x' A x"), Options.DEFAULT.check(false)).steps()) {
      for (Step.Result one : step.results()) {
        String sign = one.partial() ? " += " : " = ";
        told.add("d" + one.of().name() + sign + PRINTER.print(one.binding().value()));
      }
    }
    assertEquals("dx += A' x; dx += A x; dA = x x'; dx = (A + A') x", told.toString());
  }

  /** The scalar that a layer stands for: ⟨dY, Y⟩. */
  private static String loss(Derivation derivation, List<String> values) {
    StringJoiner terms = new StringJoiner(" + ");
    List<Program.Given> given = derivation.given();
    for (int i = 0; i < given.size(); i++) {
      String cotangent = given.get(i).cotangent().name();
      terms.add("sum(" + cotangent + " .* (" + values.get(i) + "))");
    }
    return terms.toString();
  }

  private static StringJoiner declarations(Source source, Program program) {
    StringJoiner text = new StringJoiner("\n");
    text.add(unknownFunctions(source.text()));
    for (Variable parameter : program.parameters()) {
      // The length of a Kronecker product follows from its use, and cannot be declared.
      boolean length = parameter.axes().stream().anyMatch(axis -> axis.toString().contains("*"));
      text.add(
          length
              ? parameter.name() + " : " + (parameter.rank() == 1 ? "vector" : "matrix")
              : declaration(parameter, program.assumedStochastic().contains(parameter)));
    }
    return text;
  }

  private static void judge(StringJoiner text, StringJoiner claims) {
    if (claims.length() == 0) {
      return;
    }
    Verification said =
        GRADSMITH.verify(
            new Source("", text.toString()),
            List.of(new Source("", claims.toString())),
            Options.DEFAULT);
    assertTrue(said.isWhole(), () -> text + "\n" + said.diagnostics());
    for (Verdict verdict : said.verdicts()) {
      assertEquals(Outcome.RIGHT, verdict.outcome(), text + "\n" + verdict);
    }
  }

  private static String unknownFunctions(String source) {
    StringJoiner declarations = new StringJoiner("\n");
    source
        .lines()
        .flatMap(line -> Stream.of(line.split(";", -1)))
        .filter(statement -> statement.strip().endsWith(": elementwise"))
        .forEach(declarations::add);
    return declarations.toString();
  }

  private static String declaration(Variable variable, boolean stochastic) {
    StringJoiner axes = new StringJoiner(", ", " : (", ")");
    for (Polynomial axis : variable.axes()) {
      axes.add(axis.toString());
    }
    StringJoiner properties = new StringJoiner(" ");
    for (Property property : variable.properties()) {
      if (property != Property.INTEGER) {
        properties.add(property.name().toLowerCase(Locale.ROOT));
      }
    }
    if (stochastic) {
      properties.add("stochastic");
    }
    return variable.name() + axes + " " + properties;
  }
}
