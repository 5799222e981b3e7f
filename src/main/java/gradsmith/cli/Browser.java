package gradsmith.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Shows a page in the browser of the desktop. */
final class Browser {

  private Browser() {}

  /** Writes {@code page} to a new file and opens it; without a desktop only says where it is. */
  static void open(String page, Console console) throws UsageException {
    try {
      Path file = Files.createTempFile("gradsmith-", ".html");
      Files.writeString(file, page);
      console.output().println(file);
      new ProcessBuilder(command(file.toUri().toString()))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      throw new UsageException("cannot open a browser: " + e.getMessage());
    }
  }

  private static List<String> command(String page) {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    if (system.contains("win")) {
      return List.of("rundll32", "url.dll,FileProtocolHandler", page);
    }
    return List.of(system.contains("mac") ? "open" : "xdg-open", page);
  }
}
