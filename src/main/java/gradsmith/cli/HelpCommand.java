package gradsmith.cli;

import gradsmith.language.Spelling;
import java.util.List;
import org.apache.commons.cli.Option;

/** Shows how gradsmith, or one of its subcommands, is used. */
final class HelpCommand implements Command {

  @Override
  public String name() {
    return "help";
  }

  @Override
  public String operands() {
    return "[COMMAND]";
  }

  @Override
  public String summary() {
    return "this page, or that of a command";
  }

  @Override
  public List<Option> options() {
    return List.of(CommandOptions.HELP);
  }

  @Override
  public int run(Arguments arguments, Console console) throws UsageException {
    List<String> operands = arguments.operands();
    if (operands.size() > 1) {
      throw new UsageException("one command is expected, not " + operands.size());
    }
    String name = operands.isEmpty() ? Commands.DEFAULT.name() : operands.getFirst();
    Command command = Commands.find(name);
    if (command == null) {
      throw new UsageException("there is no command " + name + hint(name));
    }
    console.output().print(HelpPage.text(command));
    return ExitStatus.DONE;
  }

  private static String hint(String name) {
    String nearest = Spelling.nearest(name, Commands.names());
    return nearest == null
        ? "; gradsmith --help lists what there is"
        : "; did you mean " + nearest + "?";
  }
}
