package gradsmith.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import gradsmith.Evaluation;
import gradsmith.data.NdArray;
import gradsmith.derive.Derivative.Kind;
import gradsmith.expr.Variable;
import gradsmith.language.Program;
import gradsmith.render.JsonRenderer;
import gradsmith.source.Diagnostic;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** The numbers of a value and its derivatives as one JSON object, nested as NumPy nests lists. */
final class EvaluationJson {

  private EvaluationJson() {}

  static String render(Evaluation evaluation, Program program, List<Diagnostic> warnings) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JsonRenderer.generator(text)) {
      json.writeStartObject();
      values(json, evaluation, program.values());
      for (Kind kind : Kind.values()) {
        if (evaluation.derivatives().stream().noneMatch(it -> it.derivative().kind() == kind)) {
          continue;
        }
        json.writeObjectFieldStart(JsonRenderer.key(kind));
        for (Evaluation.Computed computed : evaluation.derivatives()) {
          if (computed.derivative().kind() == kind) {
            json.writeObjectFieldStart(JsonRenderer.names(computed.derivative(), program));
            numbers(json, computed.numbers());
            json.writeEndObject();
          }
        }
        json.writeEndObject();
      }
      JsonRenderer.diagnostics(json, "warnings", warnings);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a StringWriter does not fail
    }
    return text + "\n";
  }

  /** Returns the object that says what was written. */
  static String render(List<Path> files, List<Diagnostic> warnings) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JsonRenderer.generator(text)) {
      json.writeStartObject();
      json.writeArrayFieldStart("files");
      for (Path file : files) {
        json.writeString(file.toString());
      }
      json.writeEndArray();
      JsonRenderer.diagnostics(json, "warnings", warnings);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a StringWriter does not fail
    }
    return text + "\n";
  }

  /** Writes the one value, or the list of several. */
  private static void values(JsonGenerator json, Evaluation evaluation, List<Variable> values)
      throws IOException {
    boolean several = values.size() > 1;
    if (several) {
      json.writeArrayFieldStart("values");
    }
    for (Variable value : values) {
      if (!several) {
        json.writeFieldName("value");
      }
      json.writeStartObject();
      json.writeStringField("name", JsonRenderer.name(value));
      numbers(json, evaluation.values(value.name()));
      json.writeEndObject();
    }
    if (several) {
      json.writeEndArray();
    }
  }

  private static void numbers(JsonGenerator json, NdArray array) throws IOException {
    json.writeFieldName("shape");
    json.writeArray(array.axes(), 0, array.rank());
    json.writeFieldName("entries");
    nested(json, array, 0, 0);
  }

  private static int nested(JsonGenerator json, NdArray array, int axis, int start)
      throws IOException {
    if (axis == array.rank()) {
      json.writeNumber(array.entry(start));
      return start + 1;
    }
    int next = start;
    json.writeStartArray();
    for (int i = 0; i < array.axes()[axis]; i++) {
      next = nested(json, array, axis + 1, next);
    }
    json.writeEndArray();
    return next;
  }
}
