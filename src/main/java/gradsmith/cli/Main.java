package gradsmith.cli;

import gradsmith.source.ProgramException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The command {@code gradsmith}. */
public final class Main {

  private Main() {}

  /** Runs the command and ends the process with its exit status. */
  public static void main(String[] arguments) {
    PrintStream output = stream(FileDescriptor.out);
    PrintStream errors = stream(FileDescriptor.err);
    int status =
        run(
            arguments,
            new Console(System.in, output, errors, Terminal.ofProcess(), /* echo= */ true));
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

  /** Runs the command and returns its exit status; whatever is wrong is said, not thrown. */
  static int run(String[] typed, Console console) {
    OutputFormat format = OutputFormat.TEXT;
    try {
      Arguments arguments = Arguments.parse(typed);
      if (arguments.has(CommandOptions.HELP)) {
        console.output().print(HelpPage.text(arguments.command()));
        return ExitStatus.DONE;
      }
      if (arguments.has(CommandOptions.VERSION)) {
        console.output().println("gradsmith " + HelpPage.version());
        return ExitStatus.DONE;
      }
      format = CommandOptions.format(arguments);
      return arguments.command().run(arguments, console);
    } catch (UsageException e) {
      console.errors().println("gradsmith: " + e.getMessage());
      return ExitStatus.WRONG_COMMAND_LINE;
    } catch (ProgramException e) {
      console.report(e.diagnostics(), format);
      return ExitStatus.WRONG_PROGRAM;
    } catch (OutOfMemoryError e) {
      console.errors().println("error: the program is too large for the memory of this process");
      return ExitStatus.WRONG_PROGRAM;
    } catch (RuntimeException | StackOverflowError e) {
      PrintStream errors = console.errors();
      errors.println("error: this is a bug in gradsmith: " + e);
      errors.println("  at " + (e.getStackTrace().length == 0 ? "?" : e.getStackTrace()[0]));
      errors.println("  please report it with the program that you typed");
      return ExitStatus.BUG;
    }
  }
}
