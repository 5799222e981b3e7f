package gradsmith.render;

import gradsmith.derive.Citation;
import gradsmith.derive.Derivation;
import gradsmith.derive.Derivative;
import gradsmith.derive.Step;
import gradsmith.derive.Steps;
import gradsmith.expr.Binding;
import gradsmith.language.Program;
import gradsmith.render.Page.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Writes a derivation step by step as text. */
public final class StepsRenderer {

  private final Notation notation;
  private final int width;
  private final boolean color;
  private final LawSentences laws;

  /**
   * Renders for lines of {@code width} characters.
   *
   * @param color whether to use the escape sequences of terminals
   */
  public StepsRenderer(Notation notation, int width, boolean color) {
    this.notation = notation;
    this.width = width;
    this.color = color;
    this.laws = LawSentences.text(notation.printer());
  }

  /** Returns the page. */
  public String render(Steps steps, Derivation derivation) {
    Page page = new Page(notation, width, color);
    List<Row> lines = new ArrayList<>();
    for (Binding line : steps.lines()) {
      lines.add(row(line));
    }
    page.section("program", lines, page.column(List.of(lines)));
    page.gap();
    page.section(
        steps.reverse() ? "backward" : "forward",
        List.of(
            Row.sentence(
                steps.reverse() ? backward(derivation.program()) : "δX is a small change of X")));
    int number = 0;
    for (Step step : steps.steps()) {
      page.gap();
      write(++number, step, page);
    }
    List<Row> answers = new ArrayList<>();
    for (Derivative derivative : steps.told(derivation.backprop())) {
      answers.add(
          new Row(
              notation.name(derivative),
              notation.printer().print(derivative.formula()),
              notation.shape(derivative.axes())));
    }
    if (!answers.isEmpty()) {
      page.gap();
      page.section("gradients", answers, page.column(List.of(answers)));
    }
    return page.text();
  }

  private static String backward(Program program) {
    String value = program.value().name();
    String start =
        program.given().isEmpty()
            ? "d" + value + " = 1"
            : program.given().stream()
                .map(given -> given.cotangent().name())
                .collect(Collectors.joining(", "));
    return "from " + start + "; dX is the gradient of " + value + " by X";
  }

  private Row row(Binding binding) {
    return new Row(
        binding.variable().name(),
        notation.printer().print(binding.value()),
        notation.shape(binding.variable()));
  }

  /** Returns the law of {@code step} in lines of at most {@code room} characters if they can be. */
  private List<String> law(Step step, int room) {
    Citation citation = step.citation();
    String whole = laws.sentence(step);
    if (step.operation() == null) {
      return List.of();
    }
    if (citation == null || whole.length() <= room) {
      return List.of(whole);
    }
    List<String> lines = new ArrayList<>();
    lines.add(laws.rule(step) + ": " + laws.given(citation));
    laws.parts(citation).forEach(part -> lines.add("  " + part));
    return lines;
  }

  private void write(int number, Step step, Page page) {
    List<Row> sentences = new ArrayList<>();
    Binding line = step.line();
    if (line == null) {
      String name = step.results().getFirst().of().name();
      sentences.add(Row.sentence("what comes back to " + name + " adds up"));
    } else {
      String formula = notation.printer().print(line.value());
      sentences.add(Row.sentence(line.variable().name() + " = " + formula));
      law(step, page.room()).forEach(law -> sentences.add(Row.sentence(law)));
    }
    for (Step.Simplification use : step.simplifications()) {
      sentences.add(Row.sentence(laws.of(use)));
    }
    page.section("step " + number, sentences);
    List<Row> rows = new ArrayList<>();
    for (Step.Result result : step.results()) {
      Row row = row(result.binding());
      rows.add(result.partial() ? new Row(row.name(), "+=", row.value(), row.shape()) : row);
    }
    page.section("", rows, page.column(List.of(rows)));
  }
}
