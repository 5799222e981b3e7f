package gradsmith.render;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import gradsmith.check.CheckReport;
import gradsmith.derive.Derivation;
import gradsmith.derive.Derivative;
import gradsmith.derive.Step;
import gradsmith.derive.Steps;
import gradsmith.expr.Binding;
import gradsmith.expr.Variable;
import gradsmith.language.Program;
import gradsmith.source.Source;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes a derivation as one page for a browser, which needs nothing else. */
public final class HtmlRenderer {

  private final Typesetter typesetter;
  private final StringBuilder body = new StringBuilder();
  private final Map<String, String> symbols = new LinkedHashMap<>();
  private final LawSentences laws;

  private HtmlRenderer(Derivation derivation) {
    typesetter = new Typesetter(new MathMl(), derivation.program().inputs());
    laws = LawSentences.html(new Typesetter(new MathMl(), List.of()));
  }

  /** Returns the page for {@code derivation} of {@code source}, with its {@code steps}. */
  public static String render(
      Source source, Derivation derivation, Form form, Steps steps, @Nullable CheckReport check) {
    HtmlRenderer renderer = new HtmlRenderer(derivation);
    renderer.derivation(source, derivation, form, steps, check);
    return HtmlPage.of(
        "gradsmith: " + source.text().strip(), renderer.body.toString(), renderer.json());
  }

  private void derivation(
      Source source, Derivation derivation, Form form, Steps steps, @Nullable CheckReport check) {
    Program program = derivation.program();
    body.append("<h1><code>")
        .append(MathMl.escaped(source.text().strip()).replace("\n", "<br>"))
        .append("</code></h1>\n");
    boolean backprop = form.of(derivation) == Form.BACKPROP;
    section("Derivatives");
    given(program);
    boolean told = backprop && steps.tell(derivation.backprop());
    List<Derivative> answers = backprop ? derivation.backprop() : derivation.closed();
    if (told) {
      answers = steps.told(answers);
      equations(steps.lines());
      cotangents(steps, answers);
    } else if (backprop) {
      equations(derivation.forward());
      equations(derivation.backward());
    }
    body.append("<div class=\"answers\">\n");
    for (Answer answer : Answer.of(answers)) {
      equation(
          typesetter.name(answer.derivative()),
          "=",
          typesetter.set(answer.formula()),
          Notation.UNICODE.shape(answer.derivative().axes()));
    }
    body.append("</div>\n");
    remarks(derivation, check);
    section("Shapes");
    shapes(program);
    section("Step by step");
    if (!told) {
      body.append("<p>The program, an operation a line:</p>\n");
      equations(steps.lines());
    }
    steps(steps);
    String graph = GraphDrawing.of(steps);
    if (!graph.isEmpty()) {
      section("Graph");
      body.append(
          """
          <p>Arrows go forward; what comes back along each of them is written on it.</p>
          <div class="wide">
          """);
      body.append(graph).append("</div>\n");
    }
  }

  private void given(Program program) {
    for (Program.Given given : program.given()) {
      String shape = Notation.UNICODE.shape(given.value());
      body.append("<div class=\"equation\"><span>Given ")
          .append(
              GivenSentence.of(
                  given, program, name -> "<math>" + typesetter.name(name) + "</math>"))
          .append("</span><span class=\"shape\">")
          .append(shape)
          .append("</span></div>\n");
      symbols.put(
          given.cotangent().name(), GivenSentence.of(given, program, name -> name) + ": " + shape);
    }
  }

  /** Writes the cotangents that are no answers themselves. */
  private void cotangents(Steps steps, List<Derivative> answers) {
    Set<String> answered = new HashSet<>();
    answers.forEach(answer -> answered.add(answer.variable().name()));
    for (Step step : steps.steps()) {
      for (Step.Result result : step.results()) {
        if (!result.partial() && !answered.contains(result.of().name())) {
          equation(result.binding(), "=");
        }
      }
    }
  }

  private void section(String title) {
    body.append("<h2>").append(title).append("</h2>\n");
  }

  private void equations(List<Binding> bindings) {
    bindings.forEach(binding -> equation(binding, "="));
  }

  private void equation(Binding binding, String sign) {
    String name = binding.variable().name();
    String formula = FormulaPrinter.unicode().print(binding.value());
    String shape = Notation.UNICODE.shape(binding.variable());
    symbols.putIfAbsent(name, name + " = " + formula + ", " + shape);
    equation(typesetter.name(name), sign, typesetter.set(binding.value()), shape);
  }

  private void equation(String left, String sign, String right, String shape) {
    body.append("<div class=\"equation\"><math displaystyle=\"true\">")
        .append(left)
        .append("<mo>")
        .append(sign)
        .append("</mo>")
        .append(right)
        .append("</math><span class=\"shape\">")
        .append(shape)
        .append("</span></div>\n");
  }

  private void remarks(Derivation derivation, @Nullable CheckReport check) {
    for (String sentence : Remarks.sentences(derivation, check)) {
      body.append("<p>").append(MathMl.escaped(sentence)).append("</p>\n");
    }
  }

  private void shapes(Program program) {
    body.append("<table>\n<tr><th>name<th>shape<th>why\n");
    for (Variable parameter : program.inputs()) {
      String shape = Notation.UNICODE.shape(parameter);
      Program.Reading reading = program.readings().get(parameter);
      String why = reading == null ? "" : reading.explanation();
      symbols.put(parameter.name(), parameter.name() + ": " + shape);
      body.append("<tr><td><math>")
          .append(typesetter.name(parameter.name()))
          .append("</math><td>")
          .append(shape)
          .append("<td>")
          .append(MathMl.escaped(why))
          .append('\n');
    }
    body.append("</table>\n");
  }

  private void steps(Steps steps) {
    body.append("<p>")
        .append(
            steps.reverse()
                ? "Back from the value, through each line by the law of its operation:"
                : "Forward, the differential of each line:")
        .append("</p>\n");
    int number = 0;
    for (Step step : steps.steps()) {
      Binding line = step.line();
      body.append("<details class=\"step\"")
          .append(number == 0 ? " open" : "")
          .append("><summary>");
      body.append(++number).append(". ");
      if (line == null) {
        body.append("What comes back to ")
            .append(MathMl.escaped(step.results().getFirst().of().name()))
            .append(" adds up");
      } else {
        body.append("<math>")
            .append(typesetter.name(line.variable().name()))
            .append("<mo>=</mo>")
            .append(typesetter.set(line.value()))
            .append("</math>");
      }
      body.append("</summary>\n");
      if (step.operation() != null) {
        body.append("<p class=\"law\">").append(laws.sentence(step)).append("</p>\n");
      }
      for (Step.Simplification use : step.simplifications()) {
        body.append("<p class=\"law\">").append(laws.of(use)).append("</p>\n");
      }
      step.results().forEach(result -> equation(result.binding(), result.partial() ? "+=" : "="));
      body.append("</details>\n");
    }
  }

  private String json() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      for (Map.Entry<String, String> symbol : symbols.entrySet()) {
        json.writeStringField(symbol.getKey(), symbol.getValue());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a StringWriter does not fail
    }
    return text.toString();
  }
}
