package gradsmith;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A package knows those before it, never those after. */
class LayersTest {

  private static final Map<String, Integer> LAYERS =
      Map.ofEntries(
          Map.entry("source", 0),
          Map.entry("shape", 1),
          Map.entry("expr", 2),
          Map.entry("algebra", 3),
          Map.entry("evaluate", 3),
          Map.entry("language", 4),
          Map.entry("rules", 5),
          Map.entry("derive", 6),
          Map.entry("check", 7),
          Map.entry("render", 8),
          Map.entry("data", 9),
          Map.entry("emit", 9),
          Map.entry("verify", 9),
          Map.entry("", 10),
          Map.entry("cli", 11));

  private static final Pattern IMPORT = Pattern.compile("gradsmith\\.(?:([a-z]+)\\.)?[A-Z]");

  @Test
  void importsPointDown() throws IOException {
    Path root = Path.of("src/main/java/gradsmith");
    List<String> upward = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        String room = root.relativize(file.getParent()).toString();
        Matcher used = IMPORT.matcher(Files.readString(file));
        while (used.find()) {
          String other = used.group(1) == null ? "" : used.group(1);
          if (!other.equals(room) && layer(other) >= layer(room)) {
            upward.add(file.getFileName() + " uses " + used.group());
          }
        }
      }
    }
    assertEquals(List.of(), upward);
  }

  private static int layer(String room) {
    Integer layer = LAYERS.get(room);
    if (layer == null) {
      throw new AssertionError("give the package " + room + " a place in the order of layers");
    }
    return layer;
  }
}
