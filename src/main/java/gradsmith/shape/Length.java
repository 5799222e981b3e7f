package gradsmith.shape;

import org.jspecify.annotations.Nullable;

/**
 * The length of an axis while shapes are inferred: a node of a union-find forest. Two lengths are
 * one when they have the same {@link #root}; a root may have a known value, and remembers where it
 * came from.
 */
public final class Length {

  private @Nullable Length parent;
  private @Nullable Dimension value;
  private @Nullable String origin;
  private boolean neverOne;
  private @Nullable String reason;

  private Length(@Nullable Dimension value, @Nullable String origin, boolean neverOne) {
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
  public static Length of(Dimension value, @Nullable String origin) {
    return new Length(value, origin, false);
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
  public @Nullable Dimension value() {
    return root().value;
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
    Dimension known = root().value;
    return known != null && known.isOne();
  }

  /** Tells whether this and {@code other} are known to be equal. */
  public boolean same(Length other) {
    Length a = root();
    Length b = other.root();
    return a == b || (a.value != null && a.value.equals(b.value));
  }

  /** Gives the root a value if it has none. */
  public void settle(Dimension dimension) {
    Length root = root();
    if (root.value == null) {
      root.value = dimension;
    }
  }

  /**
   * Makes this and {@code other} equal because of {@code because}.
   *
   * @return whether they can be
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
    if (a.value != null && b.value != null) {
      return a.value.equals(b.value);
    }
    if ((a.neverOne && b.isOne()) || (b.neverOne && a.isOne())) {
      return false;
    }
    Length kept = b.value != null ? b : a;
    Length joined = kept == a ? b : a;
    joined.parent = kept;
    kept.neverOne |= joined.neverOne;
    if (kept.origin == null) {
      kept.origin = joined.origin;
    }
    return true;
  }
}
