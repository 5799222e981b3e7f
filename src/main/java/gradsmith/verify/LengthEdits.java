package gradsmith.verify;

import gradsmith.language.Ast;
import java.util.ArrayList;
import java.util.List;

/** The changes of a formula that put the length of another axis in the place of one. */
final class LengthEdits {

  private LengthEdits() {}

  /** Returns changes of {@code formula}, whose source is its text alone. */
  static List<Edit> of(Ast formula, List<String> lengths) {
    List<Edit> edits = new ArrayList<>();
    for (Ast part : Edits.parts(formula)) {
      if (part instanceof Ast.Name name && lengths.contains(name.name())) {
        for (String other : lengths) {
          if (!other.equals(name.name())) {
            edits.add(Edit.replacing(name.span(), other, other + " for " + name.name()));
          }
        }
      }
    }
    return edits;
  }
}
