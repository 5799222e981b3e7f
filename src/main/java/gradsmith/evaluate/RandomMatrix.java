package gradsmith.evaluate;

import gradsmith.expr.Property;
import java.util.Random;
import java.util.Set;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.QRDecomposition;

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
    if (properties.contains(Property.ORTHOGONAL)) {
      entries = orthogonal(NORMAL.draw(rows, columns, random), rows, columns);
    }
    if (properties.contains(Property.SPD)) {
      entries = positiveDefinite(entries, rows, properties.contains(Property.DIAGONAL));
    }
    if (properties.contains(Property.SYMMETRIC)) {
      symmetrize(entries, rows);
    }
    if (properties.contains(Property.DIAGONAL)) {
      for (int i = 0; i < entries.length; i++) {
        entries[i] = i / columns == i % columns ? entries[i] : 0;
      }
    }
    if (properties.contains(Property.ONEHOT)) {
      oneHot(entries, columns, random);
    } else if (properties.contains(Property.STOCHASTIC)) {
      stochastic(entries, columns, random);
    }
    return entries;
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

  private static double[] orthogonal(double[] entries, int rows, int columns) {
    boolean wide = columns > rows;
    int height = Math.max(rows, columns);
    int width = Math.min(rows, columns);
    double[][] data = new double[height][width];
    for (int i = 0; i < height * width; i++) {
      data[i / width][i % width] = entries[i];
    }
    double[][] q = new QRDecomposition(new Array2DRowRealMatrix(data, false)).getQ().getData();
    double[] result = new double[entries.length];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        result[i * columns + j] = wide ? q[j][i] : q[i][j];
      }
    }
    return result;
  }

  /** Returns M M' / n + I / 2. */
  private static double[] positiveDefinite(double[] m, int size, boolean diagonal) {
    double[] result = new double[m.length];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        double sum = i == j ? 0.5 : 0;
        for (int k = 0; k < size && (i == j || !diagonal); k++) {
          sum += m[i * size + k] * m[j * size + k] / size;
        }
        result[i * size + j] = sum;
      }
    }
    return result;
  }

  private static void symmetrize(double[] entries, int size) {
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < i; j++) {
        entries[j * size + i] = entries[i * size + j];
      }
    }
  }

  private static void oneHot(double[] entries, int columns, Random random) {
    for (int start = 0; start < entries.length; start += columns) {
      int hot = random.nextInt(columns);
      for (int j = 0; j < columns; j++) {
        entries[start + j] = j == hot ? 1 : 0;
      }
    }
  }

  private static void stochastic(double[] entries, int columns, Random random) {
    for (int start = 0; start < entries.length; start += columns) {
      double sum = 0;
      for (int j = 0; j < columns; j++) {
        entries[start + j] = 0.1 + random.nextDouble();
        sum += entries[start + j];
      }
      for (int j = 0; j < columns; j++) {
        entries[start + j] /= sum;
      }
    }
  }
}
