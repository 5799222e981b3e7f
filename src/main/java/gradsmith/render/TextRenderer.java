package gradsmith.render;

import gradsmith.check.CheckReport;
import gradsmith.derive.Assumption;
import gradsmith.derive.Derivation;
import gradsmith.derive.Derivative;
import gradsmith.derive.Steps;
import gradsmith.expr.Binding;
import gradsmith.expr.Variable;
import gradsmith.language.Program;
import gradsmith.render.Page.Row;
import gradsmith.source.Diagnostic;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a derivation as a page of text: shapes, the values and cotangents that have names, the
 * gradients, what they rely on, and what the check found.
 */
public final class TextRenderer {

  private final Notation notation;
  private final int width;
  private final boolean color;
  private Page page;

  /**
   * Renders for lines of {@code width} characters.
   *
   * @param color whether to use the escape sequences of terminals
   */
  public TextRenderer(Notation notation, int width, boolean color) {
    this.notation = notation;
    this.width = width;
    this.color = color;
    page = new Page(notation, width, color);
  }

  /** Returns the page. */
  public String render(Derivation derivation, Form form, @Nullable CheckReport check) {
    page = new Page(notation, width, color);
    shapes(derivation.program().inputs());
    readBySpelling(derivation.program().readBySpelling());
    page.gap();
    formulas(derivation, form.of(derivation), "gradients", given(derivation));
    page.gap();
    remarks(derivation);
    if (check != null) {
      page.section("checked", List.of(Row.sentence(sentence(check))));
    }
    return page.text();
  }

  /** Returns the page with {@code steps} where the names and their values would stand. */
  public String render(Derivation derivation, Form form, Steps steps, @Nullable CheckReport check) {
    page = new Page(notation, width, color);
    shapes(derivation.program().inputs());
    readBySpelling(derivation.program().readBySpelling());
    page.gap();
    List<Row> given = given(derivation);
    if (!given.isEmpty()) {
      page.section("given", given, page.column(List.of(given)));
      page.gap();
    }
    StringBuilder text = new StringBuilder(page.text());
    text.append(new StepsRenderer(notation, width, color).render(steps, derivation));
    page = new Page(notation, width, color);
    page.gap();
    Form after = form.after(steps, derivation);
    if (after != null) {
      formulas(derivation, after, steps.reverse() ? "together" : "gradients", List.of());
      page.gap();
    }
    remarks(derivation);
    if (check != null) {
      page.section("checked", List.of(Row.sentence(sentence(check))));
    }
    return text + page.text();
  }

  private void formulas(Derivation derivation, Form form, String gradients, List<Row> given) {
    Map<String, List<Row>> sections = new LinkedHashMap<>();
    sections.put("given", given);
    boolean backprop = form == Form.BACKPROP;
    if (backprop) {
      sections.put("forward", rows(derivation.forward()));
      sections.put("backward", rows(derivation.backward()));
    }
    answers(derivation.program(), backprop ? derivation.backprop() : derivation.closed())
        .forEach(
            (title, rows) -> sections.put(title.equals("gradients") ? gradients : title, rows));
    int column = page.column(List.copyOf(sections.values()));
    sections.forEach((title, rows) -> page.section(title, rows, column));
  }

  private List<Row> given(Derivation derivation) {
    List<Row> rows = new ArrayList<>();
    for (Program.Given given : derivation.given()) {
      String sentence = GivenSentence.of(given, derivation.program(), name -> name);
      rows.add(Row.shaped(sentence, notation.shape(given.value())));
    }
    return rows;
  }

  /** Returns how every shape was found, one name a paragraph. */
  public String explainShapes(Derivation derivation) {
    page = new Page(notation, width, color);
    List<Row> rows = new ArrayList<>();
    derivation
        .program()
        .readings()
        .forEach((variable, reading) -> rows.add(Row.sentence(reading.explanation())));
    for (Binding binding : derivation.program().assignments()) {
      Variable name = binding.variable();
      rows.add(Row.sentence(name.name() + " is " + notation.shape(name) + ": it is assigned"));
    }
    page.section("explained", rows);
    return page.text();
  }

  private void shapes(List<Variable> parameters) {
    StringBuilder line = new StringBuilder();
    List<Row> rows = new ArrayList<>();
    for (Variable parameter : parameters) {
      String entry = notation.text(parameter.name()) + " " + notation.shape(parameter);
      if (!line.isEmpty() && line.length() + 3 + entry.length() > page.room()) {
        rows.add(Row.sentence(line.toString()));
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : "   ").append(entry);
    }
    rows.add(Row.sentence(line.isEmpty() ? "no variables" : line.toString()));
    page.section("shapes", rows);
  }

