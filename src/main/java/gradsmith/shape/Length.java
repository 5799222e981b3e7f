package gradsmith.shape;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The length of an axis while shapes are inferred: a node of a union-find forest. Two lengths are
 * one when they have the same {@link #root}. A root is known, or the sum or product of others, or
 * nothing is known of it yet; it remembers where it came from. What is said of sums and products is
 * a {@link LengthEquation}, and waits at the unknown lengths in it until it tells one of them.
 */
public final class Length {

  private static final int MOST_PARTS = 100;

  private @Nullable Length parent;
  private @Nullable Polynomial value;
  private @Nullable String origin;
  private boolean neverOne;
  private @Nullable String reason;

  /** What this is the sum or product of; the factors of a product are the outermost first. */
  private List<Length> parts = List.of();

  private boolean isProduct;

  /** Equations in which this unknown length is. */
  private Set<LengthEquation> waiting = Set.of();

  /** Equations between this very axis and another that did not tell at once. */
  private List<LengthEquation> equations = List.of();

  private Length(@Nullable Polynomial value, @Nullable String origin, boolean neverOne) {
    this.value = value;
    this.origin = origin;
    this.neverOne = neverOne;
  }

  /** Returns a length that nothing is known of. */
  public static Length free() {
    return new Length(null, null, false);
  }

  /** Returns a length of an undeclared name: anything but 1. */
  public static Length freeOfName() {
    return new Length(null, null, true);
  }

  /**
   * Returns a known length; {@code origin} says why, for example {@code W1 was declared (d, k)}.
   */
  public static Length of(Polynomial value, @Nullable String origin) {
    return new Length(value, origin, false);
  }

  /**
   * Returns outer · inner: rows and columns that lie inside each other, as in vec and kron.
   *
   * @throws ArithmeticException if that is too large to write down
   */
  public static Length product(Length outer, Length inner) {
    if (outer.isOne()) {
      return inner;
    }
    return inner.isOne() ? outer : made(List.of(outer, inner), true);
  }

  /**
   * Returns left + right.
   *
   * @throws ArithmeticException if that is too large to write down
   */
  public static Length sum(Length left, Length right) {
    return made(List.of(left, right), false);
  }

  private static Length made(List<Length> operands, boolean isProduct) {
    Length made = free();
    made.isProduct = isProduct;
    made.parts = new ArrayList<>();
    Polynomial known = Polynomial.ZERO;
    for (Length operand : operands) {
      for (Length part :
          operand.root().isMade(isProduct) ? operand.root().parts : List.of(operand)) {
        Polynomial value = part.value();
        if (isProduct || value == null) {
          made.parts.add(part);
        } else {
          known = known.plus(value);
        }
      }
    }
    if (!known.equals(Polynomial.ZERO) || made.parts.isEmpty()) {
      made.parts.add(of(known, null));
    }
    if (made.parts.size() > MOST_PARTS) {
      throw new ArithmeticException("a length with too many parts");
    }
    made.value = made.computed();
    return made;
  }

  private boolean isMade(boolean product) {
    return !parts.isEmpty() && isProduct == product;
  }

  /** Says that this can be 1, although it is of an undeclared name. */
  public void allowOne() {
    root().neverOne = false;
  }

  /** Returns the representative of all lengths that are equal to this one. */
  public Length root() {
    Length root = this;
    while (root.parent != null) {
      root = root.parent;
    }
    Length node = this;
    while (node.parent != null) {
      Length next = node.parent;
      node.parent = root;
      node = next;
    }
    return root;
  }

  /** Returns the known value, or null. */
  public @Nullable Polynomial value() {
    Length root = root();
    if (root.value == null && !root.parts.isEmpty()) {
      try {
        root.value = root.computed();
      } catch (ArithmeticException tooLarge) {
        return null;
      }
    }
    return root.value;
  }

  private @Nullable Polynomial computed() {
    boolean[] isOpen = {false};
    Polynomial computed =
        polynomial(unknown -> {
          isOpen[0] = true;
          return Polynomial.ONE;
        });
    return isOpen[0] ? null : computed;
  }

  /**
   * Returns this as a polynomial in which {@code unknown} stands for what nothing is known of.
   *
   * @throws ArithmeticException if that is too large to write down
   */
  public Polynomial polynomial(Function<Length, Polynomial> unknown) {
    Map<Length, Polynomial> done = new HashMap<>();
    Deque<Length> open = new ArrayDeque<>();
    open.push(root());
    while (!open.isEmpty()) {
      Length next = open.peek();
      boolean pushed = false;
      for (Length part : next.value == null ? next.parts : List.<Length>of()) {
        if (!done.containsKey(part.root())) {
          open.push(part.root());
          pushed = true;
        }
      }
      if (!pushed) {
        done.put(open.pop(), next.combined(done, unknown));
      }
    }
    return done.getOrDefault(root(), Polynomial.ZERO);
  }

  private Polynomial combined(Map<Length, Polynomial> done, Function<Length, Polynomial> unknown) {
    if (value != null || parts.isEmpty()) {
      return value == null ? unknown.apply(this) : value;
    }
    Polynomial combined = isProduct ? Polynomial.ONE : Polynomial.ZERO;
    for (Length part : parts) {
      Polynomial operand = done.getOrDefault(part.root(), Polynomial.ZERO);
      combined = isProduct ? combined.times(operand) : combined.plus(operand);
    }
    return checked(combined);
  }

  private static Polynomial checked(Polynomial length) {
    for (Polynomial.Term term : length.terms()) {
      Math.toIntExact(term.coefficient());
    }
    return length;
  }

  /** Returns the unknown lengths in this, which is one itself, or a sum or product of some. */
  public Set<Length> unknowns() {
    Set<Length> unknowns = new LinkedHashSet<>();
    polynomial(unknown -> {
      unknowns.add(unknown);
      return Polynomial.ONE;
    });
    return unknowns;
  }

  /** Returns what this is the sum or product of, its own parts taken apart likewise. */
  List<Length> parts(boolean ofProduct) {
    Length root = root();
    if (!root.isMade(ofProduct)) {
      return List.of(root);
    }
    List<Length> all = new ArrayList<>();
    for (Length part : root.parts) {
      all.addAll(part.parts(ofProduct));
    }
    return all;
  }

  /** Returns where the known value came from, or null. */
  public @Nullable String origin() {
    return root().origin;
  }

  /** Returns why this very axis was first made equal to another, or null. */
  public @Nullable String reason() {
    return reason;
  }

  /** Tells whether this is known to be 1. */
  public boolean isOne() {
    Polynomial known = value();
    return known != null && known.isOne();
  }

  /** Tells whether this is neither known nor made of others. */
  public boolean isUnknown() {
    Length root = root();
    return root.value == null && root.parts.isEmpty();
  }

  /** Tells whether this and {@code other} are known to be equal. */
  public boolean same(Length other) {
    Length a = root();
    Length b = other.root();
    if (a == b || a.isUnknown() || b.isUnknown()) {
      return a == b;
    }
    return new LengthEquation(a, b, "").isIdentity();
  }

  /** Gives the root a value if nothing is known of it. */
  public void settle(Polynomial dimension) {
    unify(of(dimension, null), "");
  }

  /**
   * Makes this and {@code other} equal because of {@code because}.
   *
   * @return whether they can be, as far as is known
   */
  public boolean unify(Length other, String because) {
    if (reason == null) {
      reason = because;
    }
    if (other.reason == null) {
      other.reason = because;
    }
    Length a = root();
    Length b = other.root();
    if (a == b) {
      return true;
    }
    Polynomial left = a.value();
    Polynomial right = b.value();
    if (left != null && right != null) {
      return left.equals(right);
    }
    boolean bindsOther = b.isUnknown() && !a.isMadeOf(b);
    if (!bindsOther && (!a.isUnknown() || b.isMadeOf(a))) {
      return new LengthEquation(this, other, because).pose();
    }
    Deque<LengthEquation> woken = new ArrayDeque<>();
    boolean fits = bindsOther ? b.bind(a, woken) : a.bind(b, woken);
    LengthEquation.advance(woken);
    return fits;
  }

  private boolean isMadeOf(Length unknown) {
    return value == null && !parts.isEmpty() && unknowns().contains(unknown);
  }

  /**
   * Makes this unknown root equal to another root that is not made of it, and adds the equations
   * that this may tell something to {@code woken}.
   *
   * @return whether it can be
   */
  boolean bind(Length other, Deque<LengthEquation> woken) {
    if (neverOne && other.isOne()) {
      return false;
    }
    parent = other;
    other.neverOne |= neverOne;
    if (other.origin == null) {
      other.origin = origin;
    }
    woken.addAll(waiting);
    if (other.isUnknown()) {
      waiting.forEach(other::await);
    }
    return true;
  }

  /** Lets {@code equation} know when this unknown root is none any more. */
  void await(LengthEquation equation) {
    if (waiting.isEmpty()) {
      waiting = new LinkedHashSet<>();
    }
    waiting.add(equation);
  }

  /** Notes that {@code equation} between this very axis and another waits. */
  void note(LengthEquation equation) {
    if (equations.isEmpty()) {
      equations = new ArrayList<>();
    }
    equations.add(equation);
  }

  /** Returns the equations between this very axis and another that did not tell at once. */
  public List<LengthEquation> equations() {
    return equations;
  }
}
