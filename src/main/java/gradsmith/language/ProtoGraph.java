package gradsmith.language;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Walks over proto-nodes without recursion. */
final class ProtoGraph {

  private ProtoGraph() {}

  /** Returns all that {@code root} depends on and itself, arguments first. */
  static List<Proto> postOrder(Proto root) {
    return postOrder(root, node -> false);
  }

  /** Returns the same without what is {@code known}, and what only that depends on. */
  static List<Proto> postOrder(Proto root, Predicate<Proto> known) {
    if (known.test(root)) {
      return List.of();
    }
    if (root.arguments.isEmpty()) {
      return List.of(root);
    }
    List<Proto> order = new ArrayList<>();
    Set<Proto> seen = new HashSet<>();
    Deque<Proto> path = new ArrayDeque<>();
    int[] next = new int[8]; // for each node of the path its next argument
    seen.add(root);
    path.push(root);
    while (!path.isEmpty()) {
      Proto node = path.peek();
      int depth = path.size();
      int index = next[depth - 1]++;
      if (index < node.arguments.size()) {
        Proto argument = node.arguments.get(index);
        if (!known.test(argument) && seen.add(argument)) {
          path.push(argument);
          next = depth < next.length ? next : Arrays.copyOf(next, 2 * depth);
          next[depth] = 0;
        }
      } else {
        path.pop();
        order.add(node);
      }
    }
    return order;
  }
}
