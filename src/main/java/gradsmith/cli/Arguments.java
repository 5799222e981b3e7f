package gradsmith.cli;

import gradsmith.language.Spelling;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.MissingArgumentException;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;
import org.apache.commons.cli.UnrecognizedOptionException;
import org.jspecify.annotations.Nullable;

/** What the user typed: the subcommand, its options and its operands. */
final class Arguments {

  /** What is written as an option is, known or not. */
  private static final Pattern OPTION = Pattern.compile("--[a-z][a-z-]{0,30}(=.*)?");

  private final Command command;
  private final CommandLine line;
  private final List<String> operands;

  private Arguments(Command command, CommandLine line, List<String> operands) {
    this.command = command;
    this.line = line;
    this.operands = operands;
  }

  /** Reads the arguments of the process. */
  static Arguments parse(String[] arguments) throws UsageException {
    Options known = known();
    List<String> options = new ArrayList<>();
    List<String> operands = new ArrayList<>();
    List<String> verbatim = split(arguments, known, options, operands);
    Command command = Commands.DEFAULT;
    if (!operands.isEmpty()) {
      Command named = Commands.find(operands.getFirst());
      if (named != null) {
        command = named;
        operands.removeFirst();
      }
    }
    CommandLine line;
    try {
      DefaultParser parser = DefaultParser.builder().setAllowPartialMatching(false).get();
      line = parser.parse(known, options.toArray(String[]::new));
    } catch (MissingArgumentException e) {
      Option option = e.getOption();
      throw new UsageException(
          "nothing follows --" + option.getLongOpt() + ", which takes " + option.getArgName());
    } catch (UnrecognizedOptionException e) {
      String option = e.getOption(); // each is known, so that there is a value where none is taken
      throw new UsageException(option.replaceFirst("=.*", "") + " takes no value");
    } catch (ParseException e) {
      throw new UsageException(decapitalized(String.valueOf(e.getMessage())));
    }
    for (Option option : line.getOptions()) {
      if (find(command.options(), "--" + option.getLongOpt()) == null) {
        throw new UsageException(
            "gradsmith " + command.name() + " has no option --" + option.getLongOpt());
      }
    }
    boolean several = operands.size() + verbatim.size() > 1 || line.hasOption("file");
    for (String operand : operands) {
      rejectMisspelled(operand, command, several);
    }
    operands.addAll(verbatim);
    return new Arguments(command, line, List.copyOf(operands));
  }

  private static Options known() {
    Options known = new Options();
    for (Command command : Commands.ALL) {
      command.options().forEach(known::addOption);
    }
    return known;
  }

  /** Tells whether the answer is to be JSON even if the arguments are wrong. */
  static boolean asksForJson(String[] arguments) {
    List<String> options = new ArrayList<>();
    split(arguments, known(), options, new ArrayList<>());
    String format = "--" + CommandOptions.FORMAT.getLongOpt() + "=";
    options.removeIf(option -> !option.startsWith(format));
    return !options.isEmpty() && options.getLast().equals(format + "json");
  }

  /**
   * Puts each argument on the side of the options or of the operands: a program may start with -.
   * Returns what stands after {@code --}.
   */
  private static List<String> split(
      String[] arguments, Options known, List<String> options, List<String> operands) {
    for (int i = 0; i < arguments.length; i++) {
      String argument = arguments[i];
      if (argument.equals("--")) {
        return List.of(arguments).subList(i + 1, arguments.length);
      }
      int equals = argument.indexOf('=');
      String name =
          equals > 0 && argument.startsWith("--") ? argument.substring(0, equals) : argument;
      Option option =
          name.startsWith("-") && name.length() > 1 ? find(known.getOptions(), name) : null;
      if (option == null) {
        operands.add(argument);
        continue;
      }
      options.add(argument);
      if (option.hasArg() && name.equals(argument) && i + 1 < arguments.length) {
        i++;
        options.set(options.size() - 1, "--" + option.getLongOpt() + "=" + arguments[i]);
      }
    }
    return List.of();
  }

