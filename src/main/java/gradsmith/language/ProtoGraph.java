package gradsmith.language;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Walks over proto-nodes without recursion. */
final class ProtoGraph {

  private ProtoGraph() {}

  /** Returns all that {@code root} depends on and itself, arguments first. */
  static List<Proto> postOrder(Proto root) {
    List<Proto> order = new ArrayList<>();
    Set<Proto> seen = new HashSet<>();
    Deque<Proto> path = new ArrayDeque<>();
    Deque<Integer> next = new ArrayDeque<>();
    seen.add(root);
    path.push(root);
    next.push(0);
    while (!path.isEmpty()) {
      Proto node = path.peek();
      int index = next.pop();
      if (index < node.arguments.size()) {
        next.push(index + 1);
        Proto argument = node.arguments.get(index);
        if (seen.add(argument)) {
          path.push(argument);
          next.push(0);
        }
      } else {
        path.pop();
        order.add(node);
      }
    }
    return order;
  }
}
