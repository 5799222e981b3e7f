package gradsmith.cli;

import gradsmith.Options;
import gradsmith.source.Source;
import gradsmith.verify.Verification;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.cli.Option;

/** Judges formulas that were derived by hand. */
final class VerifyCommand implements Command {

  @Override
  public String name() {
    return "verify";
  }

  @Override
  public String operands() {
    return "PROGRAM 'dL/dW = …' …";
  }

  @Override
  public String summary() {
    return "is a formula right that was derived by hand?";
  }

  @Override
  public List<Option> options() {
    return List.of(
        CommandOptions.FILE,
        CommandOptions.FORMULAS,
        CommandOptions.OF,
        CommandOptions.RULES,
        CommandOptions.FORMAT,
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
    Options options = CommandOptions.derivation(arguments);
    Source program = ProgramInput.first(arguments, console);
    List<Source> formulas = formulas(arguments, console);
    Verification said =
        CommandOptions.gradsmith(arguments, console).verify(program, formulas, options);
    if (format == OutputFormat.JSON) {
      console.output().print(VerdictJson.render(said));
    } else {
      console.report(said.diagnostics(), format);
      console.output().print(new VerdictPage(format, console.terminal()).render(said.verdicts()));
    }
    return !said.isWhole()
        ? ExitStatus.WRONG_PROGRAM
        : said.isRight() ? ExitStatus.DONE : ExitStatus.CHECK_FAILED;
  }

  private static List<Source> formulas(Arguments arguments, Console console) throws UsageException {
    List<Source> formulas = new ArrayList<>();
    int program = arguments.has(CommandOptions.FILE) ? 0 : 1;
    for (String text : arguments.operands().subList(program, arguments.operands().size())) {
      formulas.add(new Source("", text));
    }
    for (String file : arguments.values(CommandOptions.FORMULAS)) {
      formulas.add(ProgramInput.read(file, console.input()));
    }
    if (formulas.isEmpty()) {
      throw new UsageException(
          "there is no formula to verify; try gradsmith verify \"L = x' A x\" \"dL/dx = 2 A x\"");
    }
    return formulas;
  }
}
