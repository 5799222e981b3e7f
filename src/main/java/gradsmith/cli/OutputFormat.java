package gradsmith.cli;

import gradsmith.render.Notation;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What {@code --format} can be. */
enum OutputFormat {
  TEXT,
  ASCII,
  JSON,
  LATEX,
  HTML;

  /** Returns how formulas are written in it. */
  Notation notation() {
    return this == ASCII ? Notation.ASCII : Notation.UNICODE;
  }

  /** Returns the names of {@code formats} that users type. */
  static String words(List<OutputFormat> formats) {
    return formats.stream()
        .map(format -> format.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }
}
