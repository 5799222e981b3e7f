package gradsmith.cli;

import java.util.List;
import org.apache.commons.cli.Option;

/** A subcommand. */
interface Command {

  /** Returns the word that selects it. */
  String name();

  /** Returns what follows the name, as in {@code PROGRAM [options]}. */
  String operands();

  /** Returns what it does, in one line. */
  String summary();

  /** Returns its options, in the order in which {@code --help} shows them. */
  List<Option> options();

  /** Returns what {@code --format} can be. */
  default List<OutputFormat> formats() {
    return List.of(OutputFormat.values());
  }

  /** Runs it and returns the exit status. */
  int run(Arguments arguments, Console console) throws UsageException;
}
