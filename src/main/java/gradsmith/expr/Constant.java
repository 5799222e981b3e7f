package gradsmith.expr;

import gradsmith.shape.Polynomial;
import gradsmith.shape.Shape;
import org.jspecify.annotations.Nullable;

/** A value that depends on no variable. */
public final class Constant extends Expr {

  /** What a constant is. */
  public sealed interface Value {
    /** Every entry is {@code value}; a number is a 1×1 fill, other fills are of zeros or ones. */
    record Fill(Rational value, Shape shape) implements Value {
      @Override
      public boolean equals(@Nullable Object other) {
        return other instanceof Fill fill && value.equals(fill.value) && shape.equals(fill.shape);
      }

      @Override
      public int hashCode() {
        return 31 * value.hashCode() + shape.hashCode();
      }
    }

    /** The identity matrix. */
    record Identity(Polynomial size) implements Value {
      @Override
      public boolean equals(@Nullable Object other) {
        return other instanceof Identity identity && size.equals(identity.size);
      }

      @Override
      public int hashCode() {
        return size.hashCode();
      }
    }

    /** The commutation matrix K with K vec(A) = vec(A') for A of rows × columns. */
    record Commutation(Polynomial rows, Polynomial columns) implements Value {}

    /** A named dimension as a number. */
    record Size(String dimension) implements Value {}

    /** The ratio of a circle's circumference to its diameter. */
    record Pi(Expressions session) implements Value {
      /** Tells whether a variable has its name. */
      public boolean isShadowed() {
        return session.variable("pi") != null;
      }

      @Override
      public String toString() {
        return "pi";
      }
    }
  }

  private final Value value;

  Constant(int id, Value value, Shape shape) {
    super(id, shape);
    this.value = value;
  }

  /** Returns what it is. */
  public Value value() {
    return value;
  }

  /** Tells whether this is a fill of {@code number}, of whatever shape. */
  public boolean isFillOf(Rational number) {
    return value instanceof Value.Fill fill && fill.value().equals(number);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
