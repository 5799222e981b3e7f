package gradsmith.expr;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
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
    int[] next = new int[16]; // for each node of the path its next argument
    for (Expr root : roots) {
      if (!seen.add(root)) {
        continue;
      }
      path.push(root);
      next[0] = 0;
      while (!path.isEmpty()) {
        Expr node = path.peek();
        int depth = path.size();
        int index = next[depth - 1]++;
        if (node instanceof Apply apply && index < apply.arguments().size()) {
          Expr argument = apply.argument(index);
          if (seen.add(argument)) {
            path.push(argument);
            next = depth < next.length ? next : Arrays.copyOf(next, 2 * depth);
            next[depth] = 0;
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
