package gradsmith.shape;

import java.util.ArrayList;
import java.util.List;

/**
 * Chooses the lengths that an equation leaves open: products are equal factor by factor, the
 * innermost first, as in kron(A, B) vec(X) the rows of X are the columns of B; sums are equal term
 * by term.
 */
final class FactorMatching {

  private static final String BECAUSE = "both are factors of one length";

  private final List<Length> left;
  private final List<Length> right;

  private FactorMatching(List<Length> left, List<Length> right) {
    this.left = left;
    this.right = right;
  }

  /** Makes both sides equal; returns whether they can be. */
  static boolean match(Length left, Length right) {
    List<Length> terms = left.parts(false);
    List<Length> others = right.parts(false);
    if (terms.size() > 1 || others.size() > 1) {
      boolean fits = terms.size() == others.size();
      for (int i = 0; fits && i < terms.size(); i++) {
        fits = equal(terms.get(i), others.get(i));
      }
      return fits && left.same(right);
    }
    FactorMatching matching = new FactorMatching(factors(left), factors(right));
    return matching.run() && left.same(right);
  }

  /** Makes two parts equal; returns whether they can be. */
  private static boolean equal(Length left, Length right) {
    return left.unify(right, BECAUSE)
        && (left.same(right) || new LengthEquation(left, right, BECAUSE).choose());
  }

  private static List<Length> factors(Length length) {
    List<Length> factors = new ArrayList<>();
    for (Length factor : length.parts(true)) {
      Polynomial value = factor.value();
      if (value == null || value.terms().size() != 1) {
        factors.add(factor);
        continue;
      }
      Polynomial.Term term = value.terms().getFirst();
      if (term.coefficient() != 1) {
        factors.add(Length.of(Polynomial.of(term.coefficient()), factor.origin()));
      }
      for (String name : term.names()) {
        factors.add(Length.of(Polynomial.of(name), factor.origin()));
      }
    }
    return factors;
  }

  private boolean run() {
    cancel();
    while (known(left) >= 0 && known(right) >= 0) {
      if (!moveKnown()) {
        return false;
      }
    }
    while (left.size() > 1 && right.size() > 1) {
      if (!equal(left.removeLast(), right.removeLast())) {
        return false;
      }
    }
    return product(left).unify(product(right), BECAUSE);
  }

  private void cancel() {
    for (int i = left.size() - 1; i >= 0; i--) {
      for (int j = right.size() - 1; j >= 0; j--) {
        if (left.get(i).same(right.get(j))) {
          left.remove(i);
          right.remove(j);
          break;
        }
      }
    }
  }

  /** Makes a known factor of the left side a factor of an unknown one of the right side. */
  private boolean moveKnown() {
    Length known = left.remove(known(left));
    for (int i = 0; i < right.size(); i++) {
      if (right.get(i).value() == null) {
        Length rest = Length.free();
        boolean fits = right.get(i).unify(Length.product(rest, known), BECAUSE);
        right.set(i, rest);
        return fits;
      }
    }
    return false;
  }

  /** Returns where a known factor is, or -1. */
  private static int known(List<Length> factors) {
    for (int i = factors.size() - 1; i >= 0; i--) {
      if (factors.get(i).value() != null) {
        return i;
      }
    }
    return -1;
  }

  private static Length product(List<Length> factors) {
    Length product = Length.of(Polynomial.ONE, null);
    for (Length factor : factors) {
      product = Length.product(product, factor);
    }
    return product;
  }
}
