package gradsmith.derive;

import gradsmith.expr.Apply;
import gradsmith.expr.Expr;
import gradsmith.expr.ExprMap;
import gradsmith.expr.Graph;
import java.util.ArrayList;
import java.util.List;

/** Tells which formulas are for reading. */
final class Readability {

  private static final int SIZE_LIMIT = 600;
  private static final int DEPTH_LIMIT = 100;

  private Readability() {}

  /**
   * Tells whether each of {@code gradients} is of a size that a person may want to see without
   * names for its parts.
   */
  static boolean isReadable(List<Derivative> gradients) {
    List<Expr> roots = new ArrayList<>();
    for (Derivative gradient : gradients) {
      roots.add(gradient.formula());
    }
    ExprMap<Integer> sizes = new ExprMap<>();
    ExprMap<Integer> depths = new ExprMap<>();
    for (Expr node : Graph.postOrder(roots)) {
      int size = 1;
      int depth = 0;
      if (node instanceof Apply apply) {
        for (Expr argument : apply.arguments()) {
          size = Math.min(size + sizes.getOrDefault(argument, 1), SIZE_LIMIT + 1);
          depth = Math.max(depth, depths.getOrDefault(argument, 0));
        }
      }
      sizes.put(node, size);
      depths.put(node, depth + 1);
    }
    for (Expr root : roots) {
      if (sizes.getOrDefault(root, 1) > SIZE_LIMIT || depths.getOrDefault(root, 1) > DEPTH_LIMIT) {
        return false;
      }
    }
    return true;
  }
}
