package gradsmith.render;

import gradsmith.check.CheckReport;
import gradsmith.derive.Assumption;
import gradsmith.derive.Derivation;
import gradsmith.derive.Derivative;
import gradsmith.expr.Binding;
import gradsmith.expr.Variable;
import gradsmith.language.Program;
import gradsmith.source.Diagnostic;
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

  private static final int INDENT = 11;
  private static final int GAP = 2;

  private final Notation notation;
  private final int width;
  private final boolean color;
  private final StringBuilder page = new StringBuilder();

  /**
   * Renders for lines of {@code width} characters.
   *
   * @param color whether to use the escape sequences of terminals
   */
  public TextRenderer(Notation notation, int width, boolean color) {
    this.notation = notation;
    this.width = Math.max(width, 40);
    this.color = color;
  }

  /** A line of a section: a name, its value, its shape. */
  private record Row(String name, String value, String shape) {}

  /** Returns the page. */
  public String render(Derivation derivation, Form form, @Nullable CheckReport check) {
    page.setLength(0);
    shapes(derivation.program().parameters());
    page.append('\n');
    if (form.of(derivation) == Form.BACKPROP) {
      List<Row> forward = rows(derivation.forward());
      List<Row> backward = rows(derivation.backward());
      Map<String, List<Row>> answers = answers(derivation.program(), derivation.backprop());
      List<List<Row>> all = new ArrayList<>(answers.values());
      all.add(forward);
      all.add(backward);
      int column = column(all);
      section("forward", forward, column);
      section("backward", backward, column);
      answers.forEach((title, rows) -> section(title, rows, column));
    } else {
      Map<String, List<Row>> answers = answers(derivation.program(), derivation.closed());
      int column = column(List.copyOf(answers.values()));
      answers.forEach((title, rows) -> section(title, rows, column));
    }
    page.append('\n');
    remarks(derivation);
    if (check != null) {
      section("checked", List.of(new Row("", sentence(check), "")));
    }
    return page.toString();
  }

  /** Returns how every shape was found, one name a paragraph. */
  public String explainShapes(Derivation derivation) {
    page.setLength(0);
    List<Row> rows = new ArrayList<>();
    derivation
        .program()
        .readings()
        .forEach((variable, reading) -> rows.add(new Row("", reading.explanation(), "")));
    for (Binding binding : derivation.program().bindings()) {
      Variable name = binding.variable();
      rows.add(new Row("", name.name() + " is " + notation.shape(name) + ": it is assigned", ""));
    }
    section("explained", rows);
    return page.toString();
  }

  private void shapes(List<Variable> parameters) {
    StringBuilder line = new StringBuilder();
    List<Row> rows = new ArrayList<>();
    for (Variable parameter : parameters) {
      String entry = parameter.name() + " " + notation.shape(parameter);
      if (!line.isEmpty() && line.length() + 3 + entry.length() > width - INDENT) {
        rows.add(new Row("", line.toString(), ""));
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : "   ").append(entry);
    }
    rows.add(new Row("", line.isEmpty() ? "no variables" : line.toString(), ""));
    section("shapes", rows);
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
      String name = program.value().name();
      answers.put(
          "gradients",
          List.of(new Row("", "none: " + name + " depends on nothing to differentiate by", "")));
    }
    List<Derivative> differentials = new ArrayList<>(derivatives);
    differentials.removeIf(derivative -> derivative.kind() != Derivative.Kind.DIFFERENTIAL);
    if (!differentials.isEmpty()) {
      Derivative first = differentials.getFirst();
      answers.put("jacobians", new ArrayList<>());
      answers
          .get("jacobians")
          .add(
              new Row(
                  notation.name(first, program.value()),
                  notation.printer().print(total(differentials)),
                  notation.shape(first.axes())));
    }
    for (Derivative derivative : derivatives) {
      if (derivative.kind() == Derivative.Kind.DIFFERENTIAL) {
        continue;
      }
      answers
          .computeIfAbsent(title(derivative.kind()), unused -> new ArrayList<>())
          .add(
              new Row(
                  notation.name(derivative, program.value()),
                  notation.printer().print(derivative.formula()),
                  notation.shape(derivative.axes())));
    }
    return answers;
  }

  /** The total differential is the sum over the variables. */
  private static Formula total(List<Derivative> differentials) {
    List<Formula.Term> terms = new ArrayList<>();
    for (Derivative differential : differentials) {
      switch (Presentation.of(differential.formula())) {
        case Formula.Sum sum -> terms.addAll(sum.terms());
        case Formula.Negative negative -> terms.add(new Formula.Term(true, negative.operand()));
        case Formula formula -> terms.add(new Formula.Term(false, formula));
      }
    }
    return terms.size() == 1 && !terms.getFirst().negative()
        ? terms.getFirst().formula()
        : new Formula.Sum(terms);
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
      assumptions.add(new Row("", assumption.sentence(), ""));
    }
    List<Row> notes = new ArrayList<>();
    derivation.remarks().forEach(remark -> notes.add(new Row("", remark, "")));
    for (Diagnostic note : derivation.program().notes()) {
      if (note.severity() == Diagnostic.Severity.NOTE) {
        notes.add(new Row("", note.message(), ""));
      }
    }
    section("assuming", assumptions);
    section("note", notes);
  }

  /** Says what a check found. */
  private String sentence(CheckReport check) {
    if (check.unavailable() != null) {
      return "not at all: " + check.unavailable();
    }
    if (check.passed()) {
      int witnesses = check.witnesses().size();
      return String.format(
          Locale.ROOT,
          "%d random draw%s, %d witness%s: largest relative error %s",
          check.trials(),
          check.trials() == 1 ? "" : "s",
          witnesses,
          witnesses == 1 ? "" : "es",
          error(check.maxRelativeError()));
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

  private static String error(double relative) {
    return relative == 0 ? "0" : String.format(Locale.ROOT, "%.0e", relative);
  }

  private void section(String title, List<Row> rows) {
    section(title, rows, 0);
  }

  /** Writes rows with their shapes at {@code column} where there is room. */
  private void section(String title, List<Row> rows, int column) {
    int names = names(rows);
    int left = INDENT + (names == 0 ? 0 : names + 3);
    String label = title;
    for (Row row : rows) {
      label(label);
      label = "";
      if (names > 0) {
        page.append(row.name()).append(" ".repeat(names - length(row.name()))).append(" = ");
      }
      value(row, left, column - left);
    }
  }

  private static int names(List<Row> rows) {
    int names = 0;
    for (Row row : rows) {
      names = Math.max(names, length(row.name()));
    }
    return names;
  }

  /** Returns the column after the longest value that has room on its line before any shape. */
  private int column(List<List<Row>> sections) {
    int longest = 0;
    for (List<Row> rows : sections) {
      for (Row row : rows) {
        longest = Math.max(longest, row.shape().length());
      }
    }
    int most = width - GAP - longest;
    int column = 0;
    for (List<Row> rows : sections) {
      int left = INDENT + names(rows) + 3;
      for (Row row : rows) {
        int end = left + length(row.value());
        column = end <= most ? Math.max(column, end) : column;
      }
    }
    return column;
  }

  private void label(String title) {
    String padding = " ".repeat(INDENT - title.length());
    page.append(color && !title.isEmpty() ? "\u001b[1m" + title + "\u001b[0m" : title)
        .append(padding);
  }

  private void value(Row row, int left, int column) {
    int shape = row.shape().isEmpty() ? 0 : GAP + row.shape().length();
    List<String> lines =
        shape == 0
            ? words(row.value(), width - left)
            : LineBreaker.lines(row.value(), width - left - shape, width - left - 2 - shape);
    for (int i = 0; i < lines.size(); i++) {
      page.append(i == 0 ? "" : " ".repeat(shape == 0 ? left : left + 2)).append(lines.get(i));
      if (i == lines.size() - 1 && shape > 0) {
        int used = length(lines.get(i)) + (i == 0 ? 0 : 2);
        int most = width - left - row.shape().length();
        int padding = Math.max(GAP, Math.min(column + GAP, most) - used);
        page.append(" ".repeat(padding)).append(row.shape());
      }
      page.append('\n');
    }
  }

  private static List<String> words(String sentence, int room) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : sentence.split(" ", -1)) {
      if (!line.isEmpty() && length(line.toString()) + 1 + length(word) > room && !word.isBlank()) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
