package gradsmith.render;

import gradsmith.check.CheckReport;
import gradsmith.derive.Assumption;
import gradsmith.derive.Derivation;
import gradsmith.expr.Variable;
import gradsmith.source.Diagnostic;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a page of formulas says below them. */
final class Remarks {

  private Remarks() {}

  /** Returns what the formulas rely on, what there is to note, and what the check found. */
  static List<String> sentences(Derivation derivation, @Nullable CheckReport check) {
    List<String> sentences = new ArrayList<>();
    if (derivation.backprop().isEmpty()) {
      String value = derivation.program().value().name();
      sentences.add(value + " depends on nothing to differentiate by.");
    }
    for (Assumption assumption : derivation.assumptions()) {
      sentences.add("Assuming that " + assumption.sentence() + ".");
    }
    derivation.remarks().forEach(remark -> sentences.add(remark + "."));
    for (Variable name : derivation.program().readBySpelling()) {
      sentences.add(
          name.rank() == 0
              ? name.name()
                  + " is read as a number; write "
                  + name.name()
                  + " : vector for a vector."
              : name.name()
                  + " is read as a vector; write "
                  + name.name()
                  + " : scalar for a number.");
    }
    for (Diagnostic note : derivation.program().notes()) {
      sentences.add(note.message() + ".");
    }
    if (check != null) {
      sentences.add("Check: " + TextRenderer.sentence(check) + ".");
    }
    return sentences;
  }
}
