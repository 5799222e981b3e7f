package gradsmith.language;

import gradsmith.expr.Property;
import gradsmith.shape.Polynomial;
import gradsmith.source.Diagnostic;
import gradsmith.source.Diagnostics;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Properties that no matrix of the declared shape has together. */
final class Contradictions {

  private Contradictions() {}

  /**
   * Reports what {@code name} cannot be.
   *
   * @param axes its declared dimensions, or null if only the rank was declared
   */
  static void report(
      Ast.Name name,
      @Nullable List<Polynomial> axes,
      int rank,
      Set<Property> properties,
      Diagnostics diagnostics) {
    boolean longRows = rank > 0 && (axes == null || !axes.getLast().isOne());
    boolean matrix = rank > 1 && longRows && (axes == null || !axes.get(rank - 2).isOne());
    boolean square = axes != null && rank > 1 && axes.get(rank - 2).equals(axes.getLast());
    boolean positive = properties.contains(Property.POSITIVE);
    boolean orthogonal = properties.contains(Property.ORTHOGONAL);
    if (positive && matrix && properties.contains(Property.DIAGONAL)) {
      add(
          name,
          "no matrix is both positive and diagonal: off the diagonal it is 0",
          "spd diagonal says that the diagonal is positive",
          diagnostics);
    }
    if (positive && matrix && orthogonal) {
      add(
          name,
          "no matrix is both positive and orthogonal",
          "of two columns that are orthogonal not all entries are positive",
          diagnostics);
    }
    if (positive && longRows && properties.contains(Property.ONEHOT)) {
      add(
          name,
          "nothing is both positive and onehot",
          "stochastic says that each row sums to 1 and no entry is negative",
          diagnostics);
    }
    boolean probabilities =
        properties.stream().anyMatch(property -> property.implies(Property.STOCHASTIC));
    if (orthogonal && probabilities && rank > 1 && !square) {
      add(
          name,
          "an orthogonal matrix whose rows sum to 1 is a permutation, which is square",
          "declare " + name.name() + " : (n, n) orthogonal onehot",
          diagnostics);
    }
  }

  private static void add(Ast.Name name, String message, String hint, Diagnostics diagnostics) {
    diagnostics.add(Diagnostic.error(name.span(), message, hint));
  }
}
