package gradsmith.evaluate;

import gradsmith.shape.Dimension;
import gradsmith.shape.Shape;
import java.util.List;
import java.util.Map;

/**
 * The lengths of named dimensions.
 *
 * @param lengths by name; the length of a product such as {@code n*d} follows from those of its
 *     factors
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
  public int length(Dimension dimension) {
    return dimension instanceof Dimension.Fixed fixed ? fixed.size() : length(dimension.toString());
  }

  private int length(String name) {
    Integer known = lengths.get(name);
    if (known != null) {
      return known;
    }
    if (Character.isDigit(name.charAt(0)) && name.indexOf('*') < 0) {
      return Integer.parseInt(name);
    }
    int star = name.indexOf('*');
    if (star < 0) {
      throw new IllegalStateException("the dimension " + name + " has no length");
    }
    return Math.multiplyExact(length(name.substring(0, star)), length(name.substring(star + 1)));
  }

  /** Returns the lengths of the axes of {@code shape}, leading axes first. */
  public int[] axes(Shape shape) {
    List<Dimension> leading = shape.leading();
    int[] axes = new int[leading.size() + 2];
    for (int i = 0; i < leading.size(); i++) {
      axes[i] = length(leading.get(i));
    }
    axes[leading.size()] = length(shape.rows());
    axes[leading.size() + 1] = length(shape.columns());
    return axes;
  }
}
