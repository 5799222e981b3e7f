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
          new CompletionCommand());

  private Commands() {}

  static @Nullable Command find(String name) {
    for (Command command : ALL) {
      if (command.name().equals(name)) {
        return command;
      }
    }
    return null;
  }
}
