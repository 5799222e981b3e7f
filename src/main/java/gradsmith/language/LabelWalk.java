package gradsmith.language;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * Tells the free names that are used as labels from those that are used otherwise.
 *
 * @param labels what is a label
 * @param asLabel the names used so
 * @param stochasticRows those whose rows sum to 1
 * @param stochasticColumns those whose columns do: their transpose is the label
 * @param otherwise the names that are used otherwise
 */
record LabelWalk(
    LabelUses labels,
    Set<String> asLabel,
    Set<String> stochasticRows,
    Set<String> stochasticColumns,
    Set<String> otherwise) {

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
        (transposed ? stochasticColumns : stochasticRows).add(free.name());
      }
    } else if (seen.add(bare)) {
      open.push(bare);
    }
  }
}
