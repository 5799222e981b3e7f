package gradsmith;

import gradsmith.source.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads test-fixtures/: each file holds cases, a program, a line {@code =====>} and what is
 * expected, with a line {@code ----} between cases. A first line {@code $ --hessian x} holds
 * options. Lines that start with ## are comments.
 */
public final class Fixtures {

  private Fixtures() {}

  /** A program and what is expected of it. */
  public record Case(Path file, int index, String program, String expected) {

    /** Returns the program without the line of options. */
    public Source source() {
      return new Source("", program.startsWith("$ ") ? program.replaceFirst(".*\n", "") : program);
    }

    /** Returns what the line of options asks. */
    public Options options() {
      Options options = Options.DEFAULT;
      if (!program.startsWith("$ ")) {
        return options;
      }
      String[] words = program.lines().findFirst().orElseThrow().split(" ", -1);
      for (int i = 1; i + 1 < words.length; i += 2) {
        String[] names = words[i + 1].split(",", -1);
        options =
            switch (words[i]) {
              case "--of" -> options.of(names);
              case "--wrt" -> options.by(names);
              case "--jacobian" -> options.jacobians(names);
              case "--hessian" -> options.hessian(names);
              case "--hvp" -> options.products(names);
              default -> throw new IllegalStateException(file + ": " + words[i]);
            };
      }
      return options;
    }

    @Override
    public String toString() {
      return file.getFileName() + ": " + program.lines().findFirst().orElse("");
    }
  }

  /** Returns the cases of all files of {@code folder}. */
  public static List<Case> read(String folder) {
    List<Case> cases = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("test-fixtures", folder))) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        int index = 0;
        for (String block : body(file).split("\n----\n", -1)) {
          String[] parts = block.split("\n?=====>\n?", -1);
          if (parts.length > 2) {
            throw new IllegalStateException(file + ": a line ---- is missing in\n" + block);
          }
          cases.add(
              new Case(file, index++, parts[0].strip(), parts.length > 1 ? parts[1].strip() : ""));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return cases;
  }

  private static String body(Path file) throws IOException {
    StringBuilder text = new StringBuilder();
    for (String line : Files.readAllLines(file)) {
      if (!line.startsWith("## ")) {
        text.append(line).append('\n');
      }
    }
    return text.toString();
  }

  /** Tells whether the files are to be written anew, with {@code -Dfixtures.update}. */
  static boolean update() {
    return System.getProperty("fixtures.update") != null;
  }

  /** Writes {@code actual} as what is expected of each case of {@code cases}, in their order. */
  static void write(List<Case> cases, List<String> actual) throws IOException {
    for (int i = 0; i < cases.size(); ) {
      Path file = cases.get(i).file();
      StringBuilder text = new StringBuilder();
      for (String line : Files.readAllLines(file)) {
        if (line.startsWith("## ")) {
          text.append(line).append('\n');
        }
      }
      String separator = "";
      for (; i < cases.size() && cases.get(i).file().equals(file); i++) {
        text.append(separator)
            .append(cases.get(i).program())
            .append("\n=====>\n")
            .append(actual.get(i));
        text.append('\n');
        separator = "----\n";
      }
      Files.writeString(file, text.toString());
    }
  }
}
