package gradsmith.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script that starts Java, with a Java that only tells which streams are open. */
class LauncherTest {

  @TempDir Path home;

  @ParameterizedTest
  @ValueSource(strings = {"", "<&-", ">&-", "2>&-", "<&- >&- 2>&-"})
  void javaFindsAllStandardStreamsOpen(String closed) throws IOException, InterruptedException {
    Path launcher = home.resolve("gradsmith");
    Files.copy(Path.of("gradsmith"), launcher);
    Files.createDirectories(home.resolve("target"));
    Files.createFile(home.resolve("target/gradsmith.jar"));
    Path java = home.resolve("jdk/bin/java");
    Files.createDirectories(java.getParent());
    Files.writeString(home.resolve("jdk/release"), "JAVA_VERSION=\"21.0.1\"\n");
    Path report = home.resolve("report");
    Files.writeString(
        java,
        "#!/bin/sh\nfor n in 0 1 2; do test -e /proc/$$/fd/$n && echo $n >>%s; done\n"
            .formatted(report));
    assertTrue(java.toFile().setExecutable(true));
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", "\"$0\" 'sum(x)' " + closed, launcher.toString());
    builder.environment().put("GRADSMITH_JAVA_HOME", home.resolve("jdk").toString());
    builder.environment().put("XDG_CACHE_HOME", home.resolve("cache").toString());
    Process process = builder.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    assertEquals("0\n1\n2\n", Files.readString(report));
  }
}
