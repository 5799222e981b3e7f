package gradsmith.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Runs shell commands in which {@code gradsmith} is the program under test. */
final class GradsmithProcess {

  private GradsmithProcess() {}

  /** What a command gave. */
  record Outcome(int status, String output, String errors) {}

  /** Runs {@code command} with bash; a hang fails. */
  static Outcome run(String command) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classpath = System.getProperty("java.class.path");
    String script =
        "gradsmith() { \""
            + java
            + "\" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp \""
            + classpath
            + "\" gradsmith.cli.Main \"$@\"; }\n"
            + command;
    try {
      Path output = Files.createTempFile("gradsmith", ".out");
      Path errors = Files.createTempFile("gradsmith", ".err");
      ProcessBuilder builder = new ProcessBuilder("bash", "-c", script);
      builder.environment().put("LC_ALL", "C.UTF-8");
      builder.environment().remove("COLUMNS");
      builder.redirectOutput(output.toFile()).redirectError(errors.toFile());
      Process process = builder.start();
      process.getOutputStream().close();
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("no answer within a minute: " + command);
      }
      Outcome outcome = new Outcome(process.exitValue(), read(output), read(errors));
      Files.delete(output);
      Files.delete(errors);
      return outcome;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }
}
