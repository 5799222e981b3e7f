package gradsmith.algebra;

import gradsmith.expr.Expr;
import gradsmith.expr.Rational;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The terms of a sum by the magnitudes of their numbers. What an arithmetic of few digits computes
 * of S + 10^9 M - 10^9 is not S where M is 1, so terms of one magnitude are added by themselves: S
 * + 10^9 (M - 1). For the same reason nothing is taken out of terms of several magnitudes.
 */
final class Magnitudes {

  /** Numbers are of one magnitude if others lead from one to the other in steps below this. */
  private static final Rational STEP = Rational.of(100);

  private Magnitudes() {}

  /**
   * Returns the terms of {@code collected}, whose numbers are not 0, apart: those of one magnitude
   * together, in the order in which they came.
   */
  static List<Map<Expr, Rational>> apart(Map<Expr, Rational> collected) {
    if (collected.values().stream().allMatch(number -> size(number).isOne())) {
      return List.of(collected);
    }
    List<Rational> sizes = new ArrayList<>(collected.values());
    sizes.replaceAll(Magnitudes::size);
    sizes.sort(null);
    List<Rational> largest = new ArrayList<>(); // of each magnitude, from the smallest
    for (int i = 0; i < sizes.size(); i++) {
      boolean last = i + 1 == sizes.size();
      if (last || sizes.get(i + 1).compareTo(sizes.get(i).times(STEP)) >= 0) {
        largest.add(sizes.get(i));
      }
    }
    if (largest.size() == 1) {
      return List.of(collected);
    }
    List<Map<Expr, Rational>> apart = new ArrayList<>();
    largest.forEach(size -> apart.add(new LinkedHashMap<>()));
    collected.forEach((base, number) -> {
      int magnitude = 0;
      while (size(number).compareTo(largest.get(magnitude)) > 0) {
        magnitude++;
      }
      apart.get(magnitude).put(base, number);
    });
    return apart;
  }

  private static Rational size(Rational number) {
    return number.signum() < 0 ? number.negated() : number;
  }
}
