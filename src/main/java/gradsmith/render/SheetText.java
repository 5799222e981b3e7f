package gradsmith.render;

import gradsmith.expr.Expr;
import gradsmith.render.Page.Row;
import gradsmith.rules.Identity;
import gradsmith.rules.Law;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes the formula sheet as text. */
public final class SheetText {

  private final Notation notation;
  private final int width;
  private final boolean color;

  /**
   * Renders for lines of {@code width} characters.
   *
   * @param color whether to use the escape sequences of terminals
   */
  public SheetText(Notation notation, int width, boolean color) {
    this.notation = notation;
    this.width = width;
    this.color = color;
  }

  /** Returns the pages for {@code sheets}. */
  public String render(List<Sheet> sheets) {
    StringBuilder text = new StringBuilder();
    for (Sheet sheet : sheets) {
      text.append(text.isEmpty() ? "" : "\n").append(render(sheet));
    }
    return text.toString();
  }

  private String render(Sheet sheet) {
    Page page = new Page(notation, width, color);
    for (Law law : sheet.laws()) {
      page.gap();
      law(law, page);
    }
    if (!sheet.identities().isEmpty()) {
      page.gap();
    }
    for (Identity identity : sheet.identities()) {
      page.section("", List.of(Row.sentence(identity(identity, notation))));
    }
    return title(sheet.title()) + page.text();
  }

  private String title(String title) {
    String words = title.toUpperCase(Locale.ROOT).replace('-', ' ');
    return color ? "\u001b[1m" + words + "\u001b[0m\n" : words + "\n";
  }

  private void law(Law law, Page page) {
    String operation = law.value().name() + " = " + law.head();
    boolean primitive = !law.head().startsWith(law.name());
    page.section("", List.of(Row.sentence(primitive ? law.name() + ": " + operation : operation)));
    if (law.definition() != null) {
      rows("is", List.of(row(law.value().name(), law.definition())), page);
    }
    if (law.differential() != null && !law.adjoints().isEmpty()) {
      rows("forward", List.of(row(law.tangent().name(), law.differential())), page);
      List<Row> adjoints = new ArrayList<>();
      for (Law.Adjoint adjoint : law.adjoints()) {
        adjoints.add(row("d" + adjoint.by().name(), adjoint.formula()));
      }
      rows("backward", adjoints, page);
    }
    if (!law.note().isBlank()) {
      page.section("note", List.of(Row.sentence(law.note())));
    }
  }

  private Row row(String name, Expr formula) {
    return new Row(
        name,
        notation.printer().print(formula),
        notation.shape(
            formula.shape().isScalar()
                ? List.of()
                : formula.shape().isVector()
                    ? List.of(formula.shape().rows())
                    : formula.shape().axes()));
  }

  private static void rows(String title, List<Row> rows, Page page) {
    page.section(title, rows, page.column(List.of(rows)));
  }

  static String identity(Identity identity, Notation notation) {
    StringBuilder text = new StringBuilder(identity.name()).append(": ");
    text.append(notation.printer().print(identity.left()))
        .append(" = ")
        .append(notation.printer().print(identity.right()));
    return text.append(conditions(identity)).toString();
  }

  static String conditions(Identity identity) {
    StringBuilder text = new StringBuilder();
    for (Identity.Condition condition : identity.conditions()) {
      text.append(" for ")
          .append(condition.property().name().toLowerCase(Locale.ROOT))
          .append(' ')
          .append(condition.hole().name());
    }
    return text.toString();
  }
}
