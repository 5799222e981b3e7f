package gradsmith;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import gradsmith.EmittedCase.Argument;
import gradsmith.emit.NotEmittableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * Emitted code, run by the languages themselves. What a language cannot say is left out; what runs
 * return is what they find wrong, in shape or value.
 *
 * @param folder where files may be written
 */
record EmittedCodeRuns(Path folder, List<EmittedCase> cases, Precision precision) {

  /** The arithmetic that code runs in where it has a choice. */
  static final Precision DOUBLE = new Precision("float64", 1e-8);

  /** Numbers of 24 bits. */
  static final Precision SINGLE = new Precision("float32", 2e-5);

  /**
   * An arithmetic.
   *
   * @param tolerance how far off a result may be, as a part of 1 + its largest entry
   */
  record Precision(String type, double tolerance) {}

  /** Runs all cases in one process. */
  String python(String target) throws IOException, InterruptedException {
    assumeInstalled(target.equals("jax") ? "scipy" : target);
    StringBuilder text = new StringBuilder("[\n");
    for (EmittedCase one : cases) {
      String code = emitted(one, target);
      if (code != null) {
        text.append(
            "(%s, %s, '%s', [%s], [%s], %s),\n"
                .formatted(
                    quoted(one.name()),
                    quoted(code),
                    one.function(),
                    list(one.arguments(), argument -> argument.nested("[", "]")),
                    list(one.expected(), argument -> argument.nested("[", "]")),
                    one.differentiated()));
      }
    }
    Files.writeString(folder.resolve("cases.txt"), text.append("]\n"));
    Path main = Files.writeString(folder.resolve("run.py"), resource("run.py"));
    return output(
        folder,
        "/usr/bin/python3",
        main.toString(),
        target,
        precision.type(),
        String.valueOf(precision.tolerance()));
  }

  String octave() throws IOException, InterruptedException {
    assumeTrue(runs("octave", "--version"), "octave is not installed");
    StringBuilder script = new StringBuilder("1;\nwarning('off', 'all');\n");
    script.append(resource("compare.m"));
    int index = 0;
    for (EmittedCase one : cases) {
      String code = emitted(one, "octave");
      if (code != null) {
        Path home = Files.createDirectory(folder.resolve("case" + index++));
        Files.writeString(home.resolve(one.function() + ".m"), code);
        script.append(
            "compare('%s', '%s', '%s', {%s}, {%s}, %s);\n"
                .formatted(
                    home,
                    one.function(),
                    one.name().replace("'", "''"),
                    list(one.arguments(), this::octaveMatrix),
                    list(one.expected(), EmittedCodeRuns::octaveNumbers),
                    precision.tolerance()));
      }
    }
    script.append("disp('done');\n");
    Path main = Files.writeString(folder.resolve("main.m"), script.toString());
    return output(folder, "octave", "--norc", "--quiet", main.toString());
  }

