package gradsmith.language;

import gradsmith.source.Diagnostic;
import gradsmith.source.Diagnostics;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Notes where what acts on a square matrix might be taken for what acts entry by entry, or not. */
final class ElementwiseNotes {

  private static final Set<String> MATRIX_FUNCTIONS = Set.of("exp", "log", "sqrt");

  private ElementwiseNotes() {}

  static void add(List<Proto> nodes, Diagnostics diagnostics) {
    Set<String> powers = new HashSet<>();
    for (Proto node : nodes) {
      switch (node.form) {
        case Proto.Form.Function function -> function(node, function.symbol().name(), diagnostics);
        case Proto.Form.Repeated power when power.count() > 1 -> {
          if (powers.add(node.span.text())) {
            power(node, diagnostics);
          }
        }
        default -> {}
      }
    }
  }

  private static void function(Proto node, String name, Diagnostics diagnostics) {
    if (MATRIX_FUNCTIONS.contains(name)
        && !node.isScalarMatrix()
        && node.rows.same(node.columns)
        && node.span.text().startsWith(name)) {
      diagnostics.add(
          Diagnostic.note(
              node.span,
              name + " of a square matrix acts entry by entry; it is no matrix function",
              name.equals("exp") ? "the matrix exponential is written expm(A)" : null));
    }
  }

  /** The power of each entry is as often meant. */
  private static void power(Proto node, Diagnostics diagnostics) {
    String text = Shapes.text(node);
    int sign = text.lastIndexOf('^');
    String entries =
        sign > 0
            ? text.substring(0, sign) + ".^" + text.substring(sign + 1).strip()
            : text.replace("²", ".^2").replace("³", ".^3");
    diagnostics.add(
        Diagnostic.note(
            node.span,
            text + " is the matrix power, and its base is square; entry by entry it is " + entries,
            null));
  }
}
