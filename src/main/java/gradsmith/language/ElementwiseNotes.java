package gradsmith.language;

import gradsmith.source.Diagnostic;
import gradsmith.source.Diagnostics;
import java.util.List;
import java.util.Set;

/** Notes where a function of a square matrix might be taken for the matrix function. */
final class ElementwiseNotes {

  private static final Set<String> MATRIX_FUNCTIONS = Set.of("exp", "log", "sqrt");

  private ElementwiseNotes() {}

  static void add(List<Proto> nodes, Diagnostics diagnostics) {
    for (Proto node : nodes) {
      if (node.form instanceof Proto.Form.Function function
          && MATRIX_FUNCTIONS.contains(function.symbol().name())
          && !node.isScalarMatrix()
          && node.rows.same(node.columns)
          && node.span.text().startsWith(function.symbol().name())) {
        diagnostics.add(
            Diagnostic.note(
                node.span,
                function.symbol().name()
                    + " of a square matrix acts entry by entry; it is no matrix function",
                function.symbol().name().equals("exp")
                    ? "the matrix exponential is written expm(A)"
                    : null));
      }
    }
  }
}
