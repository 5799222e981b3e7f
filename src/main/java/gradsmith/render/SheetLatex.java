package gradsmith.render;

import gradsmith.rules.Identity;
import gradsmith.rules.Law;
import java.util.ArrayList;
import java.util.List;

/** Writes the formula sheet in LaTeX, as a document of its own. */
public final class SheetLatex {

  private final Typesetter typesetter = new Typesetter(new Latex(), List.of());

  /** Returns the document for {@code sheets}. */
  public String render(List<Sheet> sheets) {
    StringBuilder text =
        new StringBuilder(
            """
            \\documentclass{article}
            \\usepackage{amsmath}
            \\allowdisplaybreaks
            \\begin{document}
            \\raggedright
            """);
    for (Sheet sheet : sheets) {
      text.append("\\section*{").append(Latex.escaped(sheet.title())).append("}\n");
      for (Law law : sheet.laws()) {
        law(law, text);
      }
      for (Identity identity : sheet.identities()) {
        text.append("\\paragraph{").append(Latex.escaped(identity.name())).append("} \\(");
        text.append(typesetter.set(identity.left()))
            .append(" = ")
            .append(typesetter.set(identity.right()))
            .append("\\)")
            .append(SheetText.conditions(identity))
            .append("\n\n");
      }
    }
    return text.append("\\end{document}\n").toString();
  }

  private void law(Law law, StringBuilder text) {
    text.append("\\paragraph{").append(Latex.escaped(law.name())).append("} ");
    text.append(Latex.escaped(law.note())).append('\n');
    List<String> rows = new ArrayList<>();
    String value = typesetter.name(law.value().name());
    if (law.definition() != null && law.definition() != law.operation()) {
      rows.add(
          value
              + " &= "
              + typesetter.set(law.operation())
              + " = "
              + typesetter.set(law.definition()));
    } else {
      rows.add(value + " &= " + typesetter.set(law.operation()));
    }
    if (law.differential() != null && !law.adjoints().isEmpty()) {
      rows.add(
          typesetter.name(law.tangent().name())
              + " &= "
              + typesetter.set(law.differential())
              + " && \\text{forward}");
      for (Law.Adjoint adjoint : law.adjoints()) {
        rows.add(
            typesetter.name("d" + adjoint.by().name())
                + " &= "
                + typesetter.set(adjoint.formula())
                + " && \\text{backward}");
      }
    }
    text.append("\\[\n\\begin{aligned}\n  ")
        .append(String.join(" \\\\\n  ", rows))
        .append("\n\\end{aligned}\n\\]\n");
  }
}
