package gradsmith.shape;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;

/**
 * An equation between two lengths of which one is a sum or product of others. It tells an unknown
 * length if it is linear in it and the quotient has no remainder; factors that all terms have are
 * left out before, as every length is at least 1. Until then it waits at its unknown lengths.
 */
public final class LengthEquation {

  private enum State {
    WAITING,
    HOLDS,
    FAILS
  }

  /** What is left when one side is taken from the other. */
  private record Difference(Polynomial polynomial, UnknownNames names) {}

  private final Length left;
  private final Length right;
  private final String because;
  private State state = State.WAITING;

  LengthEquation(Length left, Length right, String because) {
    this.left = left;
    this.right = right;
    this.because = because;
  }

  /** Returns one side. */
  public Length left() {
    return left;
  }

  /** Returns the other side. */
  public Length right() {
    return right;
  }

  /** Returns why both sides are equal. */
  public String because() {
    return because;
  }

  /** Tells whether no lengths satisfy it. */
  public boolean fails() {
    return state == State.FAILS;
  }

  /** Tells whether both sides are the same whatever the unknown lengths are. */
  boolean isIdentity() {
    try {
      return difference().polynomial.equals(Polynomial.ZERO);
    } catch (ArithmeticException tooLarge) {
      return false;
    }
  }

  /** Demands it; returns whether it can be, as far as is known. */
  boolean pose() {
    ask();
    if (state == State.WAITING) {
      left.note(this);
      right.note(this);
    }
    return state != State.FAILS;
  }

  private void ask() {
    Deque<LengthEquation> open = new ArrayDeque<>();
    open.add(this);
    advance(open);
  }

  /** Lets {@code open} tell what they can, and those that what they tell wakes. */
  static void advance(Deque<LengthEquation> open) {
    while (!open.isEmpty()) {
      LengthEquation next = open.remove();
      if (next.state == State.WAITING) {
        try {
          next.state = next.told(open);
        } catch (ArithmeticException tooLarge) {
          next.state = State.FAILS;
        }
      }
    }
  }

  private Difference difference() {
    UnknownNames names = new UnknownNames();
    return new Difference(names.polynomial(left).minus(names.polynomial(right)), names);
  }

  private State told(Deque<LengthEquation> woken) {
    Difference difference = difference();
    if (difference.polynomial.equals(Polynomial.ZERO)) {
      return State.HOLDS;
    }
    UnknownNames names = difference.names;
    Polynomial rest = Division.withoutCommonNames(difference.polynomial);
    List<String> unknowns = names.in(rest);
    if (unknowns.isEmpty() || rest.isPositive() || !rest.canBePositive()) {
      return State.FAILS;
    }
    boolean alone = unknowns.size() == 1;
    for (String unknown : unknowns) {
      Linear linear = Linear.of(rest, unknown);
      if (linear != null && names.in(linear.coefficient()).isEmpty()) {
        Polynomial root = linear.root();
        if (root != null && (alone ? root.canBePositive() : root.isPositive())) {
          return bound(unknown, root, names, woken);
        }
        if (alone) {
          return State.FAILS;
        }
      }
    }
    Root root = alone ? Root.of(rest, unknowns.getFirst()) : null;
    if (root != null) {
      return root.value() == null
          ? State.FAILS
          : bound(unknowns.getFirst(), root.value(), names, woken);
    }
    if (isProductOne(rest, names)) {
      for (String unknown : unknowns) {
        if (bound(unknown, Polynomial.ONE, names, woken) == State.FAILS) {
          return State.FAILS;
        }
      }
      return State.HOLDS;
    }
    for (String unknown : unknowns) {
      Objects.requireNonNull(names.length(unknown)).await(this);
    }
    return State.WAITING;
  }

  private static State bound(
      String unknown, Polynomial value, UnknownNames names, Deque<LengthEquation> woken) {
    Length root = Objects.requireNonNull(names.length(unknown));
    return root.bind(names.length(value).root(), woken) ? State.HOLDS : State.FAILS;
  }

  /** Tells whether {@code difference} says that a product of unknown lengths is 1. */
  private static boolean isProductOne(Polynomial difference, UnknownNames names) {
    for (Polynomial product :
        List.of(difference.plus(Polynomial.ONE), Polynomial.ONE.minus(difference))) {
      if (product.terms().size() == 1
          && product.terms().getFirst().coefficient() == 1
          && names.in(product).size() == product.names().size()) {
        return true;
      }
    }
    return false;
  }

  /**
   * Takes the lengths that nothing tells to be those that {@link FactorMatching} finds. Returns
   * whether some lengths satisfy this.
   */
  public boolean choose() {
    ask();
    if (state == State.WAITING) {
      state = FactorMatching.match(left, right) ? State.HOLDS : State.FAILS;
    }
    return state == State.HOLDS;
  }
}
