package gradsmith.emit;

import gradsmith.shape.Polynomial;
import gradsmith.shape.Shape;

/**
 * What lengths are taken to be where it is to be told which way costs less: names count as long.
 */
final class TypicalLength {

  static final double LONG = 100;

  private TypicalLength() {}

  static double of(Polynomial dimension) {
    double sum = 0;
    for (Polynomial.Term term : dimension.terms()) {
      sum += term.coefficient() * Math.pow(LONG, term.names().size());
    }
    return sum;
  }

  /** Returns how many entries an array has. */
  static double entries(Shape shape) {
    return shape.axes().stream().mapToDouble(TypicalLength::of).reduce(1, (a, b) -> a * b);
  }
}
