package gradsmith.render;

import gradsmith.check.CheckReport;
import gradsmith.derive.Assumption;
import gradsmith.derive.Derivation;
import gradsmith.expr.Variable;
import gradsmith.language.Program;
import gradsmith.source.Diagnostic;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a page of formulas says below them. */
final class Remarks {

  private Remarks() {}

  /** Says that there is nothing to differentiate by. */
  static String nothing(Program program) {
    String values =
        program.values().stream().map(Variable::name).collect(Collectors.joining(" and "));
    return values
        + (program.values().size() == 1 ? " depends" : " depend")
        + " on nothing to differentiate by";
  }

  /** Returns what the formulas rely on, what there is to note, and what the check found. */
  static List<String> sentences(Derivation derivation, @Nullable CheckReport check) {
    List<String> sentences = new ArrayList<>();
    if (derivation.backprop().isEmpty()) {
      sentences.add(nothing(derivation.program()) + ".");
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
