package gradsmith.cli;

import gradsmith.Gradsmith;
import gradsmith.Result;
import gradsmith.check.CheckReport;
import gradsmith.render.Form;
import gradsmith.render.JsonRenderer;
import gradsmith.render.Notation;
import gradsmith.render.TextRenderer;
import gradsmith.source.Source;
import java.util.List;
import org.apache.commons.cli.Option;

/** Derives and prints. */
final class DeriveCommand implements Command {

  private static final int LONGEST_ECHO = 24;

  @Override
  public String name() {
    return "derive";
  }

  @Override
  public String operands() {
    return "PROGRAM [options]";
  }

  @Override
  public String summary() {
    return "the gradients of a program, checked";
  }

  @Override
  public List<Option> options() {
    return List.of(
        CommandOptions.FILE,
        CommandOptions.WRT,
        CommandOptions.JACOBIAN,
        CommandOptions.HESSIAN,
        CommandOptions.HVP,
        CommandOptions.FORM,
        CommandOptions.FORMAT,
        CommandOptions.EXPLAIN_SHAPES,
        CommandOptions.CHECK,
        CommandOptions.NO_CHECK,
        CommandOptions.SEED,
        CommandOptions.TRIALS,
        CommandOptions.HELP,
        CommandOptions.VERSION);
  }

  @Override
  public int run(Arguments arguments, Console console) throws UsageException {
    OutputFormat format = CommandOptions.format(arguments);
    Form form = CommandOptions.form(arguments);
    Source source = ProgramInput.only(arguments, console);
    Result result = new Gradsmith().derive(source, CommandOptions.derivation(arguments));
    boolean explain = arguments.has(CommandOptions.EXPLAIN_SHAPES);
    if (format == OutputFormat.JSON) {
      console
          .output()
          .print(JsonRenderer.render(result.derivation(), form, result.check(), explain));
    } else {
      console.report(result.derivation().program().notes(), format);
      print(source, result, format, form, explain, console);
    }
    CheckReport check = result.check();
    return check == null || check.failures().isEmpty() ? ExitStatus.DONE : ExitStatus.CHECK_FAILED;
  }

  private static void print(
      Source source,
      Result result,
      OutputFormat format,
      Form form,
      boolean explain,
      Console console) {
    Notation notation = format == OutputFormat.ASCII ? Notation.ASCII : Notation.UNICODE;
    TextRenderer renderer =
        new TextRenderer(notation, console.terminal().width(), console.terminal().outputColor());
    String text = source.text().strip();
    if (text.lines().limit(LONGEST_ECHO + 1).count() <= LONGEST_ECHO) {
      console.output().println(text);
      console.output().println();
    }
    console.output().print(renderer.render(result.derivation(), form, result.check()));
    if (explain) {
      console.output().println();
      console.output().print(renderer.explainShapes(result.derivation()));
    }
  }
}
