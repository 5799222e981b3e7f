package gradsmith.expr;

import gradsmith.shape.Shape;
import org.jspecify.annotations.Nullable;

/**
 * A node of the expression graph. Nodes are immutable and made only by {@link Expressions}, which
 * makes each one once: two nodes of the same session are equal exactly if they are identical.
 * Everything is explicit in the graph; a bias is a product with a column of ones.
 */
public abstract sealed class Expr permits Variable, Constant, Apply {

  private final int id;
  private final Shape shape;

  Expr(int id, Shape shape) {
    this.id = id;
    this.shape = shape;
  }

  /** Counts the nodes of a session in the order of their making: arguments have smaller ids. */
  public final int id() {
    return id;
  }

  /** Nodes made one after the other are looked up one after the other: so they lie in a table. */
  @Override
  public final int hashCode() {
    return id;
  }

  @Override
  public final boolean equals(@Nullable Object other) {
    return this == other;
  }

  /** Returns the shape of the value. */
  public final Shape shape() {
    return shape;
  }
}