  String java() throws IOException, ReflectiveOperationException {
    List<Path> sources = new ArrayList<>();
    List<EmittedCase> emitted = new ArrayList<>();
    for (EmittedCase one : cases) {
      String code = emitted(one, "java");
      if (code != null) {
        String home = "case" + emitted.size();
        Path file = Files.createDirectory(folder.resolve(home)).resolve("Gradients.java");
        sources.add(Files.writeString(file, "package " + home + ";\n" + code));
        emitted.add(one);
      }
    }
    compile(sources);
    StringBuilder wrong = new StringBuilder();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      for (int i = 0; i < emitted.size(); i++) {
        EmittedCase one = emitted.get(i);
        Class<?> type = loader.loadClass("case" + i + ".Gradients");
        Method method =
            Arrays.stream(type.getMethods())
                .filter(candidate -> candidate.getName().equals(one.function()))
                .findFirst()
                .orElseThrow();
        Object[] results =
            (Object[])
                method.invoke(null, one.arguments().stream().map(EmittedCodeRuns::array).toArray());
        for (int k = 0; k < results.length; k++) {
          Argument expected = one.expected().get(k);
          double[] entries = flat(results[k]);
          if (!hasShape(results[k], expected) || !close(entries, expected.value().entries())) {
            wrong.append(
                one.name()
                    + ": result "
                    + k
                    + " is "
                    + Arrays.toString(entries)
                    + ", not "
                    + expected.nested("[", "]")
                    + "\n");
          }
        }
      }
    }
    return wrong.toString();
  }

  private static void compile(List<Path> sources) throws IOException {
    JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      StringWriter messages = new StringWriter();
      List<String> options = List.of("-proc:none", "-encoding", "UTF-8");
      Iterable<? extends JavaFileObject> units = files.getJavaFileObjectsFromPaths(sources);
      boolean compiled = compiler.getTask(messages, files, null, options, null, units).call();
      assertTrue(compiled, messages::toString);
    }
  }

  private static Object array(Argument argument) {
    double[] entries = argument.value().entries();
    if (argument.rank() == 0) {
      return entries[0];
    }
    if (argument.rank() == 1) {
      return entries.clone();
    }
    double[][] rows = new double[argument.value().rows()][];
    for (int i = 0; i < rows.length; i++) {
      int columns = argument.value().columns();
      rows[i] = Arrays.copyOfRange(entries, i * columns, (i + 1) * columns);
    }
    return rows;
  }

  private static boolean hasShape(Object array, Argument expected) {
    return switch (array) {
      case Double number -> expected.rank() == 0;
      case double[] vector -> expected.rank() == 1;
      case double[][] matrix ->
          expected.rank() == 2
              && matrix.length == expected.value().rows()
              && matrix[0].length == expected.value().columns();
      default -> false;
    };
  }

  private static double[] flat(Object array) {
    return switch (array) {
      case Double number -> new double[] {number};
      case double[] vector -> vector;
      case double[][] matrix -> Arrays.stream(matrix).flatMapToDouble(Arrays::stream).toArray();
      default -> throw new IllegalStateException(array.getClass().getName());
    };
  }

  private boolean close(double[] actual, double[] expected) {
    double scale = Arrays.stream(expected).map(Math::abs).max().orElse(0);
    boolean close = actual.length == expected.length;
    for (int i = 0; close && i < actual.length; i++) {
      close = Math.abs(actual[i] - expected[i]) <= precision.tolerance() * (1 + scale);
    }
    return close;
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "'";
  }

  private String octaveMatrix(Argument argument) {
    String numbers = octaveNumbers(argument);
    return precision.type().equals("float32") ? "single(" + numbers + ")" : numbers;
  }

  private static String octaveNumbers(Argument argument) {
    Matcher rows = Pattern.compile("\\[([^\\[\\]]*)]").matcher(argument.nested("[", "]"));
    List<String> texts = new ArrayList<>();
    while (rows.find()) {
      texts.add(argument.rank() == 1 ? rows.group(1).replace(",", ";") : rows.group(1));
    }
    return texts.isEmpty()
        ? String.valueOf(argument.value().entries()[0])
        : "[" + String.join("; ", texts) + "]";
  }

  private static String list(List<Argument> arguments, Function<Argument, String> write) {
    return String.join(", ", arguments.stream().map(write).toList());
  }

  private static @Nullable String emitted(EmittedCase one, String target) {
    try {
      return one.result().emit(target);
    } catch (NotEmittableException e) {
      return null; // EmittedCodeTest.refusesByName() looks at these
    }
  }

  /** Skips the test if Python has no {@code module}. */
  static void assumeInstalled(String module) throws IOException, InterruptedException {
    assumeTrue(
        runs("/usr/bin/python3", "-c", "import numpy, " + module), module + " is not installed");
  }

  private static boolean runs(String... command) throws IOException, InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Returns what {@code command} prints before the line "done", which must be its last.
   *
   * @param folder where files may be written
   */
  static String output(Path folder, String... command) throws IOException, InterruptedException {
    Path errors = folder.resolve("errors.txt");
    Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return text.endsWith("done\n")
        ? text.substring(0, text.length() - "done\n".length())
        : text + String.join(" ", command) + " failed: " + Files.readString(errors);
  }

  private static String resource(String name) throws IOException {
    try (InputStream input = EmittedCodeRuns.class.getResourceAsStream("emit/" + name)) {
      return new String(Objects.requireNonNull(input).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
