package gradsmith.evaluate;

import gradsmith.expr.Property;
import java.util.Random;
import java.util.Set;

/**
 * The ways to draw the entries of a random matrix. Functions with narrow domains need more than
 * one.
 */
enum RandomMatrix {
  /** Around 0, of size 1. */
  NORMAL,
  /** Between 1/2 and 2. */
  POSITIVE,
  /** Between 0.1 and 0.9. */
  UNIT,
  /** Around 0, small. */
  SMALL,
  /** Between -2 and -1/2. */
  NEGATIVE,
  /** Between 2 and 5. */
  LARGE;

  /** Returns the entries of a rows × columns matrix that has {@code properties}. */
  double[] draw(int rows, int columns, Set<Property> properties, Random random) {
    RandomMatrix way =
        properties.contains(Property.POSITIVE) && this != UNIT && this != LARGE ? POSITIVE : this;
    double[] entries = way.draw(rows, columns, random);
    if (properties.contains(Property.INTEGER)) {
      for (int i = 0; i < entries.length; i++) {
        entries[i] = 2 + random.nextInt(3);
      }
    }
    return new RandomStructure(rows, columns, properties, random).of(entries);
  }

  private double[] draw(int rows, int columns, Random random) {
    double[] entries = new double[rows * columns];
    // Products of long rows would grow with their length and saturate what is applied to them.
    double spread = 1 / Math.sqrt(Math.max(1, Math.max(rows, columns) / 8.0));
    for (int i = 0; i < entries.length; i++) {
      entries[i] =
          switch (this) {
            case NORMAL -> spread * random.nextGaussian();
            case POSITIVE -> 0.5 + 1.5 * random.nextDouble();
            case UNIT -> 0.1 + 0.8 * random.nextDouble();
            case SMALL -> 0.2 * spread * random.nextGaussian();
            case NEGATIVE -> -0.5 - 1.5 * random.nextDouble();
            case LARGE -> 2 + 3 * random.nextDouble();
          };
    }
    return entries;
  }
}
