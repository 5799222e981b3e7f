package gradsmith.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import gradsmith.render.FormulaPrinter;
import gradsmith.render.JsonRenderer;
import gradsmith.source.AsciiText;
import gradsmith.verify.Verdict;
import gradsmith.verify.Verification;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/** Verdicts, and what is wrong with the other lines, as one JSON object. */
final class VerdictJson {

  private VerdictJson() {}

  static String render(Verification said) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JsonRenderer.generator(text)) {
      json.writeStartObject();
      json.writeArrayFieldStart("verdicts");
      for (Verdict verdict : said.verdicts()) {
        json.writeStartObject();
        json.writeStringField("claim", verdict.claim());
        json.writeStringField("outcome", verdict.outcome().name().toLowerCase(Locale.ROOT));
        json.writeBooleanField("proved", verdict.proved());
        strings(json, "assumptions", verdict.assumptions());
        strings(json, "evidence", verdict.evidence());
        if (verdict.corrected() == null) {
          json.writeNullField("corrected");
        } else {
          json.writeStringField("corrected", AsciiText.of(verdict.corrected()));
        }
        json.writeStringField(
            "expected", FormulaPrinter.ascii().print(verdict.expected().formula()));
        JsonRenderer.diagnostics(json, "diagnostics", verdict.diagnostics());
        json.writeEndObject();
      }
      json.writeEndArray();
      JsonRenderer.diagnostics(json, "diagnostics", said.diagnostics());
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a StringWriter does not fail
    }
    return text + "\n";
  }

  private static void strings(JsonGenerator json, String field, List<String> values)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }
}
