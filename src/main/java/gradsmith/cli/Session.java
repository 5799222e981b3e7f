package gradsmith.cli;

import gradsmith.Gradsmith;
import gradsmith.expr.Variable;
import gradsmith.language.Ast;
import gradsmith.language.Program;
import gradsmith.language.ProgramParser;
import gradsmith.language.Spelling;
import gradsmith.language.Statement;
import gradsmith.render.Notation;
import gradsmith.source.Diagnostics;
import gradsmith.source.Source;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.cli.Option;
import org.jspecify.annotations.Nullable;

/**
 * A program that grows line by line. A line that names something again takes the place of the one
 * that named it before. A line that begins with a colon asks something of the program so far, in
 * the words of the command line.
 */
final class Session {

  private static final List<String> OWN = List.of("wrt", "show", "clear", "help", "quit");

  /** What a line gives. */
  private enum Gives {
    SHAPES,
    FUNCTION,
    VALUE
  }

  /** A statement that stays, and the names that it gives a meaning. */
  private record Line(Set<String> names, String text) {
    Gives gives() {
      String name = names.iterator().next();
      return name.endsWith(":") ? Gives.SHAPES : name.endsWith("()") ? Gives.FUNCTION : Gives.VALUE;
    }
  }

  private final Gradsmith gradsmith;
  private final List<String> rules;
  private final Console console;
  private List<Line> lines = List.of();
  private String expression = "";
  private List<String> wrt = List.of();
  private boolean ended;

  Session(Gradsmith gradsmith, List<String> rules, Console console) {
    this.gradsmith = gradsmith;
    this.rules = rules;
    this.console =
        new Console(
            console.input(),
            console.output(),
            console.errors(),
            console.terminal(),
            /* echo= */ false);
  }

  /** Tells whether more lines are needed. */
  static boolean isIncomplete(String entry) {
    return !entry.isBlank()
        && !entry.stripLeading().startsWith(":")
        && ProgramParser.isIncomplete(new Source("", entry));
  }

  /** Tells whether {@code next} belongs to {@code entry}; an empty line and a request do not. */
  static boolean continues(String entry, String next) {
    return !next.isBlank() && !next.startsWith(":") && isIncomplete(entry);
  }

  boolean isEnded() {
    return ended;
  }

  /** Returns what a line may begin with to ask something. */
  static Set<String> requests() {
    Set<String> requests = new LinkedHashSet<>(OWN);
    for (Command command : Commands.ALL) {
      if (command != Commands.DEFAULT && !(command instanceof ReplCommand)) {
        requests.add(command.name());
      }
    }
    for (Option option : Commands.DEFAULT.options()) {
      requests.add(option.getLongOpt());
    }
    for (OutputFormat format : OutputFormat.values()) {
      requests.add(word(format));
    }
    requests.removeAll(Set.of("file", "rules", "version", "format"));
    requests.add("rules");
    return requests;
  }

  private static String word(OutputFormat format) {
    return format.name().toLowerCase(Locale.ROOT);
  }

