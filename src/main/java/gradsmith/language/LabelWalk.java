package gradsmith.language;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/** Tells the free names that are used as labels from those that are used otherwise. */
record LabelWalk(
    LabelUses labels, Set<String> asLabel, Set<String> asProbabilities, Set<String> otherwise) {

  void walk(Proto root) {
    Set<Proto> seen = new HashSet<>();
    Deque<Proto> open = new ArrayDeque<>();
    visit(root, false, open, seen);
    while (!open.isEmpty()) {
      Proto node = open.pop();
      for (Proto argument : node.arguments) {
        visit(argument, true, open, seen);
      }
    }
  }

  private void visit(Proto node, boolean asArgument, Deque<Proto> open, Set<Proto> seen) {
    Proto bare = node;
    boolean label = asArgument && labels.isLabel(node);
    boolean probabilities = asArgument && labels.isProbabilities(node);
    while (bare.form instanceof Proto.Form.Alias
        || bare.form instanceof Proto.Form.Transpose && label) {
      bare = bare.arguments.getFirst();
      label |= asArgument && labels.isLabel(bare);
      probabilities |= asArgument && labels.isProbabilities(bare);
    }
    if (bare.form instanceof Proto.Form.Free free) {
      (label ? asLabel : otherwise).add(free.name());
      if (probabilities) {
        asProbabilities.add(free.name());
      }
    } else if (seen.add(bare)) {
      open.push(bare);
    }
  }
}
