package gradsmith.verify;

import gradsmith.expr.Expr;
import gradsmith.shape.Polynomial;
import gradsmith.source.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * The changes of a formula that sum it over axes of a stack: a weight is shared by its matrices.
 */
final class AxisEdits {

  private AxisEdits() {}

  /** Returns changes of the formula of {@code suspect}: over one leading axis, and over all. */
  static List<Edit> of(Suspect suspect) {
    Expr claimed = suspect.claimed();
    if (claimed == null || claimed.shape().leading().isEmpty()) {
      return List.of();
    }
    Span whole = suspect.formula().span();
    List<Edit> edits = new ArrayList<>();
    String all = whole.text();
    List<String> axes = new ArrayList<>();
    for (Polynomial axis : claimed.shape().leading()) {
      String one = "sum(" + whole.text() + ", " + axis + ")";
      edits.add(Edit.replacing(whole, one, "sum(…, " + axis + ") around it"));
      all = "sum(" + all + ", " + axis + ")";
      axes.add(axis.toString());
    }
    String description = "sums over " + String.join(" and ", axes) + " around it";
    edits.add(Edit.replacing(whole, all, description));
    return edits;
  }
}
