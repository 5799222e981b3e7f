package gradsmith.language;

import gradsmith.expr.Rational;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects the names that are exponents of matrices, and so whole numbers. */
final class WholeNames {

  private final Set<String> names = new HashSet<>();

  /** Tells whether {@code name} was collected. */
  boolean contains(String name) {
    return names.contains(name);
  }

  /**
   * Tells whether {@code exponent} is a sum or product of whole numbers, dimensions and free names;
   * if it is, these names are whole numbers from now on.
   */
  boolean collect(Proto exponent) {
    List<String> found = new ArrayList<>();
    Deque<Proto> open = new ArrayDeque<>(List.of(exponent));
    while (!open.isEmpty()) {
      Proto node = open.pop();
      switch (node.form) {
        case Proto.Form.Free free -> found.add(free.name());
        case Proto.Form.Size size -> {}
        case Proto.Form.Numeral(Rational value) when value.isInteger() -> {}
        case Proto.Form.Alias alias -> open.addAll(node.arguments);
        case Proto.Form.Sum sum -> open.addAll(node.arguments);
        case Proto.Form.Product product -> open.addAll(node.arguments);
        case Proto.Form.Negation negation -> open.addAll(node.arguments);
        default -> {
          return false;
        }
      }
    }
    names.addAll(found);
    return true;
  }
}
