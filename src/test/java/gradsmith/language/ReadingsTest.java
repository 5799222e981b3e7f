package gradsmith.language;

import static org.junit.jupiter.api.Assertions.assertTrue;

import gradsmith.Fixtures;
import gradsmith.Gradsmith;
import gradsmith.source.ProgramException;
import gradsmith.source.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Programs as people type them, mostly with nothing declared, and what each name is: a number, a
 * vector or a matrix, as the mathematics says.
 */
class ReadingsTest {

  private static final Gradsmith GRADSMITH = new Gradsmith();
  private static final String HELD_OUT = "heldout.txt";

  @Test
  void readsWhatPeopleType() {
    assertRead(Fixtures.read("readings").stream().filter(fixture -> !isHeldOut(fixture)).toList());
  }

  @Test
  void readsWhatWasHeldOut() {
    assertRead(Fixtures.read("readings").stream().filter(ReadingsTest::isHeldOut).toList());
  }

  private static boolean isHeldOut(Fixtures.Case fixture) {
    return fixture.file().endsWith(HELD_OUT);
  }

  private static void assertRead(List<Fixtures.Case> fixtures) {
    List<String> failures = new ArrayList<>();
    Map<String, Integer> wrong = new TreeMap<>();
    for (Fixtures.Case fixture : fixtures) {
      String failure = failure(fixture.program(), ReadRanks.expected(fixture.expected()));
      if (failure != null) {
        String file = String.valueOf(fixture.file().getFileName());
        wrong.merge(file, 1, Integer::sum);
        failures.add(file + "\n" + failure);
      }
    }
    assertTrue(
        failures.isEmpty(),
        () ->
            failures.size()
                + " of "
                + fixtures.size()
                + " are read wrongly: "
                + wrong
                + "\n\n"
                + String.join("\n\n", failures));
  }

  /** Returns what is wrong with the reading of {@code program}, or null. */
  private static @Nullable String failure(String program, ReadRanks expected) {
    String got = reading(program);
    return got.equals(expected.toString())
        ? null
        : program.indent(4) + "  expected  " + expected + "\n  got       " + got;
  }

  private static String reading(String program) {
    try {
      return ReadRanks.of(GRADSMITH.read(new Source("", program))).toString();
    } catch (ProgramException e) {
      return e.diagnostics().stream()
          .map(diagnostic -> diagnostic.severity() + ": " + diagnostic.message())
          .collect(Collectors.joining("; "));
    }
  }
}
