package gradsmith.evaluate;

import gradsmith.shape.Polynomial;
import gradsmith.shape.Shape;
import java.util.List;
import java.util.Map;

/**
 * The lengths of named dimensions.
 *
 * @param lengths by name; the length of a polynomial such as {@code n*d} follows from them
 */
public record Sizes(Map<String, Integer> lengths) {

  /** Copies the map. */
  public Sizes {
    lengths = Map.copyOf(lengths);
  }

  /**
   * Returns the length of {@code dimension}.
   *
   * @throws IllegalStateException if a name in it has no length
   */
  public int length(Polynomial dimension) {
    return Math.toIntExact(dimension.at(this::length));
  }

  private long length(String name) {
    Integer known = lengths.get(name);
    if (known == null) {
      throw new IllegalStateException("the dimension " + name + " has no length");
    }
    return known;
  }

  /** Returns the lengths of the axes of {@code shape}, leading axes first. */
  public int[] axes(Shape shape) {
    List<Polynomial> leading = shape.leading();
    int[] axes = new int[leading.size() + 2];
    for (int i = 0; i < leading.size(); i++) {
      axes[i] = length(leading.get(i));
    }
    axes[leading.size()] = length(shape.rows());
    axes[leading.size() + 1] = length(shape.columns());
    return axes;
  }
}
