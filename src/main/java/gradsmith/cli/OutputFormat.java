package gradsmith.cli;

import java.util.Locale;

/** What {@code --format} can be. */
enum OutputFormat {
  TEXT,
  ASCII,
  JSON;

  /** Returns the name that users type. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
