package gradsmith.shape;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The solution of c · x^k + r = 0, where c and r do not have x, and -r / c is one term.
 *
 * @param value what x is, or null if it is no polynomial
 */
record Root(@Nullable Polynomial value) {

  /** Solves {@code polynomial} = 0 for {@code name}; returns null if it is not of that form. */
  static @Nullable Root of(Polynomial polynomial, String name) {
    Polynomial coefficient = Polynomial.ZERO;
    Polynomial rest = Polynomial.ZERO;
    int exponent = 0;
    for (Polynomial.Term term : polynomial.terms()) {
      int own = Collections.frequency(term.names(), name);
      if (own == 0) {
        rest = rest.minus(Polynomial.of(term));
        continue;
      }
      if (exponent > 0 && own != exponent) {
        return null;
      }
      exponent = own;
      List<String> others = new ArrayList<>(term.names());
      others.removeIf(name::equals);
      coefficient =
          coefficient.plus(
              Polynomial.of(new Polynomial.Term(term.coefficient(), List.copyOf(others))));
    }
    Polynomial power = Division.exact(rest, coefficient);
    if (power == null) {
      return new Root(null);
    }
    return power.terms().size() == 1 ? new Root(root(power.terms().getFirst(), exponent)) : null;
  }

  private static @Nullable Polynomial root(Polynomial.Term power, int exponent) {
    Polynomial root =
        Polynomial.of(Math.round(Math.pow((double) power.coefficient(), 1.0 / exponent)));
    List<String> names = power.names();
    for (int i = 0; i < names.size(); i += exponent) {
      root = root.times(Polynomial.of(names.get(i)));
    }
    return root.power(exponent).equals(Polynomial.of(power)) ? root : null;
  }
}
