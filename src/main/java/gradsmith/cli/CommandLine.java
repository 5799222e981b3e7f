package gradsmith.cli;

import gradsmith.Options;
import gradsmith.language.Spelling;
import gradsmith.render.Form;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.ParseException;
import org.jspecify.annotations.Nullable;

/**
 * What the user typed.
 *
 * @param program the text of the program, or null if {@code file} names it
 * @param file where the program is, {@code -} for standard input, or null
 */
record CommandLine(
    @Nullable String program,
    @Nullable String file,
    Options options,
    OutputFormat format,
    Form form,
    boolean explainShapes,
    boolean help,
    boolean version) {

  private static final int MOST_TRIALS = 1_000_000;

  /** The options, in the order in which {@code --help} shows them. */
  static org.apache.commons.cli.Options known() {
    org.apache.commons.cli.Options known = new org.apache.commons.cli.Options();
    known.addOption(
        option("f", "file", "FILE", "read the program from FILE (- is standard input)"));
    known.addOption(option(null, "wrt", "NAMES", "differentiate by these: --wrt X,W1"));
    known.addOption(option(null, "jacobian", "NAMES", "give the Jacobian by these"));
    known.addOption(
        option(null, "hessian", "NAMES", "give the Hessian by x, or with x,y a mixed block"));
    known.addOption(
        option(null, "hvp", "NAMES", "give the Hessian times a direction v_x, for each name"));
    known.addOption(
        option(null, "form", "FORM", "closed: one formula each; backprop: named parts; auto"));
    known.addOption(option(null, "format", "FORMAT", "text, ascii or json"));
    known.addOption(
        option(null, "explain-shapes", null, "say where the shape of every name comes from"));
    known.addOption(option(null, "check", null, "check the gradients numerically (the default)"));
    known.addOption(option(null, "no-check", null, "do not check"));
    known.addOption(option(null, "seed", "N", "decides the random draws of the check (1)"));
    known.addOption(option(null, "trials", "N", "how many draws to compare (5)"));
    known.addOption(option("h", "help", null, "show this"));
    known.addOption(option(null, "version", null, "show the version"));
    return known;
  }

  private static Option option(
      @Nullable String letter, String name, @Nullable String argument, String description) {
    Option option = new Option(letter, name, argument != null, description);
    if (argument != null) {
      option.setArgName(argument);
    }
    return option;
  }

  /** Reads the arguments of the process. */
  static CommandLine parse(String[] arguments) throws UsageException {
    org.apache.commons.cli.Options known = known();
    List<String> options = new ArrayList<>();
    List<String> operands = new ArrayList<>();
    split(arguments, known, options, operands);
    org.apache.commons.cli.CommandLine line;
    try {
      DefaultParser parser = DefaultParser.builder().setAllowPartialMatching(false).get();
      line = parser.parse(known, options.toArray(String[]::new));
    } catch (ParseException e) {
      throw new UsageException(decapitalized(String.valueOf(e.getMessage())));
    }
    boolean asked = line.hasOption("help") || line.hasOption("version");
    String file = line.getOptionValue("file");
    String program = asked ? null : program(operands, file, known);
    if (line.hasOption("check") && line.hasOption("no-check")) {
      throw new UsageException("--check and --no-check exclude each other");
    }
    Options what =
        new Options(
            names(line, "wrt"),
            names(line, "jacobian"),
            blocks(line),
            names(line, "hvp"),
            !line.hasOption("no-check"),
            number(line.getOptionValue("seed"), "seed", 1, Long.MIN_VALUE, Long.MAX_VALUE),
            (int) number(line.getOptionValue("trials"), "trials", 5, 1, MOST_TRIALS));
    return new CommandLine(
        program,
        file,
        what,
        choice(line.getOptionValue("format"), "format", OutputFormat.values(), OutputFormat.TEXT),
        choice(line.getOptionValue("form"), "form", Form.values(), Form.AUTO),
        line.hasOption("explain-shapes"),
        line.hasOption("help"),
        line.hasOption("version"));
  }

  /**
   * Puts each argument on the side of the options or of the operands: a program may start with -.
   */
  private static void split(
      String[] arguments,
      org.apache.commons.cli.Options known,
      List<String> options,
      List<String> operands) {
    for (int i = 0; i < arguments.length; i++) {
      String argument = arguments[i];
      if (argument.equals("--")) {
        operands.addAll(List.of(arguments).subList(i + 1, arguments.length));
        return;
      }
      int equals = argument.indexOf('=');
      String name =
          equals > 0 && argument.startsWith("--") ? argument.substring(0, equals) : argument;
      Option option = name.startsWith("-") && name.length() > 1 ? find(known, name) : null;
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
  }

  private static @Nullable Option find(org.apache.commons.cli.Options known, String name) {
    for (Option option : known.getOptions()) {
      if (name.equals("--" + option.getLongOpt()) || name.equals("-" + option.getOpt())) {
        return option;
      }
    }
    return null;
  }

  private static @Nullable String program(
      List<String> operands, @Nullable String file, org.apache.commons.cli.Options known)
      throws UsageException {
    if (!operands.isEmpty() && operands.getFirst().equals("derive")) {
      operands.removeFirst();
    }
    for (String operand : operands) {
      rejectMisspelled(operand, known);
    }
    if (file != null) {
      if (!operands.isEmpty()) {
        throw new UsageException(
            "--file gives the program; what is " + quoted(operands.getFirst()) + "?");
      }
      return null;
    }
    if (operands.isEmpty()) {
      throw new UsageException(
          "there is no program; try gradsmith \"x' A x\", or gradsmith --help");
    }
    if (operands.size() > 1) {
      throw new UsageException(
          "one program is expected, not "
              + operands.size()
              + ": put it in quotes ("
              + quoted(operands.get(1))
              + " is the second)");
    }
    return operands.getFirst();
  }

  /** {@code --chek} is hardly a program; after {@code --} it would be. */
  private static void rejectMisspelled(String operand, org.apache.commons.cli.Options known)
      throws UsageException {
    if (!operand.startsWith("--") || operand.length() > 20) {
      return;
    }
    List<String> names = new ArrayList<>();
    for (Option option : known.getOptions()) {
      names.add(option.getLongOpt());
    }
    int equals = operand.indexOf('=');
    String nearest =
        Spelling.nearest(operand.substring(2, equals < 0 ? operand.length() : equals), names);
    if (nearest != null) {
      throw new UsageException(
          "there is no option " + operand + "; did you mean --" + nearest + "?");
    }
  }

  private static List<String> names(org.apache.commons.cli.CommandLine line, String option)
      throws UsageException {
    Set<String> names = new LinkedHashSet<>();
    for (List<String> list : lists(line, option)) {
      names.addAll(list);
    }
    return List.copyOf(names);
  }

  private static List<List<String>> blocks(org.apache.commons.cli.CommandLine line)
      throws UsageException {
    List<List<String>> blocks = lists(line, "hessian");
    for (List<String> block : blocks) {
      if (block.size() > 2) {
        throw new UsageException(
            "--hessian takes one name, or two for a mixed block, as in --hessian x,y");
      }
    }
    return blocks;
  }

  /** Returns the names after each occurrence of {@code option}. */
  private static List<List<String>> lists(org.apache.commons.cli.CommandLine line, String option)
      throws UsageException {
    List<List<String>> lists = new ArrayList<>();
    String[] values = line.getOptionValues(option);
    for (String value : values == null ? new String[0] : values) {
      List<String> names = new ArrayList<>();
      for (String name : value.split(",", -1)) {
        if (name.isBlank()) {
          throw new UsageException(
              "--%s takes names with commas between them, as in --%s X,W1"
                  .formatted(option, option));
        }
        names.add(name.strip());
      }
      lists.add(names);
    }
    return lists;
  }

  private static long number(
      @Nullable String text, String option, long otherwise, long least, long most)
      throws UsageException {
    if (text == null) {
      return otherwise;
    }
    try {
      long value = Long.parseLong(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new UsageException("--" + option + " takes a whole number, not " + quoted(text));
    }
    throw new UsageException("--" + option + " takes a number from " + least + " to " + most);
  }

  private static <E extends Enum<E>> E choice(
      @Nullable String text, String option, E[] values, E otherwise) throws UsageException {
    if (text == null) {
      return otherwise;
    }
    List<String> words = new ArrayList<>();
    for (E value : values) {
      String word = value.name().toLowerCase(Locale.ROOT);
      if (word.equals(text)) {
        return value;
      }
      words.add(word);
    }
    String nearest = Spelling.nearest(text, words);
    throw new UsageException(
        "--"
            + option
            + " takes "
            + String.join(", ", words)
            + ", not "
            + quoted(text)
            + (nearest == null ? "" : "; did you mean " + nearest + "?"));
  }

  private static String quoted(String text) {
    String shown = text.length() > 40 ? text.substring(0, 40) + "…" : text;
    return "'" + shown.replace('\n', ' ') + "'";
  }

  private static String decapitalized(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
  }
}
