package gradsmith.shape;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The shape of a value: a stack of matrices. A scalar is 1×1, a vector n×1, a row 1×n.
 *
 * @param leading the axes that stack the matrices, outermost first; empty for one matrix
 * @param rows the rows of each matrix
 * @param columns the columns of each matrix
 */
public record Shape(List<Polynomial> leading, Polynomial rows, Polynomial columns) {

  /** The shape of a scalar. */
  public static final Shape SCALAR = matrix(Polynomial.ONE, Polynomial.ONE);

  /** Copies the list. */
  public Shape {
    leading = List.copyOf(leading);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || other instanceof Shape shape
            && rows.equals(shape.rows)
            && columns.equals(shape.columns)
            && leading.equals(shape.leading);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * rows.hashCode() + columns.hashCode()) + leading.hashCode();
  }

  /** Returns rows × columns. */
  public static Shape matrix(Polynomial rows, Polynomial columns) {
    return new Shape(List.of(), rows, columns);
  }

  /** Tells whether each matrix of the stack is 1×1. */
  public boolean isScalarMatrix() {
    return rows.isOne() && columns.isOne();
  }

  /** Tells whether this is a single number. */
  public boolean isScalar() {
    return leading.isEmpty() && isScalarMatrix();
  }

  /** Tells whether this is one n×1 column that is no scalar. */
  public boolean isVector() {
    return leading.isEmpty() && columns.isOne() && !rows.isOne();
  }

  /** Tells whether this is one 1×n row that is no scalar. */
  public boolean isRow() {
    return leading.isEmpty() && rows.isOne() && !columns.isOne();
  }

  /** Returns the shape with its last two axes swapped. */
  public Shape transposed() {
    return new Shape(leading, columns, rows);
  }

  /** Returns the shape in which each dimension is what {@code length} says. */
  public Shape with(UnaryOperator<Polynomial> length) {
    List<Polynomial> axes = new ArrayList<>(leading.size());
    for (Polynomial axis : leading) {
      axes.add(length.apply(axis));
    }
    return new Shape(axes, length.apply(rows), length.apply(columns));
  }

  /** Returns all axes, outermost first. */
  public List<Polynomial> axes() {
    List<Polynomial> axes = new ArrayList<>(leading);
    axes.add(rows);
    axes.add(columns);
    return axes;
  }

  /**
   * Returns the leading axes of {@code a} and {@code b} aligned from the right and broadcast, or
   * null if two lengths differ and neither is 1.
   */
  public static @Nullable List<Polynomial> broadcastLeading(
      List<Polynomial> a, List<Polynomial> b) {
    if (b.isEmpty()) {
      return a;
    }
    if (a.isEmpty()) {
      return b;
    }
    int length = Math.max(a.size(), b.size());
    List<Polynomial> result = new ArrayList<>(length);
    for (int i = 0; i < length; i++) {
      int fromA = i - (length - a.size());
      int fromB = i - (length - b.size());
      Polynomial left = fromA < 0 ? Polynomial.ONE : a.get(fromA);
      Polynomial right = fromB < 0 ? Polynomial.ONE : b.get(fromB);
      if (!left.equals(right) && !left.isOne() && !right.isOne()) {
        return null;
      }
      result.add(left.isOne() ? right : left);
    }
    return result;
  }

  /** Writes {@code n×d}, {@code b×t×d}; {@code n} for a vector; {@code scalar}. */
  @Override
  public String toString() {
    if (isScalar()) {
      return "scalar";
    }
    StringBuilder text = new StringBuilder();
    for (Polynomial axis : axes()) {
      text.append(text.isEmpty() ? "" : "×").append(axis.asFactor("*"));
    }
    return text.toString();
  }
}
