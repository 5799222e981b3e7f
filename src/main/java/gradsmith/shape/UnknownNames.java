package gradsmith.shape;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names for the unknown lengths of one equation, which no dimension has. */
final class UnknownNames {

  private final Map<Length, Polynomial> names = new HashMap<>();
  private final Map<String, Length> lengths = new HashMap<>();

  /**
   * Returns {@code length} as a polynomial, unknown lengths under their names.
   *
   * @throws ArithmeticException if that is too large to write down
   */
  Polynomial polynomial(Length length) {
    return length.polynomial(unknown -> names.computeIfAbsent(unknown, this::named));
  }

  private Polynomial named(Length unknown) {
    String name = "?" + lengths.size();
    lengths.put(name, unknown);
    return Polynomial.of(name);
  }

  /** Returns the names in {@code polynomial} that stand for unknown lengths. */
  List<String> in(Polynomial polynomial) {
    List<String> unknown = new ArrayList<>(polynomial.names());
    unknown.retainAll(lengths.keySet());
    return unknown;
  }

  /** Returns the unknown length called {@code name}, or null if it is the name of a dimension. */
  @Nullable Length length(String name) {
    return lengths.get(name);
  }

  /** Returns the length that is {@code polynomial}. */
  Length length(Polynomial polynomial) {
    if (in(polynomial).isEmpty()) {
      return Length.of(polynomial, null);
    }
    Length sum = null;
    for (Polynomial.Term term : polynomial.terms()) {
      Length product = Length.of(Polynomial.of(term.coefficient()), null);
      for (String name : term.names()) {
        Length known = lengths.get(name);
        product =
            Length.product(product, known == null ? Length.of(Polynomial.of(name), null) : known);
      }
      sum = sum == null ? product : Length.sum(sum, product);
    }
    return sum == null ? Length.of(Polynomial.ZERO, null) : sum;
  }
}
