package gradsmith.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The command {@code gradsmith}. */
public final class Main {

  /** Who reads the output of a pipe may stop when it has seen enough. */
  private static final String READER_HAS_GONE = "Broken pipe";

  private Main() {}

  /** Runs the command and ends the process with its exit status. */
  public static void main(String[] arguments) {
    StandardStream standardOutput = new StandardStream(FileDescriptor.out);
    StandardStream standardError = new StandardStream(FileDescriptor.err);
    PrintStream output = printer(standardOutput);
    PrintStream errors = printer(standardError);
    int status =
        run(
            arguments,
            new Console(System.in, output, errors, Terminal.ofProcess(), /* echo= */ true));
    output.flush();
    IOException failure = standardOutput.failure();
    if (failure != null && !READER_HAS_GONE.equals(failure.getMessage())) {
      errors.println("gradsmith: cannot write to standard output: " + failure.getMessage());
    }
    errors.flush();
    boolean lost = failure != null || standardError.failure() != null;
    System.exit(lost && status == ExitStatus.DONE ? ExitStatus.NOT_WRITTEN : status);
  }

  /** Formulas are UTF-8 whatever the platform's charset. */
  private static PrintStream printer(OutputStream stream) {
    return new PrintStream(new BufferedOutputStream(stream), false, StandardCharsets.UTF_8);
  }

  /** Runs the command and returns its exit status; whatever is wrong is said, not thrown. */
  static int run(String[] typed, Console console) {
    OutputFormat format = Arguments.asksForJson(typed) ? OutputFormat.JSON : OutputFormat.TEXT;
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
      return arguments.command().run(arguments, console);
    } catch (UsageException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
      return Failure.of(e).report(console, format);
    }
  }
}
