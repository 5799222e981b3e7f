package gradsmith.language;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/** Tells the free names that are used as labels from those that are used otherwise. */
record LabelWalk(
    LabelUses labels,
    Set<String> asLabel,
    Set<Probabilities> asProbabilities,
    Set<String> otherwise) {

  /**
   * A name whose rows are labels.
   *
   * @param transposed whether what sums to 1 are the rows of the transpose
   */
  record Probabilities(String name, boolean transposed) {}

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
    boolean transposed = false;
    while (bare.form instanceof Proto.Form.Alias
        || bare.form instanceof Proto.Form.Transpose && label) {
      transposed ^= bare.form instanceof Proto.Form.Transpose;
      bare = bare.arguments.getFirst();
      label |= asArgument && labels.isLabel(bare);
      probabilities |= asArgument && labels.isProbabilities(bare);
    }
    if (bare.form instanceof Proto.Form.Free free) {
      (label ? asLabel : otherwise).add(free.name());
      if (probabilities) {
        asProbabilities.add(new Probabilities(free.name(), transposed));
      }
    } else if (seen.add(bare)) {
      open.push(bare);
    }
  }
}
