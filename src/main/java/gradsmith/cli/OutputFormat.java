package gradsmith.cli;

import gradsmith.render.Notation;
import java.util.Arrays;
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

  /** Returns the names that users type. */
  static String words() {
    return Arrays.stream(values())
        .map(format -> format.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }
}
