package gradsmith.render;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import gradsmith.check.CheckReport;
import gradsmith.derive.Assumption;
import gradsmith.derive.Citation;
import gradsmith.derive.Derivation;
import gradsmith.derive.Derivative;
import gradsmith.derive.Step;
import gradsmith.derive.Steps;
import gradsmith.expr.Binding;
import gradsmith.expr.Expr;
import gradsmith.expr.Variable;
import gradsmith.language.Program;
import gradsmith.shape.Polynomial;
import gradsmith.source.AsciiText;
import gradsmith.source.Diagnostic;
import gradsmith.source.Span;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes a derivation, or the diagnostics of a program that has none, as one JSON object. Formulas
 * are in gradsmith's language, in ASCII; a scalar's shape is {@code []}, a vector's {@code ["n"]}.
 */
public final class JsonRenderer {

  private final FormulaPrinter printer = FormulaPrinter.ascii();
  private final StringWriter text = new StringWriter();
  private final JsonGenerator json;

  private JsonRenderer() throws IOException {
    json = generator(text);
  }

  /** Returns a generator that writes a field a line. */
  public static JsonGenerator generator(StringWriter text) throws IOException {
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    return new JsonFactory()
        .createGenerator(text)
        .setPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(lines));
  }

  /** Returns the object for {@code derivation}. */
  public static String render(
      Derivation derivation,
      Form form,
      @Nullable CheckReport check,
      boolean explainShapes,
      @Nullable Steps steps) {
    try {
      JsonRenderer renderer = new JsonRenderer();
      renderer.derivation(derivation, form, check, explainShapes, steps);
      return renderer.finished();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a StringWriter does not fail
    }
  }

  /** Returns the object for {@code code} in {@code language} that computes {@code derivation}. */
  public static String render(
      String language, String code, Derivation derivation, @Nullable CheckReport check) {
    try {
      JsonRenderer renderer = new JsonRenderer();
      renderer.json.writeStartObject();
      renderer.json.writeStringField("value", values(derivation.program()));
      renderer.json.writeStringField("language", language);
      renderer.json.writeStringField("code", code);
      renderer.assumptions(derivation);
      renderer.diagnostics("warnings", derivation.program().notes());
      if (check != null) {
        renderer.check(check);
      }
      renderer.json.writeEndObject();
      return renderer.finished();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the object for a program with errors. */
  public static String render(List<Diagnostic> diagnostics) {
    try {
      JsonRenderer renderer = new JsonRenderer();
      renderer.json.writeStartObject();
      renderer.diagnostics("diagnostics", diagnostics);
      renderer.json.writeEndObject();
      return renderer.finished();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String finished() throws IOException {
    json.close();
    return text + "\n";
  }

  private void derivation(
      Derivation derivation,
      Form form,
      @Nullable CheckReport check,
      boolean explainShapes,
      @Nullable Steps steps)
      throws IOException {
    Program program = derivation.program();
    boolean backprop = form.of(derivation) == Form.BACKPROP;
    json.writeStartObject();
    json.writeStringField("value", values(program));
    json.writeObjectFieldStart("shapes");
    for (Variable parameter : program.parameters()) {
      json.writeFieldName(name(parameter));
      shape(parameter.axes());
    }
    json.writeEndObject();
    List<Derivative> derivatives = backprop ? derivation.backprop() : derivation.closed();
    for (Derivative.Kind kind : Derivative.Kind.values()) {
      derivatives(kind, derivatives, program);
    }
    json.writeArrayFieldStart("bindings");
    if (backprop) {
      bindings(derivation.forward());
      bindings(derivation.backward());
    }
    json.writeEndArray();
    json.writeArrayFieldStart("given");
    for (Program.Given given : program.given()) {
      json.writeString(name(given.cotangent()));
    }
    json.writeEndArray();
    assumptions(derivation);
    diagnostics("warnings", program.notes());
    if (!program.readBySpelling().isEmpty()) {
      json.writeObjectFieldStart("read_as");
      for (Variable name : program.readBySpelling()) {
        json.writeStringField(name(name), name.rank() == 0 ? "scalar" : "vector");
      }
      json.writeEndObject();
    }
    if (!derivation.remarks().isEmpty()) {
      json.writeArrayFieldStart("remarks");
      for (String remark : derivation.remarks()) {
        json.writeString(remark);
      }
      json.writeEndArray();
    }
    if (explainShapes) {
      json.writeObjectFieldStart("explanations");
      for (var entry : program.readings().entrySet()) {
        json.writeStringField(name(entry.getKey()), entry.getValue().explanation());
      }
      json.writeEndObject();
    }
    if (steps != null) {
      json.writeArrayFieldStart("program");
      bindings(steps.lines());
      json.writeEndArray();
      json.writeArrayFieldStart("steps");
      for (Step step : steps.steps()) {
        step(step);
      }
      json.writeEndArray();
    }
    if (check != null) {
      check(check);
    }
    json.writeEndObject();
  }

  private void step(Step step) throws IOException {
    json.writeStartObject();
    json.writeStringField("rule", step.rule());
    if (step.line() != null) {
      json.writeStringField("through", name(step.line().variable()));
    }
    if (step.citation() != null) {
      law(step.citation());
    }
    json.writeArrayFieldStart("results");
    for (Step.Result result : step.results()) {
      json.writeStartObject();
      json.writeStringField("name", name(result.binding().variable()));
      json.writeStringField("of", name(result.of()));
      formula(result.binding().value(), result.binding().variable().axes());
      json.writeBooleanField("partial", result.partial());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("identities");
    for (Step.Simplification use : step.simplifications()) {
      json.writeString(use.identity().name());
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void law(Citation citation) throws IOException {
    json.writeObjectFieldStart("law");
    json.writeStringField("value", citation.law().value().name());
    json.writeStringField("operation", printer.print(citation.law().operation()));
    json.writeObjectFieldStart("gives");
    for (Citation.Part part : citation.parts()) {
      json.writeStringField(part.name(), printer.print(part.formula()));
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private static String values(Program program) {
    return program.values().stream().map(JsonRenderer::name).collect(Collectors.joining(","));
  }

  private void derivatives(Derivative.Kind kind, List<Derivative> all, Program program)
      throws IOException {
    List<Derivative> derivatives = new ArrayList<>(all);
    derivatives.removeIf(derivative -> derivative.kind() != kind);
    if (derivatives.isEmpty() && kind != Derivative.Kind.GRADIENT) {
      return;
    }
    json.writeObjectFieldStart(key(kind));
    for (Derivative derivative : derivatives) {
      json.writeObjectFieldStart(names(derivative, program));
      formula(derivative.formula(), derivative.axes());
      if (derivative.direction() != null) {
        json.writeStringField("direction", name(derivative.direction()));
      }
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  /**
   * Returns the key of {@code derivative}: the names of what it is by, in ASCII as in formulas;
   * before a Jacobian's stands what it is of, {@code y/x}, where {@code program} has several
   * values.
   */
  public static String names(Derivative derivative, Program program) {
    String by = derivative.by().stream().map(JsonRenderer::name).collect(Collectors.joining(","));
    boolean several = program.values().size() > 1 && program.values().contains(derivative.of());
    return several ? name(derivative.of()) + "/" + by : by;
  }

  /** Returns the name of {@code variable} in ASCII, as it stands in formulas. */
  public static String name(Variable variable) {
    return AsciiText.name(variable.name());
  }

  /** Returns the field that derivatives of {@code kind} stand in. */
  public static String key(Derivative.Kind kind) {
    return switch (kind) {
      case GRADIENT -> "gradients";
      case RESTRICTED -> "restricted";
      case DIFFERENTIAL -> "differentials";
      case JACOBIAN -> "jacobians";
      case HESSIAN -> "hessians";
      case HVP -> "hvps";
    };
  }

  private void bindings(List<Binding> bindings) throws IOException {
    for (Binding binding : bindings) {
      json.writeStartObject();
      json.writeStringField("name", name(binding.variable()));
      formula(binding.value(), binding.variable().axes());
      json.writeEndObject();
    }
  }

  private void formula(Expr formula, List<Polynomial> axes) throws IOException {
    json.writeStringField("formula", printer.print(formula));
    json.writeFieldName("shape");
    shape(axes);
  }

  private void shape(List<Polynomial> axes) throws IOException {
    json.writeStartArray();
    for (Polynomial axis : axes) {
      if (axis.isNumber()) {
        json.writeNumber(axis.number());
      } else {
        json.writeString(AsciiText.of(axis.toString()));
      }
    }
    json.writeEndArray();
  }

  private void assumptions(Derivation derivation) throws IOException {
    List<Diagnostic> assumptions = new ArrayList<>();
    for (Assumption assumption : derivation.assumptions()) {
      Program.Reading reading = derivation.program().readings().get(assumption.variable());
      if (reading != null) {
        assumptions.add(Diagnostic.note(reading.span(), assumption.sentence(), null));
      }
    }
    diagnostics("assumptions", assumptions);
  }

  private void diagnostics(String field, List<Diagnostic> diagnostics) throws IOException {
    diagnostics(json, field, diagnostics);
  }

  /** Writes {@code diagnostics} as the field of an object. */
  public static void diagnostics(JsonGenerator json, String field, List<Diagnostic> diagnostics)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (Diagnostic diagnostic : diagnostics) {
      Span span = diagnostic.span();
      json.writeStartObject();
      json.writeStringField("severity", diagnostic.severity().name().toLowerCase(Locale.ROOT));
      if (!span.source().name().isEmpty()) {
        json.writeStringField("file", span.source().name());
      }
      json.writeNumberField("line", span.source().line(span.start()));
      json.writeNumberField("column", span.source().column(span.start()));
      json.writeNumberField("length", span.text().codePointCount(0, span.text().length()));
      json.writeStringField("message", diagnostic.message());
      if (diagnostic.hint() == null) {
        json.writeNullField("hint");
      } else {
        json.writeStringField("hint", diagnostic.hint());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void check(CheckReport check) throws IOException {
    json.writeObjectFieldStart("check");
    json.writeBooleanField("passed", check.passed());
    json.writeNumberField("trials", check.trials());
    if (check.unavailable() != null) {
      json.writeStringField("unavailable", check.unavailable());
    } else {
      json.writeNumberField("max_relative_error", check.maxRelativeError());
    }
    if (!check.failures().isEmpty()) {
      json.writeArrayFieldStart("failures");
      for (CheckReport.Failure failure : check.failures()) {
        json.writeStartObject();
        json.writeStringField("variable", AsciiText.name(failure.variable()));
        json.writeArrayFieldStart("entry");
        for (int index : failure.entry()) {
          json.writeNumber(index);
        }
        json.writeEndArray();
        json.writeNumberField("formula", failure.formula());
        json.writeStringField("witness", failure.witness());
        json.writeNumberField("expected", failure.expected());
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }
}
