package gradsmith.emit;

import gradsmith.shape.Shape;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives names to what {@code code} computes.
 *
 * @param names one, or several if the code gives several arrays; all but the first are small, and _
 *     for what nothing reads
 * @param shape the axes of what is named first, those that broadcasting repeats of length 1
 * @param words the words in the code, among them what it reads
 * @param comments what the formulas say of those that they name
 * @param over the array in whose memory the result is written, or null if it is new
 * @param updates what is done with the result after that, as whole lines
 */
record Statement(
    List<String> names,
    Code code,
    Shape shape,
    Set<String> words,
    List<String> comments,
    @Nullable String over,
    List<String> updates) {

  /** Copies the lists. */
  Statement {
    names = List.copyOf(names);
    comments = List.copyOf(comments);
    updates = List.copyOf(updates);
  }

  Statement(List<String> names, Code code, Shape shape, Set<String> words, List<String> comments) {
    this(names, code, shape, words, comments, null, List.of());
  }

  /** Returns the same with its value computed as {@code code} and {@code updates}. */
  Statement overwriting(Code code, @Nullable String over, List<String> updates) {
    return new Statement(names, code, shape, words, comments, over, updates);
  }

  /** Returns the first name. */
  String name() {
    return names.getFirst();
  }

  /** Tells whether it is more than a vector. */
  boolean isLarge() {
    return size() > TypicalLength.LONG;
  }

  /** Returns how many entries there are. */
  double size() {
    return TypicalLength.entries(shape);
  }
}
