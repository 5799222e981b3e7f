package gradsmith.algebra;

import gradsmith.algebra.Algebra.Scaled;
import gradsmith.expr.Constant;
import gradsmith.expr.Expr;
import gradsmith.expr.Operator.Primitive;
import gradsmith.expr.Rational;
import gradsmith.shape.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Takes common factors out of sums: A B + A C = A (B + C), A .* B + A .* C = A .* (B + C). */
final class Factoring {

  /** Where a factor stands in a term. */
  private enum Place {
    SCALAR,
    ENTRYWISE,
    LEFT,
    RIGHT,
    KRONECKER_LEFT,
    KRONECKER_RIGHT
  }

  /**
   * A factor that may be common.
   *
   * @param whole whether it is the only matrix of its term, so that numbers are left without it
   */
  private record Key(Place place, Expr factor, boolean whole) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key key
          && place == key.place
          && factor == key.factor
          && whole == key.whole;
    }

    @Override
    public int hashCode() {
      return 31 * (2 * factor.hashCode() + (whole ? 1 : 0)) + place.hashCode();
    }
  }

  private final Algebra algebra;

  Factoring(Algebra algebra) {
    this.algebra = algebra;
  }

  /** The terms that have a factor in common. */
  private record Group(Key key, List<Integer> terms) {}

  /**
   * Returns the sum of {@code terms} with common factors taken out, each out of as many of the
   * terms as have it, or null if none is common.
   */
  @Nullable Expr factor(List<Expr> terms) {
    List<Group> common = groups(terms);
    List<Group> groups = disjoint(common, terms.size());
    if (groups.isEmpty()) {
      return null;
    }
    List<Expr> factored = new ArrayList<>();
    boolean[] taken = new boolean[terms.size()];
    for (Group group : groups) {
      List<Expr> quotients = new ArrayList<>();
      List<Expr> factors =
          group.key.place == Place.ENTRYWISE
              ? together(group, common, terms)
              : List.of(group.key.factor);
      for (int i : group.terms) {
        quotients.add(quotient(terms.get(i), group.key, factors));
        taken[i] = true;
      }
      factored.add(times(group.key, factors, algebra.sum(quotients)));
    }
    List<Expr> all = new ArrayList<>();
    for (int i = 0; i < terms.size(); i++) {
      if (!taken[i]) {
        all.add(terms.get(i));
      }
    }
    all.addAll(factored);
    return all.size() == 1 ? all.getFirst() : algebra.sum(all);
  }

  /**
   * Returns the elementwise factors that just the terms of {@code group} have in common, the oldest
   * first, as long as each term keeps a factor: taken out one by one they would be built anew for
   * each.
   */
  private List<Expr> together(Group group, List<Group> common, List<Expr> terms) {
    List<Expr> factors = new ArrayList<>();
    for (Group other : common) {
      if (other.key.place == Place.ENTRYWISE && other.terms.equals(group.terms)) {
        factors.add(other.key.factor);
      }
    }
    int fewest = Integer.MAX_VALUE;
    for (int i : group.terms) {
      fewest = Math.min(fewest, entries(algebra.split(terms.get(i)).base()).size());
    }
    List<Expr> oldest = Algebra.sorted(factors);
    return oldest.subList(0, Math.min(oldest.size(), fewest - 1));
  }

  /** Returns the factors that terms have in common. */
  private List<Group> groups(List<Expr> terms) {
    Map<Key, List<Integer>> holders = new LinkedHashMap<>();
    for (int i = 0; i < terms.size(); i++) {
      for (Key key : keys(algebra.split(terms.get(i)).base())) {
        List<Integer> of = holders.computeIfAbsent(key, unused -> new ArrayList<>(2));
        if (of.isEmpty() || of.getLast() != i) {
          of.add(i);
        }
      }
    }
    List<Group> groups = new ArrayList<>();
    holders.forEach((key, of) -> {
      if (of.size() > 1) {
        groups.add(new Group(key, of));
      }
    });
    return groups;
  }

  /** Chooses groups that have no term of {@code count} in common, the largest first. */
  private static List<Group> disjoint(List<Group> groups, int count) {
    PriorityQueue<Group> open = new PriorityQueue<>(Factoring::compare);
    open.addAll(groups);
    List<Group> chosen = new ArrayList<>();
    boolean[] taken = new boolean[count];
    while (!open.isEmpty()) {
      Group group = open.poll();
      List<Integer> left = new ArrayList<>();
      for (int i : group.terms) {
        if (!taken[i]) {
          left.add(i);
        }
      }
      if (left.size() == group.terms.size()) {
        left.forEach(i -> taken[i] = true);
        chosen.add(group);
      } else if (left.size() > 1) {
        open.add(new Group(group.key, left));
      }
    }
    return chosen;
  }

  /** A choice that does not depend on the order in which the terms came. */
  private static int compare(Group group, Group other) {
    int size = Integer.compare(other.terms.size(), group.terms.size());
    int place = group.key.place.compareTo(other.key.place);
    int age = Integer.compare(group.key.factor.id(), other.key.factor.id());
    return size != 0
        ? size
        : place != 0 ? place : age != 0 ? age : Boolean.compare(group.key.whole, other.key.whole);
  }

  private Expr times(Key key, List<Expr> factors, Expr inner) {
    return switch (key.place) {
      case LEFT, SCALAR -> algebra.product(key.factor, inner);
      case RIGHT -> algebra.product(inner, key.factor);
      case ENTRYWISE -> {
        List<Expr> all = new ArrayList<>(factors);
        all.add(inner);
        yield algebra.hadamard(all);
      }
      case KRONECKER_LEFT -> algebra.apply(Primitive.KRONECKER, List.of(key.factor, inner));
      case KRONECKER_RIGHT -> algebra.apply(Primitive.KRONECKER, List.of(inner, key.factor));
    };
  }

  private List<Key> keys(Expr term) {
    List<Key> keys = new ArrayList<>();
    Expr bare = Algebra.untransposed(term);
    if (Algebra.is(bare, Primitive.PRODUCT)) {
      List<Expr> factors = chain(term);
      int scalars = scalars(factors);
      for (Expr scalar : factors.subList(0, scalars)) {
        keys.add(new Key(Place.SCALAR, scalar, false));
        Expr divisor = divisor(scalar);
        if (divisor != null) {
          keys.add(new Key(Place.SCALAR, divisor, false));
        }
      }
      boolean ones = Repetition.isOfOnes(bare); // a number that stands for every entry
      if (factors.size() - scalars > 1 && !ones) {
        keys.add(new Key(Place.LEFT, factors.get(scalars), false));
      }
      if (factors.size() > scalars && !ones) {
        boolean whole = factors.size() == scalars + 1;
        keys.add(new Key(Place.RIGHT, factors.getLast(), whole));
      }
    }
    if (Algebra.is(bare, Primitive.KRONECKER)) {
      List<Expr> sides = sides(term);
      keys.add(new Key(Place.KRONECKER_LEFT, sides.get(0), false));
      keys.add(new Key(Place.KRONECKER_RIGHT, sides.get(1), false));
      keys.add(new Key(Place.RIGHT, term, false)); // A ⊗ B + K (A ⊗ B) = (I + K) (A ⊗ B)
      keys.add(new Key(Place.LEFT, term, false));
    }
    List<Expr> entries = entries(term);
    if (entries.size() > 1) {
      for (Expr factor : entries) {
        keys.add(new Key(Place.ENTRYWISE, factor, false));
      }
    }
    return keys;
  }

  /** Returns 1 / n if {@code scalar} is 1 / n^2 of a length n, else null: a / n^2 + b / n. */
  private @Nullable Expr divisor(Expr scalar) {
    if (!Algebra.is(scalar, Primitive.POWER)
        || !(Algebra.arguments(scalar).get(0) instanceof Constant length)) {
      return null;
    }
    Rational exponent = Powers.number(Algebra.arguments(scalar).get(1));
    return exponent != null && exponent.isInteger() && exponent.compareTo(Rational.MINUS_ONE) < 0
        ? algebra.power(length, Rational.MINUS_ONE)
        : null;
  }

  /** Returns A and B of A ⊗ B, or of its transpose. */
  private List<Expr> sides(Expr product) {
    boolean transposed = Algebra.is(product, Primitive.TRANSPOSE);
    List<Expr> sides = Algebra.arguments(Algebra.untransposed(product));
    return transposed ? sides.stream().map(algebra::transpose).toList() : sides;
  }

  private Expr quotient(Expr term, Key key, List<Expr> common) {
    Scaled scaled = algebra.split(term);
    Expr base = scaled.base();
    Expr rest;
    if (key.place == Place.KRONECKER_LEFT || key.place == Place.KRONECKER_RIGHT) {
      rest = sides(base).get(key.place == Place.KRONECKER_LEFT ? 1 : 0);
    } else if (key.place == Place.ENTRYWISE) {
      List<Expr> factors = new ArrayList<>(entries(base));
      common.forEach(factors::remove);
      rest = algebra.hadamard(factors);
      if (Algebra.is(Algebra.untransposed(base), Primitive.PRODUCT)) {
        List<Expr> chain = chain(base);
        List<Expr> all = new ArrayList<>(chain.subList(0, scalars(chain)));
        all.add(rest);
        rest = algebra.product(all);
      }
    } else {
      boolean alone = key.factor == base;
      List<Expr> factors = new ArrayList<>(alone ? List.of(base) : chain(base));
      if (alone) {
        Shape shape = base.shape();
        factors.set(
            0,
            algebra
                .expressions()
                .identity(key.place == Place.RIGHT ? shape.rows() : shape.columns()));
      } else if (key.place == Place.RIGHT) {
        factors.removeLast();
      } else if (key.place == Place.LEFT) {
        factors.remove(scalars(factors));
      } else if (!factors.remove(key.factor)) {
        factors.addFirst(algebra.power(key.factor, Rational.MINUS_ONE));
      }
      rest = algebra.product(factors);
    }
    return algebra.scale(scaled.factor(), rest);
  }

  /**
   * Returns the elementwise factors of {@code term} behind the numbers in front, those of a
   * repeated column c 1' too.
   */
  private List<Expr> entries(Expr term) {
    Expr matrix = term;
    if (Algebra.is(Algebra.untransposed(term), Primitive.PRODUCT)) {
      List<Expr> chain = chain(term);
      chain = chain.subList(scalars(chain), chain.size());
      if (chain.size() == 1) {
        matrix = chain.getFirst();
      } else if (chain.size() == 2 && Algebra.isOnesRow(chain.getLast())) {
        return repeated(chain.getFirst(), chain.getLast());
      }
    }
    List<Expr> entries = new ArrayList<>();
    for (Expr entry : algebra.entries(matrix)) {
      Expr column = algebra.repeatedColumn(entry);
      List<Expr> parts =
          column == null ? List.of() : repeated(column, algebra.onesRow(entry.shape().columns()));
      if (parts.isEmpty()) {
        entries.add(entry);
      } else {
        entries.addAll(parts);
      }
    }
    return entries.size() > 1 ? entries : List.of();
  }

  private List<Expr> repeated(Expr column, Expr ones) {
    List<Expr> entries = algebra.entries(column);
    if (entries.size() < 2) {
      return List.of();
    }
    List<Expr> factors = new ArrayList<>();
    for (Expr entry : entries) {
      factors.add(algebra.product(entry, ones));
    }
    return factors;
  }

  private List<Expr> chain(Expr term) {
    if (!Algebra.is(term, Primitive.TRANSPOSE)) {
      return Algebra.arguments(term);
    }
    return algebra.transposedChain(Algebra.arguments(Algebra.arguments(term).getFirst()));
  }

  private static int scalars(List<Expr> factors) {
    int count = 0;
    while (count < factors.size() && factors.get(count).shape().isScalarMatrix()) {
      count++;
    }
    return count;
  }
}
