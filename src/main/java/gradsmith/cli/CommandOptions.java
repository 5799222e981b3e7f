package gradsmith.cli;

import gradsmith.Gradsmith;
import gradsmith.Options;
import gradsmith.emit.Target;
import gradsmith.render.Form;
import gradsmith.source.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.cli.Option;
import org.jspecify.annotations.Nullable;

/** The options of all subcommands, each stated once. */
final class CommandOptions {

  static final Option FILE =
      option("f", "file", "FILE", "read the program from FILE (- is standard input)");
  static final Option FORMULAS =
      option("formulas", "FILE", "read formulas from FILE (- is standard input)");
  static final Option RULES =
      option("rules", "FILE", "know the functions and identities of FILE as well");
  static final Option LET =
      option("let", "X=DATA", "X is a .csv or .npy file, a number, or [1, 2; 3, 4]");
  static final Option OUT = option("out", "DIR", "write each result to a file in DIR");
  static final Option OF = option("of", "NAMES", "differentiate these values: --of Y,S");
  static final Option WRT = option("wrt", "NAMES", "differentiate by these: --wrt X,W1");
  static final Option JACOBIAN = option("jacobian", "NAMES", "give the Jacobian by these");
  static final Option HESSIAN =
      option("hessian", "NAMES", "give the Hessian by x, or with x,y a mixed block");
  static final Option HVP =
      option("hvp", "NAMES", "give the Hessian times a direction v_x, for each name");
  static final Option STEPS = option("steps", null, "show the whole derivation, a line a step");
  static final Option FORM =
      option("form", "FORM", "closed: one formula each; backprop: named parts; auto");
  static final Option FORMAT = option("format", "FORMAT", "how the answer is written");
  static final Option OPEN = option("open", null, "show the HTML page in the browser");
  static final Option EMIT =
      option("emit", "LANGUAGE", "a function instead: " + String.join(", ", Target.NAMES));
  static final Option EXPLAIN_SHAPES =
      option("explain-shapes", null, "say where the shape of every name comes from");
  static final Option CHECK = option("check", null, "check numerically (the default)");
  static final Option NO_CHECK = option("no-check", null, "do not check");
  static final Option SEED = option("seed", "N", "decides the random draws of the check (1)");
  static final Option TRIALS = option("trials", "N", "how many draws to compare (5)");
  static final Option HELP = option("h", "help", null, "show this");
  static final Option VERSION = option("version", null, "show the version");

  private static final int MOST_TRIALS = 1_000_000;

  private CommandOptions() {}

  private static Option option(String name, @Nullable String argument, String description) {
    return option(null, name, argument, description);
  }

  private static Option option(
      @Nullable String letter, String name, @Nullable String argument, String description) {
    Option option = new Option(letter, name, argument != null, description);
    if (argument != null) {
      option.setArgName(argument);
    }
    return option;
  }

  /** Returns the words that {@code option} takes, if they are few. */
  static List<String> words(Option option) {
    if (option == EMIT) {
      return Target.NAMES;
    }
    List<String> words = new ArrayList<>();
    for (Enum<?> value :
        option == FORMAT
            ? OutputFormat.values()
            : option == FORM ? Form.values() : new Enum<?>[0]) {
      words.add(value.name().toLowerCase(Locale.ROOT));
    }
    return words;
  }

  /** Reads what is to be derived and how it is to be checked. */
  static Options derivation(Arguments arguments) throws UsageException {
    if (arguments.has(CHECK) && arguments.has(NO_CHECK)) {
      throw new UsageException("--check and --no-check exclude each other");
    }
    List<List<String>> blocks = arguments.lists(HESSIAN);
    for (List<String> block : blocks) {
      if (block.size() > 2) {
        throw new UsageException(
            "--hessian takes one name, or two for a mixed block, as in --hessian x,y");
      }
    }
    return new Options(
        arguments.names(OF),
        arguments.names(WRT),
        arguments.names(JACOBIAN),
        blocks,
        arguments.names(HVP),
        !arguments.has(NO_CHECK),
        arguments.number(SEED, 1, Long.MIN_VALUE, Long.MAX_VALUE),
        (int) arguments.number(TRIALS, 5, 1, MOST_TRIALS));
  }

  /** Makes what derives, with the user's own rules. */
  static Gradsmith gradsmith(Arguments arguments, Console console) throws UsageException {
    List<Source> rules = new ArrayList<>();
    for (String file : arguments.values(RULES)) {
      rules.add(ProgramInput.read(file, console.input()));
    }
    return new Gradsmith(rules);
  }

  static OutputFormat format(Arguments arguments) throws UsageException {
    List<OutputFormat> formats = arguments.command().formats();
    return arguments.choice(FORMAT, formats, OutputFormat.TEXT);
  }

  static Form form(Arguments arguments) throws UsageException {
    return arguments.choice(FORM, List.of(Form.values()), Form.AUTO);
  }
}
