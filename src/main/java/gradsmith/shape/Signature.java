package gradsmith.shape;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The shapes that a function takes and gives. A pattern lists axes: {@code [n, k]} a matrix, {@code
 * [k]} a column, the empty pattern a single number; a name is any length, the same wherever it
 * stands, a numeral is that length. Elementwise arguments and results have the pattern {@code [n,
 * k]}, too.
 *
 * @param kind how its arguments relate
 * @param parameters a pattern a parameter
 * @param result the pattern of the result; the empty pattern is one number for the whole stack of
 *     matrices, {@code [1, 1]} is one number for each matrix
 */
public record Signature(Kind kind, List<List<String>> parameters, List<String> result) {

  /** How the arguments relate. */
  public enum Kind {
    /**
     * Entry by entry: arguments broadcast against each other, except those with the empty pattern.
     */
    ELEMENTWISE,
    /** Row by row: vectors among the arguments with pattern {@code [n, k]} are read as one row. */
    ROWS,
    /** As the patterns say. */
    MAPPED
  }

  /** Copies the lists. */
  public Signature {
    parameters = parameters.stream().map(List::copyOf).toList();
    result = List.copyOf(result);
  }

  /** Tells whether the result is one number, or one for each matrix of a stack. */
  public boolean givesNumber() {
    return kind != Kind.ELEMENTWISE && result.stream().allMatch("1"::equals);
  }

  /** Returns the shape of the result for arguments of {@code shapes}, which fit. */
  public Shape resultShape(List<Shape> shapes) {
    List<Polynomial> leading = List.of();
    for (Shape shape : shapes) {
      List<Polynomial> both = Shape.broadcastLeading(leading, shape.leading());
      if (both == null) {
        throw new IllegalArgumentException("leading axes do not fit: " + shapes);
      }
      leading = both;
    }
    if (result.isEmpty()) {
      return Shape.SCALAR;
    }
    Map<String, Polynomial> lengths = new HashMap<>();
    for (int i = 0; i < parameters.size(); i++) {
      List<String> pattern = parameters.get(i);
      if (!pattern.isEmpty()) {
        lengths.put(pattern.get(0), shapes.get(i).rows());
        if (pattern.size() == 2) {
          lengths.put(pattern.get(1), shapes.get(i).columns());
        }
      }
    }
    List<Polynomial> axes = new ArrayList<>();
    for (String axis : result) {
      Polynomial known = lengths.get(axis);
      axes.add(
          Character.isDigit(axis.charAt(0))
              ? Polynomial.of(Integer.parseInt(axis))
              : known == null ? Polynomial.of(axis) : known);
    }
    return new Shape(leading, axes.getFirst(), axes.size() == 1 ? Polynomial.ONE : axes.get(1));
  }
}
