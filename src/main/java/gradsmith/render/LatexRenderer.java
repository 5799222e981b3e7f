package gradsmith.render;

import gradsmith.check.CheckReport;
import gradsmith.derive.Derivation;
import gradsmith.derive.Derivative;
import gradsmith.derive.Step;
import gradsmith.derive.Steps;
import gradsmith.expr.Binding;
import gradsmith.expr.Variable;
import gradsmith.language.Program;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a derivation in LaTeX, for a document that uses amsmath: displays of aligned equations
 * with their shapes at the right.
 */
public final class LatexRenderer {

  private final Typesetter typesetter;
  private final LawSentences laws = LawSentences.latex(new Typesetter(new Latex(), List.of()));
  private final StringBuilder text = new StringBuilder();

  private LatexRenderer(Derivation derivation) {
    typesetter = new Typesetter(new Latex(), derivation.program().inputs());
  }

  /** Returns the displays for {@code derivation}; {@code steps} and {@code check} may be null. */
  public static String render(
      Derivation derivation, Form form, @Nullable Steps steps, @Nullable CheckReport check) {
    LatexRenderer renderer = new LatexRenderer(derivation);
    renderer.derivation(derivation, form, steps);
    for (String sentence : Remarks.sentences(derivation, check)) {
      renderer.text.append("\n").append(Latex.escaped(sentence)).append('\n');
    }
    return renderer.text.toString();
  }

  private void derivation(Derivation derivation, Form form, @Nullable Steps steps) {
    List<String> shapes = new ArrayList<>();
    for (Variable parameter : derivation.program().inputs()) {
      String name = typesetter.name(parameter.name());
      shapes.add(
          parameter.axes().isEmpty()
              ? name + " \\text{ scalar}"
              : name + "\\colon " + typesetter.shape(parameter.axes()));
    }
    text.append("% Needs \\usepackage{amsmath}.\n");
    if (!shapes.isEmpty()) {
      text.append("\\[ ").append(String.join(", \\quad ", shapes)).append(" \\]\n");
    }
    for (Program.Given given : derivation.given()) {
      text.append("Given ")
          .append(
              GivenSentence.of(
                  given, derivation.program(), name -> "\\(" + typesetter.name(name) + "\\)"));
      String shape = typesetter.shape(given.value().axes());
      text.append(shape.isEmpty() ? "" : " (\\(" + shape + "\\))").append(".\n");
    }
    if (steps == null) {
      formulas(derivation, form.of(derivation));
      return;
    }
    steps(steps);
    answers(steps.told(derivation.backprop()));
    Form after = form.after(steps, derivation);
    if (after != null) {
      formulas(derivation, after);
    }
  }

  private void formulas(Derivation derivation, Form form) {
    if (form == Form.CLOSED) {
      answers(derivation.closed());
    } else {
      display(equations(derivation.forward()));
      display(equations(derivation.backward()));
      answers(derivation.backprop());
    }
  }

  private void answers(List<Derivative> derivatives) {
    List<String> rows = new ArrayList<>();
    for (Answer answer : Answer.of(derivatives)) {
      rows.add(
          equation(
              typesetter.name(answer.derivative()),
              "=",
              typesetter.set(answer.formula()),
              typesetter.shape(answer.derivative().axes())));
    }
    display(rows);
  }

  private void steps(Steps steps) {
    display(equations(steps.lines()));
    int number = 0;
    for (Step step : steps.steps()) {
      Binding line = step.line();
      text.append("Step ").append(++number).append(": ");
      if (line == null) {
        String name = typesetter.name(step.results().getFirst().of().name());
        text.append("what comes back to \\(").append(name).append("\\) adds up.\n");
      } else {
        text.append("\\(")
            .append(typesetter.name(line.variable().name()))
            .append(" = ")
            .append(typesetter.set(line.value()))
            .append("\\)")
            .append(step.operation() == null ? "" : ", " + laws.sentence(step));
        for (Step.Simplification use : step.simplifications()) {
          text.append("; ").append(laws.of(use));
        }
        text.append(".\n");
      }
      List<String> rows = new ArrayList<>();
      for (Step.Result result : step.results()) {
        Binding binding = result.binding();
        rows.add(
            equation(
                typesetter.name(binding.variable().name()),
                result.partial() ? "\\mathrel{+}=" : "=",
                typesetter.set(binding.value()),
                typesetter.shape(binding.variable().axes())));
      }
      display(rows);
    }
  }

  private List<String> equations(List<Binding> bindings) {
    List<String> rows = new ArrayList<>();
    for (Binding binding : bindings) {
      rows.add(
          equation(
              typesetter.name(binding.variable().name()),
              "=",
              typesetter.set(binding.value()),
              typesetter.shape(binding.variable().axes())));
    }
    return rows;
  }

  private static String equation(String left, String sign, String right, String shape) {
    return left + " &" + sign + " " + right + (shape.isEmpty() ? "" : " && (" + shape + ")");
  }

  private void display(List<String> rows) {
    if (!rows.isEmpty()) {
      text.append("\\[\n\\begin{aligned}\n  ")
          .append(String.join(" \\\\\n  ", rows))
          .append("\n\\end{aligned}\n\\]\n");
    }
  }
}
