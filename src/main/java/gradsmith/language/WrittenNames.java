package gradsmith.language;

import gradsmith.source.AsciiText;
import gradsmith.source.Diagnostic;
import gradsmith.source.Diagnostics;
import gradsmith.source.Span;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The names of a text as they were first written: λ and lambda are one name, and who writes both is
 * told so.
 */
final class WrittenNames {

  private final Map<String, String> first = new HashMap<>();
  private final Set<String> reported = new HashSet<>();
  private final Diagnostics diagnostics;

  /** Writes the names in {@code known} as they are there. */
  WrittenNames(Collection<String> known, Diagnostics diagnostics) {
    for (String name : known) {
      first.putIfAbsent(AsciiText.name(name), name);
    }
    this.diagnostics = diagnostics;
  }

  /** Returns the name that {@code span} is, as it was first written, and says if that differs. */
  String of(Span span) {
    String text = span.text();
    String name = first.computeIfAbsent(AsciiText.name(text), ascii -> text);
    if (!name.equals(text) && reported.add(text)) {
      diagnostics.add(
          Diagnostic.note(
              span,
              AsciiText.name(text) + " is written in two ways, with letters and with their names",
              null));
    }
    return name;
  }
}
