package gradsmith.language;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The parts of a value that definitions use more than once and that are long when written out. Sums
 * and products are flat in the normal form, so that it grows as the square of what is nested in it,
 * unless the parts have names.
 */
final class SharedParts {

  /** How many operations a part may have, written out, and stay without a name. */
  private static final int LONGEST = 500;

  private SharedParts() {}

  /** Returns the parts of {@code root} to be named, inner ones first. */
  static List<Proto> of(Proto root) {
    List<Proto> order = ProtoGraph.postOrder(root);
    Set<Proto> used = new HashSet<>();
    Set<Proto> shared = new HashSet<>();
    for (Proto node : order) {
      if (!(node.form instanceof Proto.Form.Alias)) {
        for (Proto argument : node.arguments) {
          Proto bare = Proto.bare(argument);
          if (!used.add(bare)) {
            shared.add(bare);
          }
        }
      }
    }
    if (shared.isEmpty()) {
      return List.of();
    }
    Map<Proto, Integer> sizes = new HashMap<>();
    List<Proto> parts = new ArrayList<>();
    for (Proto node : order) {
      int size = node.form instanceof Proto.Form.Alias ? 0 : 1;
      for (Proto argument : node.arguments) {
        size += sizes.getOrDefault(argument, 0);
      }
      if (size > LONGEST && shared.contains(node)) {
        parts.add(node);
        size = 1;
      }
      sizes.put(node, size);
    }
    return parts;
  }
}