  /** Says how names were read where nothing but their spelling says it. */
  private void readBySpelling(List<Variable> names) {
    if (names.isEmpty()) {
      return;
    }
    StringBuilder line = new StringBuilder();
    for (Variable name : names) {
      line.append(line.isEmpty() ? "" : "   ")
          .append(notation.text(name.name()))
          .append(name.rank() == 0 ? " scalar" : " vector");
    }
    Variable last = names.getLast();
    line.append(" (write ")
        .append(notation.text(last.name()))
        .append(last.rank() == 0 ? " : vector for a vector)" : " : scalar for a number)");
    page.section("read as", List.of(Row.sentence(line.toString())));
  }

  private List<Row> rows(List<Binding> bindings) {
    List<Row> rows = new ArrayList<>();
    for (Binding binding : bindings) {
      Variable name = binding.variable();
      rows.add(row(name.name(), notation.printer().print(binding.value()), name));
    }
    return rows;
  }

  /** Returns the derivatives by the titles of their sections. */
  private Map<String, List<Row>> answers(Program program, List<Derivative> derivatives) {
    Map<String, List<Row>> answers = new LinkedHashMap<>();
    if (derivatives.isEmpty()) {
      answers.put("gradients", List.of(Row.sentence("none: " + Remarks.nothing(program))));
    }
    for (Answer answer : Answer.of(derivatives)) {
      Derivative derivative = answer.derivative();
      answers
          .computeIfAbsent(title(derivative.kind()), unused -> new ArrayList<>())
          .add(
              new Row(
                  notation.name(derivative),
                  notation.printer().print(answer.formula()),
                  notation.shape(derivative.axes())));
    }
    return answers;
  }

  private static String title(Derivative.Kind kind) {
    return switch (kind) {
      case GRADIENT -> "gradients";
      case RESTRICTED -> "restricted";
      case JACOBIAN, DIFFERENTIAL -> "jacobians";
      case HESSIAN -> "hessians";
      case HVP -> "products";
    };
  }

  private Row row(String name, String value, Variable shaped) {
    return new Row(name, value, notation.shape(shaped));
  }

  private void remarks(Derivation derivation) {
    List<Row> assumptions = new ArrayList<>();
    for (Assumption assumption : derivation.assumptions()) {
      assumptions.add(Row.sentence(assumption.sentence()));
    }
    List<Row> notes = new ArrayList<>();
    derivation.remarks().forEach(remark -> notes.add(Row.sentence(remark)));
    for (Diagnostic note : derivation.program().notes()) {
      if (note.severity() == Diagnostic.Severity.NOTE) {
        notes.add(Row.sentence(note.message()));
      }
    }
    page.section("assuming", assumptions);
    page.section("note", notes);
  }

  /** Says what a check found. */
  static String sentence(CheckReport check) {
    if (check.unavailable() != null) {
      return "not at all: " + check.unavailable();
    }
    if (check.passed()) {
      return draws(check);
    }
    StringBuilder text = new StringBuilder("FAILED");
    for (CheckReport.Failure failure : check.failures()) {
      String entry = failure.entry().isEmpty() ? "" : failure.entry().toString();
      text.append(
          String.format(
              Locale.ROOT,
              "; %s%s: the formula gives %.10g, %s %.10g",
              failure.variable(),
              entry,
              failure.formula(),
              failure.witness(),
              failure.expected()));
    }
    return text.toString();
  }

  /** Returns how often and by how many witnesses {@code check} compared, and how close it came. */
  public static String draws(CheckReport check) {
    int witnesses = check.witnesses().size();
    return check.trials()
        + (check.trials() == 1 ? " random draw, " : " random draws, ")
        + witnesses
        + (witnesses == 1 ? " witness" : " witnesses")
        + ": largest relative error "
        + error(check.maxRelativeError());
  }

  private static String error(double relative) {
    if (relative == 0) {
      return "0";
    }
    // Not by a format, which loads the data of a locale first.
    BigDecimal rounded = new BigDecimal(relative).round(new MathContext(1));
    int exponent = -rounded.scale();
    String size = (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    return rounded.unscaledValue() + (exponent < 0 ? "e-" : "e+") + size;
  }
}