  private static @Nullable Option find(Iterable<Option> known, String name) {
    for (Option option : known) {
      if (name.equals("--" + option.getLongOpt()) || name.equals("-" + option.getOpt())) {
        return option;
      }
    }
    return null;
  }

  /**
   * {@code --chek} is hardly a program, and no word with dashes is one beside {@code several}
   * operands; after {@code --} it would be.
   */
  private static void rejectMisspelled(String operand, Command command, boolean several)
      throws UsageException {
    if (!OPTION.matcher(operand).matches()) {
      return;
    }
    List<String> names = new ArrayList<>();
    command.options().forEach(option -> names.add(option.getLongOpt()));
    int equals = operand.indexOf('=');
    String nearest =
        Spelling.nearest(operand.substring(2, equals < 0 ? operand.length() : equals), names);
    if (nearest != null || several) {
      throw new UsageException(
          "there is no option "
              + operand
              + (nearest == null
                  ? "; gradsmith --help lists what there is"
                  : "; did you mean --" + nearest + "?"));
    }
  }

  Command command() {
    return command;
  }

  /** Returns what is no option. */
  List<String> operands() {
    return operands;
  }

  boolean has(Option option) {
    return line.hasOption(option.getLongOpt());
  }

  /** Returns what follows the last occurrence of {@code option}, or null. */
  @Nullable String value(Option option) {
    List<String> values = values(option);
    return values.isEmpty() ? null : values.getLast();
  }

  /** Returns what follows each occurrence of {@code option}. */
  List<String> values(Option option) {
    String[] values = line.getOptionValues(option.getLongOpt());
    return values == null ? List.of() : List.of(values);
  }

  /** Returns the names of all lists after {@code option}. */
  List<String> names(Option option) throws UsageException {
    Set<String> names = new LinkedHashSet<>();
    for (List<String> list : lists(option)) {
      names.addAll(list);
    }
    return List.copyOf(names);
  }

  /** Returns the list of names after each occurrence of {@code option}. */
  List<List<String>> lists(Option option) throws UsageException {
    List<List<String>> lists = new ArrayList<>();
    for (String value : values(option)) {
      List<String> names = new ArrayList<>();
      for (String name : value.split(",", -1)) {
        if (name.isBlank()) {
          String word = option.getLongOpt();
          throw new UsageException(
              "--%s takes names with commas between them, as in --%s X,W1".formatted(word, word));
        }
        names.add(name.strip());
      }
      lists.add(names);
    }
    return lists;
  }

  long number(Option option, long otherwise, long least, long most) throws UsageException {
    String text = value(option);
    if (text == null) {
      return otherwise;
    }
    String word = "--" + option.getLongOpt();
    try {
      long value = Long.parseLong(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new UsageException(word + " takes a whole number, not " + quoted(text));
    }
    throw new UsageException(word + " takes a number from " + least + " to " + most);
  }

  /** Returns the one of {@code values} whose name in lower case follows {@code option}. */
  <E extends Enum<E>> E choice(Option option, List<E> values, E otherwise) throws UsageException {
    List<String> words = new ArrayList<>();
    for (E value : values) {
      words.add(value.name().toLowerCase(Locale.ROOT));
    }
    String word = word(option, words);
    return word == null ? otherwise : values.get(words.indexOf(word));
  }

  /** Returns what follows {@code option}, one of {@code words}, or null. */
  @Nullable String word(Option option, List<String> words) throws UsageException {
    String text = value(option);
    if (text == null || words.contains(text)) {
      return text;
    }
    String nearest = Spelling.nearest(text, words);
    throw new UsageException(
        "--"
            + option.getLongOpt()
            + " takes "
            + String.join(", ", words)
            + ", not "
            + quoted(text)
            + (nearest == null ? "" : "; did you mean " + nearest + "?"));
  }

  /** Returns {@code text} in quotes, shortened. */
  static String quoted(String text) {
    String shown = text.length() > 40 ? text.substring(0, 40) + "…" : text;
    return "'" + shown.replace('\n', ' ') + "'";
  }

  private static String decapitalized(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
  }
}
