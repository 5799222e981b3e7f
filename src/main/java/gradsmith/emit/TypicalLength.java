package gradsmith.emit;

import gradsmith.shape.Dimension;
import gradsmith.shape.Shape;

/**
 * What lengths are taken to be where it is to be told which way costs less: names count as long.
 */
final class TypicalLength {

  static final double LONG = 100;

  private TypicalLength() {}

  static double of(Dimension dimension) {
    return switch (dimension) {
      case Dimension.Fixed fixed -> fixed.size();
      case Dimension.Named named -> Math.pow(LONG, named.name().split("\\*", -1).length);
    };
  }

  /** Returns how many entries an array has. */
  static double entries(Shape shape) {
    return shape.axes().stream().mapToDouble(TypicalLength::of).reduce(1, (a, b) -> a * b);
  }
}
