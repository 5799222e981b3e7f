package gradsmith.cli;

import gradsmith.Evaluation;
import gradsmith.Result;
import gradsmith.check.CheckReport;
import gradsmith.data.DataException;
import gradsmith.data.DataFiles;
import gradsmith.data.MisfitException;
import gradsmith.data.NdArray;
import gradsmith.expr.Variable;
import gradsmith.language.Program;
import gradsmith.language.Spelling;
import gradsmith.render.Notation;
import gradsmith.source.AsciiText;
import gradsmith.source.Diagnostic;
import gradsmith.source.Source;
import gradsmith.source.Span;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.cli.Option;
import org.jspecify.annotations.Nullable;

/** Computes a value and its derivatives on the user's own numbers. */
final class EvalCommand implements Command {

  @Override
  public String name() {
    return "eval";
  }

  @Override
  public String operands() {
    return "PROGRAM --let X=data.csv …";
  }

  @Override
  public String summary() {
    return "the value and the gradients on your own data";
  }

  @Override
  public List<Option> options() {
    return List.of(
        CommandOptions.FILE,
        CommandOptions.LET,
        CommandOptions.OUT,
        CommandOptions.OF,
        CommandOptions.WRT,
        CommandOptions.JACOBIAN,
        CommandOptions.HESSIAN,
        CommandOptions.HVP,
        CommandOptions.FORMAT,
        CommandOptions.RULES,
        CommandOptions.CHECK,
        CommandOptions.NO_CHECK,
        CommandOptions.SEED,
        CommandOptions.TRIALS,
        CommandOptions.HELP);
  }

  @Override
  public List<OutputFormat> formats() {
    return List.of(OutputFormat.TEXT, OutputFormat.ASCII, OutputFormat.JSON);
  }

  @Override
  public int run(Arguments arguments, Console console) throws UsageException {
    OutputFormat format = CommandOptions.format(arguments);
    Source source = ProgramInput.only(arguments, console);
    Map<String, String> texts = texts(arguments);
    Result result =
        CommandOptions.gradsmith(arguments, console)
            .derive(source, CommandOptions.derivation(arguments));
    CheckReport check = result.check();
    if (check != null && !check.failures().isEmpty()) {
      console.report(
          List.of(
              Diagnostic.error(
                  source.whole(), "the formulas fail their check", "gradsmith derive shows where")),
          format);
      return ExitStatus.CHECK_FAILED;
    }
    Map<String, NdArray> arrays = arrays(texts, result);
    Evaluation evaluation;
    try {
      evaluation = result.evaluateArrays(arrays);
    } catch (MisfitException e) {
      console.report(e.diagnostics(), format);
      return ExitStatus.WRONG_PROGRAM;
    }
    Program program = result.derivation().program();
    List<Diagnostic> warnings = new ArrayList<>(result.diagnostics());
    for (String unanswered : result.derivation().unanswered()) {
      warnings.add(Diagnostic.warning(source.whole(), unanswered, null));
    }
    if (!evaluation.missing().isEmpty()) {
      warnings.add(missing(source, evaluation.missing(), program));
    }
    warnings.addAll(notFinite(source, evaluation, program.values()));
    String directory = arguments.value(CommandOptions.OUT);
    List<Path> files =
        directory == null ? List.of() : write(directory, evaluation, program.values(), texts);
    if (format == OutputFormat.JSON) {
      console
          .output()
          .print(
              directory == null
                  ? EvaluationJson.render(evaluation, program, warnings)
                  : EvaluationJson.render(files, warnings));
      return ExitStatus.DONE;
    }
    console.report(warnings, format);
    if (directory == null) {
      console
          .output()
          .print(
              new EvaluationPage(format, console.terminal()).render(evaluation, program.values()));
    }
    files.forEach(console.output()::println);
    return ExitStatus.DONE;
  }

  private static Map<String, String> texts(Arguments arguments) throws UsageException {
    Map<String, String> texts = new LinkedHashMap<>();
    for (String let : arguments.values(CommandOptions.LET)) {
      int equals = let.indexOf('=');
      String name = equals < 0 ? "" : let.substring(0, equals).strip();
      String text = let.substring(equals + 1).strip();
      if (name.isEmpty() || text.isEmpty()) {
        throw new UsageException(
            "--let takes a name and its value, as in --let X=data.csv, not "
                + Arguments.quoted(let));
      }
      if (texts.put(name, text) != null) {
        throw new UsageException("--let " + name + " is given twice");
      }
    }
    return texts;
  }

