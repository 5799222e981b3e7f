package gradsmith.emit;

import gradsmith.algebra.Algebra;
import gradsmith.expr.Apply;
import gradsmith.expr.Expr;
import gradsmith.expr.Variable;
import gradsmith.rules.CallPattern;
import gradsmith.rules.Occurrence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a graph spells out the cotangents of a function's arguments. */
final class AdjointOccurrences {

  /**
   * One of them.
   *
   * @param index which of the arguments that have one
   * @param cotangent that of the value
   */
  record Place(int index, Expr node, Expr cotangent, Occurrence occurrence) {}

  private final CallPattern pattern;

  /** For each argument with a cotangent, the places by what {@link #key} says. */
  private final List<Map<Expr, List<Place>>> places = new ArrayList<>();

  /** Matches {@code pattern} with each of {@code nodes}. */
  AdjointOccurrences(
      CallPattern pattern, List<Expr> nodes, Map<Variable, Expr> definitions, Algebra algebra) {
    this.pattern = pattern;
    for (Variable hole : pattern.arguments()) {
      Expr adjoint = pattern.adjoints().get(hole);
      if (adjoint != null) {
        Map<Expr, List<Place>> found = new HashMap<>();
        for (Expr node : nodes) {
          Occurrence occurrence =
              node instanceof Apply apply
                  ? Occurrence.of(adjoint, apply, definitions, algebra)
                  : null;
          Expr cotangent =
              occurrence == null ? null : occurrence.arguments().get(pattern.cotangent());
          if (occurrence != null && cotangent != null) {
            found
                .computeIfAbsent(key(occurrence, cotangent), unused -> new ArrayList<>())
                .add(new Place(places.size(), node, cotangent, occurrence));
          }
        }
        places.add(found);
      }
    }
  }

  /** The first argument says whose cotangent it is; where none stands, that of the value does. */
  private Expr key(Occurrence occurrence, Expr cotangent) {
    return occurrence.arguments().getOrDefault(pattern.arguments().getFirst(), cotangent);
  }

  /** Returns the places for a call of {@code arguments}, all with the cotangent of the first. */
  List<Place> of(List<Expr> arguments) {
    List<Place> all = new ArrayList<>();
    Expr cotangent = null;
    for (Map<Expr, List<Place>> found : places) {
      List<Place> some = new ArrayList<>(found.getOrDefault(arguments.getFirst(), List.of()));
      some.addAll(cotangent == null ? List.of() : found.getOrDefault(cotangent, List.of()));
      for (Place place : some) {
        if (isOf(arguments, cotangent, place)) {
          cotangent = place.cotangent();
          all.add(place);
          break;
        }
      }
    }
    return all;
  }

  private boolean isOf(List<Expr> arguments, @Nullable Expr cotangent, Place place) {
    for (int i = 0; i < arguments.size(); i++) {
      Expr value = place.occurrence().arguments().get(pattern.arguments().get(i));
      if (value != null && value != arguments.get(i)) {
        return false;
      }
    }
    boolean known =
        cotangent == null
            ? place.occurrence().arguments().containsKey(pattern.arguments().getFirst())
            : cotangent == place.cotangent();
    return known
        && place.cotangent().shape().leading().equals(pattern.cotangent().shape().leading());
  }
}
