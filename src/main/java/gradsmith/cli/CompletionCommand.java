package gradsmith.cli;

import java.util.List;
import java.util.StringJoiner;
import org.apache.commons.cli.Option;

/** Writes the script with which a shell completes command lines, from the table of options. */
final class CompletionCommand implements Command {

  private static final List<String> SHELLS = List.of("bash", "zsh");

  @Override
  public String name() {
    return "completion";
  }

  @Override
  public String operands() {
    return "bash|zsh";
  }

  @Override
  public String summary() {
    return "a script that completes command lines in a shell";
  }

  @Override
  public List<Option> options() {
    return List.of(CommandOptions.HELP);
  }

  @Override
  public int run(Arguments arguments, Console console) throws UsageException {
    if (arguments.operands().size() != 1 || !SHELLS.contains(arguments.operands().getFirst())) {
      throw new UsageException(
          "gradsmith completion takes "
              + String.join(" or ", SHELLS)
              + ": put"
              + " eval \"$(gradsmith completion bash)\" into ~/.bashrc");
    }
    boolean bash = arguments.operands().getFirst().equals("bash");
    console.output().print(bash ? bash() : zsh());
    return ExitStatus.DONE;
  }

  private static String names() {
    StringJoiner names = new StringJoiner(" ");
    Commands.ALL.forEach(command -> names.add(command.name()));
    return names.toString();
  }

  private static boolean takesFile(Option option) {
    return "FILE".equals(option.getArgName());
  }

  private static boolean takesDirectory(Option option) {
    return "DIR".equals(option.getArgName());
  }

  private static String bash() {
    StringBuilder values = new StringBuilder();
    StringBuilder options = new StringBuilder();
    for (Command command : Commands.ALL) {
      StringJoiner words = new StringJoiner(" ");
      for (Option option : command.options()) {
        words.add("--" + option.getLongOpt());
      }
      options.append("    %s) words=\"%s\" ;;\n".formatted(command.name(), words));
    }
    for (Command command : Commands.ALL) {
      for (Option option : command.options()) {
        String line = bashValue(option);
        if (!line.isEmpty() && values.indexOf(line) < 0) {
          values.append(line);
        }
      }
    }
    return """
    # Completion of gradsmith's command lines for bash.
    _gradsmith() {
      local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command=derive words i
      for ((i = 1; i < COMP_CWORD; i++)); do
        case " COMMANDS " in *" ${COMP_WORDS[i]} "*) command=${COMP_WORDS[i]}; break ;; esac
      done
      if [[ $cur == = ]]; then cur=; elif [[ $prev == = ]]; then prev=${COMP_WORDS[COMP_CWORD-2]}; fi
      case $prev in
    VALUES    --let | [A-Za-z]*) [[ ${COMP_WORDS[*]} == *--let* ]] && COMPREPLY=($(compgen -f -- "$cur")) ;;
      esac
      [[ ${COMPREPLY[*]} ]] && return
      case $command in
    OPTIONS  esac
      if [[ $cur == -* ]]; then
        COMPREPLY=($(compgen -W "$words" -- "$cur"))
      elif ((COMP_CWORD == 1)); then
        COMPREPLY=($(compgen -W "COMMANDS" -- "$cur"))
      elif [[ $command == completion ]]; then
        COMPREPLY=($(compgen -W "bash zsh" -- "$cur"))
      fi
    }
    complete -F _gradsmith gradsmith ./gradsmith
    """
        .replace("VALUES", values.toString())
        .replace("OPTIONS", options.toString())
        .replace("COMMANDS", names());
  }

  private static String bashValue(Option option) {
    List<String> words = CommandOptions.words(option);
    String name = "--" + option.getLongOpt();
    String pattern = option.getOpt() == null ? name : "-" + option.getOpt() + " | " + name;
    String how =
        !words.isEmpty()
            ? "-W \"" + String.join(" ", words) + "\""
            : takesFile(option) ? "-f" : takesDirectory(option) ? "-d" : "";
    return how.isEmpty()
        ? ""
        : "    %s) COMPREPLY=($(compgen %s -- \"$cur\")); return ;;\n".formatted(pattern, how);
  }

  private static String zsh() {
    StringBuilder cases = new StringBuilder();
    for (Command command : Commands.ALL) {
      cases.append("    ").append(command.name()).append(") _arguments");
      for (Option option : command.options()) {
        String name = "--" + option.getLongOpt();
        String value = option.hasArg() ? ":" + option.getArgName() + ":" + zshValue(option) : "";
        String text = option.getDescription().replaceAll("[\\[\\]:']", "");
        cases.append(" \\\n      '").append(option.hasArg() ? "*" : "").append(name);
        cases.append(option.hasArg() ? "=" : "").append('[').append(text).append(']');
        cases.append(value).append('\'');
      }
      if (command instanceof CompletionCommand) {
        cases.append(" \\\n      '*:shell:(").append(String.join(" ", SHELLS)).append(")'");
      }
      cases.append(" ;;\n");
    }
    return """
    #compdef gradsmith
    # Completion of gradsmith's command lines for zsh.
    _gradsmith() {
      local command=derive
      if ((CURRENT == 2)) && [[ $words[2] != -* ]]; then
        compadd COMMANDS
        return
      fi
      [[ " COMMANDS " == *" $words[2] "* ]] && command=$words[2]
      case $command in
    CASES  esac
    }
    # As a file on fpath this is called when it is loaded; read by source it is declared.
    if [[ $funcstack[1] == _gradsmith ]]; then
      _gradsmith "$@"
    else
      compdef _gradsmith gradsmith
    fi
    """
        .replace("CASES", cases.toString())
        .replace("COMMANDS", names());
  }

  private static String zshValue(Option option) {
    List<String> words = CommandOptions.words(option);
    return !words.isEmpty()
        ? "(" + String.join(" ", words) + ")"
        : takesFile(option) || option == CommandOptions.LET
            ? "_files"
            : takesDirectory(option) ? "_directories" : "";
  }
}
