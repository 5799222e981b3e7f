package gradsmith.language;

import gradsmith.source.AsciiText;
import gradsmith.source.Diagnostic;
import gradsmith.source.Diagnostics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The names of a program that are asked for from outside.
 *
 * @param values what to differentiate; if there are none, the last value
 * @param by what to differentiate by, also where no value depends on it
 */
public record Wanted(List<String> values, Set<String> by) {

  /** Nothing but the last value. */
  public static final Wanted LAST = new Wanted(List.of(), Set.of());

  /** Copies the collections, with names in ASCII: the spellings of a name are one name. */
  public Wanted {
    values = values.stream().map(AsciiText::name).toList();
    by = by.stream().map(AsciiText::name).collect(Collectors.toUnmodifiableSet());
  }

  /** Tells whether {@code name} is to be differentiated by. */
  boolean isBy(String name) {
    return by.contains(AsciiText.name(name));
  }

  /** Returns those of the assigned names that are to be differentiated, in their order. */
  List<String> values(Collection<String> assigned) {
    List<String> all = new ArrayList<>(assigned);
    return values.isEmpty()
        ? all.subList(all.size() - 1, all.size())
        : all.stream().filter(name -> values.contains(AsciiText.name(name))).toList();
  }

  /** Reports the names of values that {@code program} does not assign. */
  void report(
      Collection<String> assigned,
      Collection<String> free,
      List<Statement> program,
      Diagnostics diagnostics) {
    for (String name : values) {
      if (assigned.stream().map(AsciiText::name).noneMatch(name::equals)) {
        boolean input = free.stream().map(AsciiText::name).anyMatch(name::equals);
        String nearest = input ? null : Spelling.nearest(name, assigned);
        diagnostics.add(
            Diagnostic.error(
                program.getLast().span(),
                input
                    ? name + " is an input of the program, no value"
                    : "the program has no value " + name,
                nearest == null
                    ? "its values are " + String.join(", ", assigned)
                    : "did you mean " + nearest + "?"));
      }
    }
  }
}
