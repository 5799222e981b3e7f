package gradsmith.expr;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Walks over the expression graph, with loops: its depth is no limit. */
public final class Graph {

  private Graph() {}

  /** Returns every node that {@code root} depends on and itself, arguments first, each once. */
  public static List<Expr> postOrder(Expr root) {
    return postOrder(List.of(root));
  }

  /** Returns every node that {@code roots} depend on and themselves, arguments first, each once. */
  public static List<Expr> postOrder(Collection<? extends Expr> roots) {
    List<Expr> order = new ArrayList<>();
    Set<Expr> seen = new HashSet<>();
    Deque<Expr> path = new ArrayDeque<>();
    Deque<Integer> next = new ArrayDeque<>();
    for (Expr root : roots) {
      if (!seen.add(root)) {
        continue;
      }
      path.push(root);
      next.push(0);
      while (!path.isEmpty()) {
        Expr node = path.peek();
        int index = next.pop();
        if (node instanceof Apply apply && index < apply.arguments().size()) {
          next.push(index + 1);
          Expr argument = apply.argument(index);
          if (seen.add(argument)) {
            path.push(argument);
            next.push(0);
          }
        } else {
          path.pop();
          order.add(node);
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