  private static Map<String, NdArray> arrays(Map<String, String> texts, Result result)
      throws UsageException {
    Set<String> variables = new LinkedHashSet<>();
    result.inputs().forEach(variable -> variables.add(variable.name()));
    Set<String> names = new LinkedHashSet<>(variables);
    names.addAll(result.derivation().program().dimensions());
    Map<String, NdArray> arrays = new LinkedHashMap<>();
    for (Map.Entry<String, String> text : texts.entrySet()) {
      String ascii = AsciiText.name(text.getKey());
      String name =
          names.stream()
              .filter(known -> AsciiText.name(known).equals(ascii))
              .findFirst()
              .orElseThrow(() -> new UsageException(unknown(text.getKey(), variables)));
      try {
        arrays.put(name, DataFiles.read(text.getValue()));
      } catch (DataException e) {
        throw new UsageException(
            "--let " + text.getKey() + "=" + text.getValue() + ": " + e.sentence());
      }
    }
    return arrays;
  }

  private static String unknown(String name, Set<String> names) {
    String nearest = Spelling.nearest(name, names);
    return "the value has no variable "
        + name
        + (nearest == null
            ? "; its variables are " + String.join(", ", names)
            : "; did you mean " + nearest + "?");
  }

  /** A layer has values without the gradients by them, and no gradients. */
  private static Diagnostic missing(Source source, List<Variable> missing, Program program) {
    List<String> names = missing.stream().map(Variable::name).toList();
    List<String> values =
        program.given().stream()
            .filter(given -> missing.contains(given.cotangent()))
            .map(given -> given.value().name())
            .toList();
    return Diagnostic.warning(
        source.whole(),
        "the gradients need "
            + String.join(" and ", names)
            + ", the gradient of a loss by "
            + String.join(" and by ", values),
        "give it: --let " + names.getFirst() + "=FILE.csv");
  }

  private static List<Diagnostic> notFinite(
      Source source, Evaluation evaluation, List<Variable> values) {
    List<String> names = new ArrayList<>();
    for (Variable value : values) {
      if (!evaluation.values(value.name()).isFinite()) {
        names.add(value.name());
      }
    }
    for (Evaluation.Computed computed : evaluation.derivatives()) {
      if (!computed.numbers().isFinite()) {
        names.add(Notation.ASCII.name(computed.derivative()));
      }
    }
    if (names.isEmpty()) {
      return List.of();
    }
    Span whole = source.whole();
    return List.of(
        Diagnostic.warning(
            whole,
            "at these numbers not every entry of " + String.join(", ", names) + " is finite",
            evaluation.notFinite()));
  }

  private static List<Path> write(
      String directory, Evaluation evaluation, List<Variable> values, Map<String, String> texts)
      throws UsageException {
    List<Path> files = new ArrayList<>();
    try {
      Path folder = Files.createDirectories(Path.of(directory));
      boolean anyNpy = texts.values().stream().anyMatch(EvalCommand::isNpy);
      for (Variable value : values) {
        NdArray numbers = evaluation.values(value.name());
        boolean npy = numbers.rank() > 0 && anyNpy;
        files.add(DataFiles.write(folder, value.name(), numbers, npy));
      }
      for (Evaluation.Computed computed : evaluation.derivatives()) {
        String name = Notation.ASCII.name(computed.derivative()).replaceAll("[^\\p{Alnum}_]+", "_");
        boolean npy = isNpy(texts.get(computed.derivative().variable().name()));
        files.add(DataFiles.write(folder, name.replaceAll("_$", ""), computed.numbers(), npy));
      }
    } catch (FileAlreadyExistsException e) {
      throw new UsageException("cannot write to " + directory + ": it is a file, not a directory");
    } catch (AccessDeniedException e) {
      throw new UsageException("cannot write to " + directory + ": permission denied");
    } catch (IOException | InvalidPathException e) {
      throw new UsageException("cannot write to " + directory + ": " + e.getMessage());
    }
    return files;
  }

  private static boolean isNpy(@Nullable String text) {
    return text != null && text.endsWith(DataFiles.NPY);
  }
}
