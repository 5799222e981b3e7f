package gradsmith.cli;

import gradsmith.Gradsmith;
import gradsmith.Result;
import gradsmith.check.CheckReport;
import gradsmith.derive.Steps;
import gradsmith.emit.NotEmittableException;
import gradsmith.emit.Target;
import gradsmith.render.Form;
import gradsmith.render.HtmlRenderer;
import gradsmith.render.JsonRenderer;
import gradsmith.render.LatexRenderer;
import gradsmith.render.Notation;
import gradsmith.render.TextRenderer;
import gradsmith.source.Source;
import java.util.List;
import org.apache.commons.cli.Option;
import org.jspecify.annotations.Nullable;

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
        CommandOptions.OF,
        CommandOptions.WRT,
        CommandOptions.JACOBIAN,
        CommandOptions.HESSIAN,
        CommandOptions.HVP,
        CommandOptions.STEPS,
        CommandOptions.FORM,
        CommandOptions.FORMAT,
        CommandOptions.OPEN,
        CommandOptions.EMIT,
        CommandOptions.EXPLAIN_SHAPES,
        CommandOptions.RULES,
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
    rejectUnused(arguments, format);
    Form form = CommandOptions.form(arguments);
    String target = arguments.word(CommandOptions.EMIT, Target.NAMES);
    Source source = ProgramInput.only(arguments, console);
    Gradsmith gradsmith = CommandOptions.gradsmith(arguments, console);
    Result result = gradsmith.derive(source, CommandOptions.derivation(arguments));
    if (target != null) {
      return emit(result, target, source, console, format);
    }
    boolean explain = arguments.has(CommandOptions.EXPLAIN_SHAPES);
    boolean open = arguments.has(CommandOptions.OPEN);
    format = open ? OutputFormat.HTML : format;
    Steps steps =
        arguments.has(CommandOptions.STEPS) || format == OutputFormat.HTML
            ? gradsmith.steps(source, CommandOptions.derivation(arguments))
            : null;
    if (format == OutputFormat.JSON) {
      console
          .output()
          .print(JsonRenderer.render(result.derivation(), form, result.check(), explain, steps));
    } else if (format == OutputFormat.HTML && steps != null) {
      String page = HtmlRenderer.render(source, result.derivation(), form, steps, result.check());
      console.report(result.derivation().program().notes(), format);
      if (open) {
        Browser.open(page, console);
      } else {
        console.output().print(page);
      }
    } else if (format == OutputFormat.LATEX) {
      console.report(result.derivation().program().notes(), format);
      console
          .output()
          .print(LatexRenderer.render(result.derivation(), form, steps, result.check()));
    } else {
      console.report(result.derivation().program().notes(), format);
      print(source, result, format, form, explain, steps, console);
    }
    CheckReport check = result.check();
    return check == null || check.failures().isEmpty() ? ExitStatus.DONE : ExitStatus.CHECK_FAILED;
  }

  /** What would have no effect is not what was meant. */
  private static void rejectUnused(Arguments arguments, OutputFormat format) throws UsageException {
    boolean page = format == OutputFormat.LATEX || format == OutputFormat.HTML;
    if (arguments.has(CommandOptions.EMIT)) {
      for (Option option :
          List.of(
              CommandOptions.STEPS,
              CommandOptions.FORM,
              CommandOptions.OPEN,
              CommandOptions.EXPLAIN_SHAPES)) {
        if (arguments.has(option)) {
          throw apart("--emit", "--" + option.getLongOpt());
        }
      }
      if (page) {
        throw apart("--emit", "--format " + arguments.value(CommandOptions.FORMAT));
      }
    }
    if (arguments.has(CommandOptions.OPEN)
        && arguments.has(CommandOptions.FORMAT)
        && format != OutputFormat.HTML) {
      throw apart("--open", "--format " + arguments.value(CommandOptions.FORMAT));
    }
    if (arguments.has(CommandOptions.EXPLAIN_SHAPES)
        && (page || arguments.has(CommandOptions.OPEN))) {
      throw apart(
          "--explain-shapes",
          page ? "--format " + arguments.value(CommandOptions.FORMAT) : "--open");
    }
  }

  private static UsageException apart(String option, String other) {
    return new UsageException(option + " and " + other + " do not go together");
  }

  /** What failed the check is not emitted. */
  private static int emit(
      Result result, String target, Source source, Console console, OutputFormat format) {
    boolean json = format == OutputFormat.JSON;
    if (!json) {
      console.report(result.diagnostics(), format);
    }
    CheckReport check = result.check();
    if (check != null && !check.failures().isEmpty()) {
      if (json) {
        console
            .output()
            .print(JsonRenderer.render(result.derivation(), Form.AUTO, check, false, null));
      } else {
        print(source, result, format, Form.AUTO, false, null, console);
      }
      return ExitStatus.CHECK_FAILED;
    }
    try {
      String code = result.emit(target);
      console
          .output()
          .print(json ? JsonRenderer.render(target, code, result.derivation(), check) : code);
      return ExitStatus.DONE;
    } catch (NotEmittableException e) {
      console.report(List.of(e.diagnostic()), format);
      return ExitStatus.WRONG_PROGRAM;
    }
  }

  private static void print(
      Source source,
      Result result,
      OutputFormat format,
      Form form,
      boolean explain,
      @Nullable Steps steps,
      Console console) {
    Notation notation = format.notation();
    TextRenderer renderer =
        new TextRenderer(notation, console.terminal().width(), console.terminal().outputColor());
    String text = source.text().strip();
    if (console.echo()
        && notation.canWrite(text)
        && text.lines().limit(LONGEST_ECHO + 1).count() <= LONGEST_ECHO) {
      console.output().println(notation.text(text));
      console.output().println();
    }
    console
        .output()
        .print(
            steps == null
                ? renderer.render(result.derivation(), form, result.check())
                : renderer.render(result.derivation(), form, steps, result.check()));
    if (explain) {
      console.output().println();
      console.output().print(renderer.explainShapes(result.derivation()));
    }
  }
}
