package gradsmith.shape;

import gradsmith.shape.Polynomial.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Division of polynomials without a remainder. */
final class Division {

  private Division() {}

  /** Returns the polynomial whose product with {@code divisor} is {@code dividend}, or null. */
  static @Nullable Polynomial exact(Polynomial dividend, Polynomial divisor) {
    if (divisor.isOne()) {
      return dividend;
    }
    if (divisor.terms().isEmpty()) {
      return null;
    }
    Term first = leading(divisor);
    Polynomial quotient = Polynomial.ZERO;
    Polynomial rest = dividend;
    while (!rest.terms().isEmpty()) {
      Term next = leading(rest);
      List<String> names = without(next.names(), first.names());
      if (names == null || next.coefficient() % first.coefficient() != 0) {
        return null;
      }
      Polynomial term =
          Polynomial.of(new Term(next.coefficient() / first.coefficient(), List.copyOf(names)));
      quotient = quotient.plus(term);
      rest = rest.minus(term.times(divisor));
    }
    return quotient;
  }

  /** Returns {@code polynomial}, which is not 0, without the names that all its terms have. */
  static Polynomial withoutCommonNames(Polynomial polynomial) {
    List<String> common = null;
    for (Term term : polynomial.terms()) {
      common = common == null ? term.names() : shared(common, term.names());
    }
    return common == null || common.isEmpty()
        ? polynomial
        : Objects.requireNonNull(exact(polynomial, Polynomial.of(new Term(1, common))));
  }

  /** Returns the term that comes first when names are compared as in a dictionary. */
  private static Term leading(Polynomial polynomial) {
    Term leading = polynomial.terms().getFirst();
    for (Term term : polynomial.terms()) {
      leading = precedes(term.names(), leading.names()) ? term : leading;
    }
    return leading;
  }

  private static boolean precedes(List<String> names, List<String> others) {
    for (int i = 0; i < Math.min(names.size(), others.size()); i++) {
      int order = names.get(i).compareTo(others.get(i));
      if (order != 0) {
        return order < 0;
      }
    }
    return names.size() > others.size();
  }

  private static @Nullable List<String> without(List<String> names, List<String> divisor) {
    List<String> rest = new ArrayList<>(names);
    for (String name : divisor) {
      if (!rest.remove(name)) {
        return null;
      }
    }
    return rest;
  }

  private static List<String> shared(List<String> names, List<String> others) {
    List<String> rest = new ArrayList<>(others);
    List<String> shared = new ArrayList<>();
    for (String name : names) {
      if (rest.remove(name)) {
        shared.add(name);
      }
    }
    return List.copyOf(shared);
  }
}