  /** Returns the names that mean something here. */
  Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    java.util.regex.Matcher name =
        java.util.regex.Pattern.compile("[\\p{L}][\\p{L}\\p{N}_]*").matcher(program());
    while (name.find()) {
      names.add(name.group());
    }
    names.addAll(gradsmith.functionNames());
    return names;
  }

  /** Answers one entry: a line, or several that belong together. */
  void accept(String entry) {
    String text = entry.strip();
    List<Line> before = lines;
    String expressionBefore = expression;
    try {
      if (text.startsWith(":")) {
        request(text.substring(1).strip());
      } else if (!text.isEmpty()) {
        extend(text);
      }
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      lines = before;
      expression = expressionBefore;
      Failure.of(e).report(console, OutputFormat.TEXT);
    }
    console.errors().flush();
    console.output().flush();
  }

  private void extend(String text) {
    StringBuilder whole = new StringBuilder();
    lines.forEach(line -> whole.append(line.text).append('\n'));
    int start = whole.length();
    Diagnostics diagnostics = new Diagnostics();
    Source source = new Source("", whole.append(text).toString());
    List<Statement> statements = gradsmith.statements(source, diagnostics);
    diagnostics.throwIfErrors();
    expression = "";
    List<Line> after = new ArrayList<>(lines);
    for (Statement statement : statements) {
      if (statement.span().start() >= start) {
        place(statement, after);
      }
    }
    lines = List.copyOf(after);
    answer(statements.isEmpty() ? null : statements.getLast());
  }

  private void place(Statement statement, List<Line> into) {
    String text = statement.span().text();
    Set<String> names =
        switch (statement) {
          case Statement.Assignment assignment -> Set.of(assignment.target().name());
          case Statement.Definition definition -> Set.of(definition.name().name() + "()");
          case Statement.Declaration declaration -> {
            Set<String> declared = new LinkedHashSet<>();
            for (Ast.Name name : declaration.names()) {
              declared.add(name.name() + ":");
            }
            yield declared;
          }
          default -> Set.of();
        };
    if (names.isEmpty()) {
      expression = text;
      return;
    }
    for (int i = 0; i < into.size(); i++) {
      Line old = into.get(i);
      if (old.names.stream().anyMatch(names::contains)) {
        if (names.containsAll(old.names)) {
          into.set(i, new Line(names, text));
          return;
        }
        into.set(i, without(old, names));
      }
    }
    into.add(new Line(names, text));
  }

  /** Takes names out of a declaration of several. */
  private static Line without(Line declaration, Set<String> names) {
    Set<String> kept = new LinkedHashSet<>(declaration.names);
    kept.removeAll(names);
    List<String> words = kept.stream().map(name -> name.replace(":", "")).toList();
    String type = declaration.text.substring(declaration.text.indexOf(':'));
    return new Line(kept, String.join(", ", words) + " " + type);
  }

  /** A scalar is differentiated; of anything else, the shape is what one wants to know next. */
  private void answer(@Nullable Statement last) {
    if (last instanceof Statement.Definition || !hasValue()) {
      gradsmith.read(new Source("", program() + "\n0")); // right or wrong, whatever is called
    }
    if (!hasValue()) {
      return;
    }
    Program program = gradsmith.read(new Source("", program()));
    Variable value = program.value();
    if (last instanceof Statement.Definition definition
        && !definition.name().name().equals(value.name())) {
      return;
    }
    if (value.rank() == 0 || last instanceof Statement.Result) {
      derive(List.of());
      return;
    }
    console.report(program.notes(), OutputFormat.TEXT);
    console.output().println(value.name() + " is " + Notation.UNICODE.shape(value));
  }

  private boolean hasValue() {
    List<Statement> statements = gradsmith.statements(new Source("", program()), new Diagnostics());
    return ProgramParser.hasValue(statements, gradsmith.functionNames());
  }

  /** A definition is the value where nothing else is, so that it stands before what else is. */
  private String program() {
    StringBuilder text = new StringBuilder();
    for (Gives gives : Gives.values()) {
      for (Line line : lines) {
        if (line.gives() == gives) {
          text.append(line.text).append('\n');
        }
      }
    }
    return text.append(expression).toString().strip();
  }

  private void derive(List<String> options) {
    List<String> all = new ArrayList<>(options);
    List<String> by = variables();
    by.retainAll(wrt); // another value may depend on others
    if (!by.isEmpty()) {
      all.add("--wrt=" + String.join(",", by));
    }
    command("derive", all, List.of(program()));
  }

  /** Returns what the value can be differentiated by. */
  private List<String> variables() {
    List<String> names = new ArrayList<>();
    Program program = gradsmith.read(new Source("", program()));
    program.parameters().forEach(variable -> names.add(variable.name()));
    program.bindings().forEach(binding -> names.add(binding.variable().name()));
    names.removeLast();
    return names;
  }

  private void command(String name, List<String> options, List<String> operands) {
    List<String> words = new ArrayList<>(List.of(name));
    rules.forEach(file -> words.add("--rules=" + file));
    words.addAll(options);
    words.add("--");
    words.addAll(operands);
    Main.run(words.toArray(String[]::new), console);
  }

  private void request(String text) {
    int end = 0;
    while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
      end++;
    }
    String name = text.substring(0, end);
    String rest = text.substring(end).strip();
    switch (name) {
      case "quit", "exit", "q" -> ended = true;
      case "help", "h", "?", "" -> console.output().print(help());
      case "clear" -> {
        lines = List.of();
        expression = "";
        wrt = List.of();
      }
      case "show" -> console.output().println(program());
      case "rules" -> command("rules", List.of(), rest.isEmpty() ? List.of() : List.of(rest));
      default -> {
        if (!requests().contains(name)) {
          String nearest = Spelling.nearest(name, requests());
          console
              .errors()
              .println(
                  "there is no :"
                      + name
                      + (nearest == null
                          ? "; :help lists what there is"
                          : "; did you mean :" + nearest + "?"));
        } else if (!hasValue()) {
          console.errors().println("there is no program yet; type one, such as L = CE(X W, Y)");
        } else {
          ask(name, rest);
        }
      }
    }
  }

  private void ask(String name, String rest) {
    if (name.equals("wrt")) {
      List<String> by = rest.isEmpty() ? List.of() : List.of(rest.split("[\\s,]+", -1));
      List<String> unknown = new ArrayList<>(by);
      unknown.removeAll(variables());
      if (unknown.isEmpty()) {
        wrt = by;
        derive(List.of());
      } else {
        console
            .errors()
            .println(
                "the value does not depend on "
                    + String.join(", ", unknown)
                    + "; its variables are "
                    + String.join(", ", variables()));
      }
    } else if (name.equals("eval")) {
      List<String> values = new ArrayList<>();
      for (String value : rest.split("\\s+(?=[\\p{L}][\\p{L}\\p{N}_]*\\s*=)", -1)) {
        if (!value.isEmpty()) {
          values.add("--let=" + value);
        }
      }
      command("eval", values, List.of(program()));
    } else if (Commands.find(name) != null) {
      command(name, List.of(), rest.isEmpty() ? List.of(program()) : List.of(program(), rest));
    } else if (isFormat(name)) {
      derive(List.of("--format=" + name));
    } else {
      derive(List.of(rest.isEmpty() ? "--" + name : "--" + name + "=" + rest));
    }
  }

  private static boolean isFormat(String name) {
    for (OutputFormat format : OutputFormat.values()) {
      if (word(format).equals(name)) {
        return true;
      }
    }
    return false;
  }

  private static String help() {
    return """
    Type a program line by line: L = CE(X W, Y). A scalar is differentiated at once. A line that
    names something again replaces the one before. Then ask:

      :wrt X,W        differentiate by these from now on; :wrt alone, by all
      :of Y,S         the backward pass of these values
      :steps          the whole derivation
      :latex, :html   the answer in another format; also :ascii, :json
      :open           the answer as a page in the browser
      :jacobian x     a Jacobian; also :hessian x, :hvp x
      :emit torch     a function in another language
      :verify dL/dW = X' dZ
      :eval X=data.csv W=[1, 2; 3, 4]
      :rules softmax  the formula sheet
      :show, :clear   the program so far; a new one
      :quit           or Ctrl-D
    """;
  }
}
