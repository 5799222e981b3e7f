package gradsmith.algebra;

import gradsmith.algebra.Algebra.Scaled;
import gradsmith.expr.Expr;
import gradsmith.expr.Operator.Primitive;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  private record Key(Place place, Expr factor, boolean whole) {}

  private final Algebra algebra;

  Factoring(Algebra algebra) {
    this.algebra = algebra;
  }

  /**
   * Returns the sum of {@code terms} with one factor taken out of some of them, or null if none is
   * common.
   */
  @Nullable Expr factor(List<Expr> terms) {
    Map<Key, List<Integer>> uses = new LinkedHashMap<>();
    for (int i = 0; i < terms.size(); i++) {
      for (Key key : keys(algebra.split(terms.get(i)).base())) {
        List<Integer> holders = uses.computeIfAbsent(key, unused -> new ArrayList<>());
        if (holders.isEmpty() || holders.getLast() != i) {
          holders.add(i);
        }
      }
    }
    Key best = null;
    List<Integer> users = List.of(0);
    for (Map.Entry<Key, List<Integer>> entry : uses.entrySet()) {
      int more = entry.getValue().size() - users.size();
      if (more > 0 || (more == 0 && best != null && isOlder(entry.getKey(), best))) {
        best = entry.getKey();
        users = entry.getValue();
      }
    }
    if (best == null) {
      return null;
    }
    List<Expr> quotients = new ArrayList<>();
    List<Expr> rest = new ArrayList<>();
    for (int i = 0; i < terms.size(); i++) {
      if (users.contains(i)) {
        quotients.add(quotient(terms.get(i), best));
      } else {
        rest.add(terms.get(i));
      }
    }
    Expr inner = algebra.sum(quotients);
    Expr factored =
        switch (best.place) {
          case LEFT, SCALAR -> algebra.product(best.factor, inner);
          case RIGHT -> algebra.product(inner, best.factor);
          case ENTRYWISE -> algebra.hadamard(best.factor, inner);
          case KRONECKER_LEFT -> algebra.apply(Primitive.KRONECKER, List.of(best.factor, inner));
          case KRONECKER_RIGHT -> algebra.apply(Primitive.KRONECKER, List.of(inner, best.factor));
        };
    if (rest.isEmpty()) {
      return factored;
    }
    rest.add(factored);
    return algebra.sum(rest);
  }

  /** A choice that does not depend on the order in which the terms came. */
  private static boolean isOlder(Key key, Key other) {
    int place = key.place.compareTo(other.place);
    return place < 0 || (place == 0 && key.factor.id() < other.factor.id());
  }

  private List<Key> keys(Expr term) {
    List<Key> keys = new ArrayList<>();
    Expr bare = Algebra.is(term, Primitive.TRANSPOSE) ? Algebra.arguments(term).getFirst() : term;
    if (Algebra.is(bare, Primitive.PRODUCT)) {
      List<Expr> factors = chain(term);
      int scalars = scalars(factors);
      for (Expr scalar : factors.subList(0, scalars)) {
        keys.add(new Key(Place.SCALAR, scalar, false));
      }
      if (factors.size() - scalars > 1) {
        keys.add(new Key(Place.LEFT, factors.get(scalars), false));
      }
      if (factors.size() > scalars) {
        boolean whole = factors.size() == scalars + 1;
        keys.add(new Key(Place.RIGHT, factors.getLast(), whole));
      }
    }
    if (Algebra.is(bare, Primitive.KRONECKER)) {
      List<Expr> sides = sides(term);
      keys.add(new Key(Place.KRONECKER_LEFT, sides.get(0), false));
      keys.add(new Key(Place.KRONECKER_RIGHT, sides.get(1), false));
      keys.add(new Key(Place.RIGHT, term, false)); // A ⊗ B + K (A ⊗ B) = (I + K) (A ⊗ B)
    }
    List<Expr> entries = entries(term);
    if (entries.size() > 1) {
      for (Expr factor : entries) {
        keys.add(new Key(Place.ENTRYWISE, factor, false));
      }
    }
    return keys;
  }

  /** Returns A and B of A ⊗ B, or of its transpose. */
  private List<Expr> sides(Expr product) {
    boolean transposed = Algebra.is(product, Primitive.TRANSPOSE);
    List<Expr> sides = Algebra.arguments(untransposed(product));
    return transposed ? sides.stream().map(algebra::transpose).toList() : sides;
  }

  private Expr quotient(Expr term, Key key) {
    Scaled scaled = algebra.split(term);
    Expr base = scaled.base();
    Expr rest;
    if (key.place == Place.KRONECKER_LEFT || key.place == Place.KRONECKER_RIGHT) {
      rest = sides(base).get(key.place == Place.KRONECKER_LEFT ? 1 : 0);
    } else if (key.place == Place.ENTRYWISE) {
      List<Expr> factors = new ArrayList<>(entries(base));
      factors.remove(key.factor);
      rest = algebra.hadamard(factors);
      if (Algebra.is(untransposed(base), Primitive.PRODUCT)) {
        List<Expr> chain = chain(base);
        List<Expr> all = new ArrayList<>(chain.subList(0, scalars(chain)));
        all.add(rest);
        rest = algebra.product(all);
      }
    } else {
      boolean alone = key.factor == base;
      List<Expr> factors = new ArrayList<>(alone ? List.of(base) : chain(base));
      if (alone) {
        factors.set(0, algebra.expressions().identity(base.shape().rows()));
      } else if (key.place == Place.RIGHT) {
        factors.removeLast();
      } else if (key.place == Place.LEFT) {
        factors.remove(scalars(factors));
      } else {
        factors.remove(key.factor);
      }
      rest = algebra.product(factors);
    }
    return algebra.scale(scaled.factor(), rest);
  }

  private static Expr untransposed(Expr term) {
    return Algebra.is(term, Primitive.TRANSPOSE) ? Algebra.arguments(term).getFirst() : term;
  }

  /**
   * Returns the elementwise factors of {@code term} behind the numbers in front, those of a
   * repeated column c 1' too.
   */
  private List<Expr> entries(Expr term) {
    Expr matrix = term;
    if (Algebra.is(untransposed(term), Primitive.PRODUCT)) {
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
