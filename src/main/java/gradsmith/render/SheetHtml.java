package gradsmith.render;

import gradsmith.rules.Identity;
import gradsmith.rules.Law;
import java.util.List;

/** Writes the formula sheet as a page for a browser or a printer. */
public final class SheetHtml {

  private final Typesetter typesetter = new Typesetter(new MathMl(), List.of());
  private final StringBuilder body = new StringBuilder();

  /** Returns the page for {@code sheets}. */
  public String render(List<Sheet> sheets) {
    body.setLength(0);
    body.append("<h1>The rules of gradsmith</h1>\n");
    for (Sheet sheet : sheets) {
      body.append("<h2>").append(MathMl.escaped(sheet.title())).append("</h2>\n");
      sheet.laws().forEach(this::law);
      for (Identity identity : sheet.identities()) {
        equation(
            typesetter.set(identity.left()),
            typesetter.set(identity.right()),
            identity.name() + SheetText.conditions(identity));
      }
    }
    return HtmlPage.of("The rules of gradsmith", body.toString(), "{}");
  }

  private void law(Law law) {
    body.append("<h3>").append(MathMl.escaped(law.name())).append("</h3>\n");
    if (!law.note().isBlank()) {
      body.append("<p class=\"law\">").append(MathMl.escaped(law.note())).append("</p>\n");
    }
    String value = typesetter.name(law.value().name());
    equation(value, typesetter.set(law.operation()), "");
    if (law.definition() != null && law.definition() != law.operation()) {
      equation(value, typesetter.set(law.definition()), "definition");
    }
    if (law.differential() != null && !law.adjoints().isEmpty()) {
      equation(
          typesetter.name(law.tangent().name()), typesetter.set(law.differential()), "forward");
      for (Law.Adjoint adjoint : law.adjoints()) {
        equation(
            typesetter.name("d" + adjoint.by().name()),
            typesetter.set(adjoint.formula()),
            "backward");
      }
    }
  }

  private void equation(String left, String right, String remark) {
    body.append("<div class=\"equation\"><math displaystyle=\"true\">")
        .append(left)
        .append("<mo>=</mo>")
        .append(right)
        .append("</math><span class=\"shape\">")
        .append(MathMl.escaped(remark))
        .append("</span></div>\n");
  }
}
