package gradsmith.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.commons.cli.Option;

/** What {@code --help} and {@code --version} show. */
final class HelpPage {

  private static final String HEAD =
      """
      Usage: gradsmith PROGRAM [options]
             gradsmith -f FILE [options]
             gradsmith COMMAND …

      Derives the gradients of a scalar by the matrices and vectors that it depends on,
      as formulas, and checks them numerically.

        gradsmith 'L = CE(softmax(relu(X W1) + X) W2, Y)'
        gradsmith "||A x - b||^2" --wrt x
        gradsmith "A : (n, n) symmetric; x' A x"

      """;

  private static final String FOOT =
      """

      An argument that is no option is the program, even if it starts with -; -- ends
      the options. Exit status: 0 done, 1 the program is wrong, 2 the command line is
      wrong, 3 a check failed, 70 a bug in gradsmith, 74 the output could not be
      written.
      """;

  private HelpPage() {}

  static String text(Command command) {
    StringBuilder text = new StringBuilder();
    if (command == Commands.DEFAULT) {
      text.append(HEAD).append("Commands:\n");
      for (Command other : Commands.ALL) {
        text.append("  %-22s%s%n".formatted(other.name(), other.summary()));
      }
    } else {
      text.append("Usage: ").append(usage(command)).append('\n');
      text.append("\n%s%n".formatted(command.summary()));
    }
    text.append("\nOptions:\n");
    for (Option option : command.options()) {
      StringBuilder left = new StringBuilder("  ");
      left.append(option.getOpt() == null ? "    " : "-" + option.getOpt() + ", ");
      left.append("--").append(option.getLongOpt());
      left.append(option.hasArg() ? " " + option.getArgName() : "");
      text.append(left).append(" ".repeat(Math.max(1, 24 - left.length())));
      text.append(
          option == CommandOptions.FORMAT
              ? OutputFormat.words(command.formats())
              : option.getDescription());
      text.append('\n');
    }
    return text.append(FOOT).toString();
  }

  /** Returns how {@code command} is typed. */
  static String usage(Command command) {
    return "gradsmith %s %s".formatted(command.name(), command.operands()).strip();
  }

  /** Returns the version that the build wrote down. */
  static String version() {
    try (InputStream input = HelpPage.class.getResourceAsStream("version.txt")) {
      return input == null ? "?" : new String(input.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
