package gradsmith.cli;

import gradsmith.Gradsmith;
import gradsmith.language.Spelling;
import gradsmith.render.Notation;
import gradsmith.render.Sheet;
import gradsmith.render.SheetHtml;
import gradsmith.render.SheetLatex;
import gradsmith.render.SheetText;
import gradsmith.rules.Identity;
import gradsmith.rules.Law;
import gradsmith.rules.Laws;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.cli.Option;

/** Shows the formula sheet, or what it says of one name. */
final class RulesCommand implements Command {

  private static final String IDENTITIES = "identities";

  @Override
  public String name() {
    return "rules";
  }

  @Override
  public String operands() {
    return "[NAME]";
  }

  @Override
  public String summary() {
    return "the formula sheet, a family of it, or one rule";
  }

  @Override
  public List<Option> options() {
    return List.of(CommandOptions.RULES, CommandOptions.FORMAT, CommandOptions.HELP);
  }

  @Override
  public List<OutputFormat> formats() {
    return List.of(OutputFormat.TEXT, OutputFormat.ASCII, OutputFormat.LATEX, OutputFormat.HTML);
  }

  @Override
  public int run(Arguments arguments, Console console) throws UsageException {
    OutputFormat format = CommandOptions.format(arguments);
    if (arguments.operands().size() > 1) {
      throw new UsageException("one name is expected, not " + arguments.operands().size());
    }
    Gradsmith gradsmith = CommandOptions.gradsmith(arguments, console);
    List<Sheet> sheets =
        arguments.operands().isEmpty()
            ? all(gradsmith)
            : about(arguments.operands().getFirst(), gradsmith);
    Terminal terminal = console.terminal();
    console
        .output()
        .print(
            switch (format) {
              case TEXT, ASCII ->
                  new SheetText(format.notation(), terminal.width(), terminal.outputColor())
                      .render(sheets);
              case LATEX -> new SheetLatex().render(sheets);
              case HTML -> new SheetHtml().render(sheets);
              case JSON -> throw new IllegalStateException("no format of this command");
            });
    return ExitStatus.DONE;
  }

  private static List<Sheet> all(Gradsmith gradsmith) {
    Laws laws = gradsmith.laws();
    List<Sheet> sheets = new ArrayList<>();
    for (String family : laws.families()) {
      sheets.add(new Sheet(family, laws.family(family), List.of()));
    }
    sheets.add(new Sheet(IDENTITIES, List.of(), gradsmith.identities()));
    return sheets;
  }

  /** What is called {@code name}, and the identities in which it stands. */
  private static List<Sheet> about(String name, Gradsmith gradsmith) throws UsageException {
    Set<String> names = new LinkedHashSet<>();
    List<Law> laws = new ArrayList<>();
    for (Sheet sheet : all(gradsmith)) {
      if (sheet.title().equals(name)) {
        return List.of(sheet);
      }
      names.add(sheet.title());
      for (Law law : sheet.laws()) {
        names.add(law.name());
        if (law.name().equals(name)) {
          laws.add(law);
        }
      }
    }
    List<Identity> identities = new ArrayList<>();
    for (Identity identity : gradsmith.identities()) {
      names.add(identity.name());
      String left = Notation.ASCII.printer().print(identity.left());
      boolean mentions = !laws.isEmpty() && left.matches(".*(?<!\\w)" + name + "\\(.*");
      if (identity.name().equals(name) || mentions) {
        identities.add(identity);
      }
    }
    if (laws.isEmpty() && identities.isEmpty()) {
      String nearest = Spelling.nearest(name, names);
      throw new UsageException(
          "there is no rule "
              + name
              + (nearest == null
                  ? "; gradsmith rules lists all"
                  : "; did you mean " + nearest + "?"));
    }
    return List.of(new Sheet(name, laws, identities));
  }
}
