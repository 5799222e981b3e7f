package gradsmith.language;

import gradsmith.expr.Operator.Primitive;
import gradsmith.source.Diagnostic;
import gradsmith.source.Diagnostics;
import java.util.List;
import java.util.Set;

/** Notes where what acts on a square matrix might be taken for what acts entry by entry, or not. */
final class ElementwiseNotes {

  private static final Set<String> MATRIX_FUNCTIONS = Set.of("exp", "log", "sqrt");

  private ElementwiseNotes() {}

  static void add(List<Proto> nodes, Diagnostics diagnostics) {
    for (Proto node : nodes) {
      switch (node.form) {
        case Proto.Form.Function function -> function(node, function.symbol().name(), diagnostics);
        case Proto.Form.Primitive primitive when primitive.operator() == Primitive.TOTAL ->
            sum(Proto.bare(node.arguments.getFirst()), diagnostics);
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

  /** The sum of squares is written with a power of each entry; that of a matrix is seldom meant. */
  private static void sum(Proto summed, Diagnostics diagnostics) {
    if (summed.form instanceof Proto.Form.Repeated power && power.count() > 1) {
      diagnostics.add(
          Diagnostic.note(
              summed.span,
              Shapes.text(summed)
                  + " is a product of square matrices; entry by entry it is .^"
                  + power.count(),
              null));
    }
  }
}
