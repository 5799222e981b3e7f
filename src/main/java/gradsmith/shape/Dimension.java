package gradsmith.shape;

import org.jspecify.annotations.Nullable;

/**
 * The length of an axis: a known number or a name. Like all that keys the graph, its kinds write
 * out their equality, because that of a record is linked at run time, which a cold start pays for.
 */
public sealed interface Dimension {

  /** A known length, at least 1. */
  record Fixed(int size) implements Dimension {
    /** The length that broadcasts. */
    public static final Dimension ONE = new Fixed(1);

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Fixed fixed && fixed.size == size;
    }

    @Override
    public int hashCode() {
      return size;
    }

    @Override
    public String toString() {
      return Integer.toString(size);
    }
  }

  /** A length that is known by its name only. */
  record Named(String name) implements Dimension {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Named named && named.name.equals(name);
    }

    @Override
    public int hashCode() {
      return name.hashCode();
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** Returns the dimension of {@code size}. */
  static Dimension of(int size) {
    return size == 1 ? Fixed.ONE : new Fixed(size);
  }

  /** Returns the dimension called {@code name}. */
  static Dimension of(String name) {
    return new Named(name);
  }

  /** Tells whether this is the literal 1. */
  default boolean isOne() {
    return this instanceof Fixed fixed && fixed.size == 1;
  }
}
