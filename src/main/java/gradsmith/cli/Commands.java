package gradsmith.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The subcommands. */
final class Commands {

  /** The one that is meant where none is named. */
  static final Command DEFAULT = new DeriveCommand();

  static final List<Command> ALL =
      List.of(
          DEFAULT,
          new VerifyCommand(),
          new EvalCommand(),
          new RulesCommand(),
          new ReplCommand(),
          new CompletionCommand(),
          new HelpCommand());

  private Commands() {}

  static List<String> names() {
    return ALL.stream().map(Command::name).toList();
  }

  static @Nullable Command find(String name) {
    for (Command command : ALL) {
      if (command.name().equals(name)) {
        return command;
      }
    }
    return null;
  }
}
