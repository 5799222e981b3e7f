package gradsmith.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.commons.cli.Option;

/** Answers line by line; an error does not end it. */
final class ReplCommand implements Command {

  @Override
  public String name() {
    return "repl";
  }

  @Override
  public String operands() {
    return "";
  }

  @Override
  public String summary() {
    return "interactive: a program line by line";
  }

  @Override
  public List<Option> options() {
    return List.of(CommandOptions.RULES, CommandOptions.HELP);
  }

  @Override
  public int run(Arguments arguments, Console console) throws UsageException {
    if (!arguments.operands().isEmpty()) {
      throw new UsageException(
          "the program is typed at the prompt; what is "
              + Arguments.quoted(arguments.operands().getFirst())
              + "?");
    }
    Session session =
        new Session(
            CommandOptions.gradsmith(arguments, console),
            arguments.values(CommandOptions.RULES),
            console);
    try {
      if (console.terminal().input()) {
        Prompt.run(session, console);
      } else {
        lines(session, console);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ExitStatus.DONE;
  }

  /** Without a terminal, lines are answered as they come. */
  private static void lines(Session session, Console console) throws IOException {
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(console.input(), StandardCharsets.UTF_8));
    String entry = reader.readLine();
    while (entry != null && !session.isEnded()) {
      String next = reader.readLine();
      while (next != null && Session.continues(entry, next)) {
        entry += "\n" + next;
        next = reader.readLine();
      }
      session.accept(entry);
      entry = next;
    }
  }
}
