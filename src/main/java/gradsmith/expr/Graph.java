package gradsmith.expr;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/** Walks over the expression graph, with loops: its depth is no limit. */
public final class Graph {

  private Graph() {}

  /** Returns every node that {@code root} depends on and itself, arguments first, each once. */
  public static List<Expr> postOrder(Expr root) {
    return postOrder(root, node -> false);
  }

  /** Returns every node that {@code roots} depend on and themselves, arguments first, each once. */
  public static List<Expr> postOrder(Collection<? extends Expr> roots) {
    return postOrder(roots, node -> false);
  }

  /** The same without what is {@code known}, and what only that depends on. */
  public static List<Expr> postOrder(Expr root, Predicate<Expr> known) {
    if (known.test(root)) {
      return List.of();
    }
    return root instanceof Apply ? postOrder(List.of(root), known) : List.of(root);
  }

  private static List<Expr> postOrder(Collection<? extends Expr> roots, Predicate<Expr> known) {
    List<Expr> order = new ArrayList<>();
    ExprSet met = new ExprSet();
    Apply[] path = new Apply[8];
    int[] next = new int[8]; // for each node of the path its next argument
    for (Expr root : roots) {
      int depth = 0;
      Expr entered = met.add(root) && !known.test(root) ? root : null;
      while (entered != null || depth > 0) {
        if (entered instanceof Apply apply) {
          if (depth == path.length) {
            path = Arrays.copyOf(path, 2 * depth);
            next = Arrays.copyOf(next, 2 * depth);
          }
          path[depth] = apply;
          next[depth++] = 0;
        } else if (entered != null) {
          order.add(entered);
        }
        entered = null;
        while (entered == null && depth > 0) {
          Apply node = path[depth - 1];
          if (next[depth - 1] == node.arguments().size()) {
            order.add(node);
            depth--;
          } else {
            Expr argument = node.argument(next[depth - 1]++);
            entered = met.add(argument) && !known.test(argument) ? argument : null;
          }
        }
      }
    }
    return order;
  }

  /** Returns the variables that {@code roots} depend on, in the order of {@link #postOrder}. */
  public static List<Variable> variables(Collection<? extends Expr> roots) {
    List<Variable> variables = new ArrayList<>();
    for (Expr node : postOrder(roots)) {
      if (node instanceof Variable variable) {
        variables.add(variable);
      }
    }
    return variables;
  }
}
