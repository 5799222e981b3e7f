package gradsmith.emit;

import gradsmith.shape.Shape;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives a name to what {@code code} computes.
 *
 * @param shape the axes of what is named, those that broadcasting repeats of length 1
 * @param words the words in the code, among them what it reads
 * @param comment what the formulas say of it, or null if they have no name for it
 */
record Statement(
    String name, String code, Shape shape, Set<String> words, @Nullable String comment) {

  /** Tells whether it is more than a vector. */
  boolean isLarge() {
    return size() > TypicalLength.LONG;
  }

  /** Returns how many entries there are. */
  double size() {
    return TypicalLength.entries(shape);
  }
}
