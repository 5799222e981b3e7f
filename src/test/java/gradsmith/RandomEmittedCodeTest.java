package gradsmith;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gradsmith.source.Source;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Emitted code of random programs, run by the languages themselves: every result has the value that
 * the evaluator gives, and the shape of what it is by. {@code -Dprograms=5000 -Dseed=7} runs more.
 */
class RandomEmittedCodeTest {

  private static final int PROGRAMS = Integer.getInteger("programs", 150);
  private static final long SEED = Long.getLong("seed", 1);

  private static final Gradsmith GRADSMITH = new Gradsmith();
  private static final List<EmittedCase> CASES = new ArrayList<>();

  @TempDir private Path folder;

  @BeforeAll
  static void derive() {
    add(RandomBroadcasts::of);
    add(RandomProgram::of);
  }

  private static void add(LongFunction<String> programs) {
    for (int i = 0; i < PROGRAMS; i++) {
      String program = programs.apply(SEED * 1_000_003 + i);
      Result result = GRADSMITH.derive(new Source("", program), Options.DEFAULT.check(false));
      if (!result.asked().isEmpty()) {
        EmittedCase.of(program, result).ifPresent(CASES::add);
      }
    }
  }

  private EmittedCodeRuns runs() {
    return new EmittedCodeRuns(folder, CASES, EmittedCodeRuns.DOUBLE);
  }

  @Test
  void numpy() throws Exception {
    assertEquals("", runs().python("numpy"));
  }

  @Test
  void torch() throws Exception {
    assertEquals("", runs().python("torch"));
  }

  @Test
  void octave() throws Exception {
    assertEquals("", runs().octave());
  }

  @Test
  void java() throws Exception {
    assertEquals("", runs().java());
  }
}
