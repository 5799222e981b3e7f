package gradsmith.cli;

import gradsmith.Gradsmith;
import gradsmith.Result;
import gradsmith.check.CheckReport;
import gradsmith.render.JsonRenderer;
import gradsmith.render.Notation;
import gradsmith.render.TextRenderer;
import gradsmith.source.Diagnostic;
import gradsmith.source.DiagnosticRenderer;
import gradsmith.source.ProgramException;
import gradsmith.source.Source;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The command {@code gradsmith}. */
public final class Main {

  private static final int LONGEST_ECHO = 24;

  private final InputStream input;
  private final PrintStream output;
  private final PrintStream errors;
  private final Terminal terminal;

  private Main(InputStream input, PrintStream output, PrintStream errors, Terminal terminal) {
    this.input = input;
    this.output = output;
    this.errors = errors;
    this.terminal = terminal;
  }

  /** Runs the command and ends the process with its exit status. */
  public static void main(String[] arguments) {
    PrintStream output = stream(FileDescriptor.out);
    PrintStream errors = stream(FileDescriptor.err);
    int status = new Main(System.in, output, errors, Terminal.ofProcess()).run(arguments);
    output.flush();
    errors.flush();
    System.exit(status);
  }

  /** Formulas are UTF-8 whatever the platform's charset. */
  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(
        new java.io.BufferedOutputStream(new FileOutputStream(descriptor)),
        false,
        StandardCharsets.UTF_8);
  }

  private int run(String[] arguments) {
    CommandLine line;
    try {
      line = CommandLine.parse(arguments);
    } catch (UsageException e) {
      return usage(e);
    }
    if (line.help()) {
      output.print(HelpPage.text());
      return ExitStatus.DONE;
    }
    if (line.version()) {
      output.println("gradsmith " + HelpPage.version());
      return ExitStatus.DONE;
    }
    try {
      return derive(line);
    } catch (UsageException e) {
      return usage(e);
    } catch (ProgramException e) {
      report(e.diagnostics(), line);
      return ExitStatus.WRONG_PROGRAM;
    } catch (OutOfMemoryError e) {
      errors.println("error: the program is too large for the memory of this process");
      return ExitStatus.WRONG_PROGRAM;
    } catch (RuntimeException | StackOverflowError e) {
      errors.println("error: this is a bug in gradsmith: " + e);
      errors.println("  at " + (e.getStackTrace().length == 0 ? "?" : e.getStackTrace()[0]));
      errors.println("  please report it with the program that you typed");
      return ExitStatus.BUG;
    }
  }

  private int usage(UsageException e) {
    errors.println("gradsmith: " + e.getMessage());
    return ExitStatus.WRONG_COMMAND_LINE;
  }

  private int derive(CommandLine line) throws UsageException {
    Source source = ProgramInput.read(line, input);
    Result result = new Gradsmith().derive(source, line.options());
    if (line.format() == OutputFormat.JSON) {
      output.print(
          JsonRenderer.render(
              result.derivation(), line.form(), result.check(), line.explainShapes()));
    } else {
      report(result.derivation().program().notes(), line);
      print(source, line, result);
    }
    CheckReport check = result.check();
    return check == null || check.failures().isEmpty() ? ExitStatus.DONE : ExitStatus.CHECK_FAILED;
  }

  private void print(Source source, CommandLine line, Result result) {
    Notation notation = line.format() == OutputFormat.ASCII ? Notation.ASCII : Notation.UNICODE;
    TextRenderer renderer = new TextRenderer(notation, terminal.width(), terminal.outputColor());
    String text = source.text().strip();
    if (text.lines().limit(LONGEST_ECHO + 1).count() <= LONGEST_ECHO) {
      output.println(text);
      output.println();
    }
    output.print(renderer.render(result.derivation(), line.form(), result.check()));
    if (line.explainShapes()) {
      output.println();
      output.print(renderer.explainShapes(result.derivation()));
    }
  }

  private void report(List<Diagnostic> diagnostics, CommandLine line) {
    boolean failed = false;
    for (Diagnostic diagnostic : diagnostics) {
      failed |= diagnostic.severity() == Diagnostic.Severity.ERROR;
    }
    if (line.format() == OutputFormat.JSON) {
      output.print(JsonRenderer.render(diagnostics));
      return;
    }
    DiagnosticRenderer renderer = new DiagnosticRenderer(terminal.width(), terminal.errorColor());
    for (Diagnostic diagnostic : diagnostics) {
      if (failed || diagnostic.severity() != Diagnostic.Severity.NOTE) {
        errors.print(renderer.render(diagnostic));
      }
    }
    errors.flush(); // before the answer, where both go to one terminal
  }
}
