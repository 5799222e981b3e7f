package gradsmith.evaluate;

import gradsmith.expr.Property;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.QRDecomposition;

/** Makes a random matrix one that has all of its properties at once. */
final class RandomStructure {

  private final int rows;
  private final int columns;
  private final Set<Property> properties;
  private final Random random;

  RandomStructure(int rows, int columns, Set<Property> properties, Random random) {
    this.rows = rows;
    this.columns = columns;
    this.properties = properties;
    this.random = random;
  }

  /** Returns a matrix with the properties; {@code entries} are used where they leave a choice. */
  double[] of(double[] entries) {
    boolean symmetric = has(Property.SYMMETRIC);
    boolean orthogonal = has(Property.ORTHOGONAL);
    boolean stochastic = has(Property.STOCHASTIC);
    boolean rigid = orthogonal || has(Property.ONEHOT);
    if (has(Property.DIAGONAL)) {
      return diagonal(entries, orthogonal, stochastic);
    }
    if (rigid && (has(Property.SPD) || (symmetric && has(Property.POSITIVE)))) {
      return identity(); // the eigenvalues are of size 1, and positive
    }
    if (rigid && stochastic) {
      return oneHot(symmetric ? involution() : orthogonal ? injection() : choice());
    }
    if (orthogonal) {
      return symmetric ? reflection() : orthogonal();
    }
    if (stochastic) {
      return symmetric ? doublyStochastic() : stochastic();
    }
    if (has(Property.SPD)) {
      return positiveDefinite(entries);
    }
    return symmetric ? symmetrized(entries) : entries;
  }

  private boolean has(Property property) {
    return properties.stream().anyMatch(each -> each.implies(property));
  }

  private double[] diagonal(double[] entries, boolean orthogonal, boolean stochastic) {
    double[] definite = has(Property.SPD) ? positiveDefinite(entries) : entries;
    double[] result = new double[entries.length];
    for (int i = 0; i < result.length; i += columns + 1) {
      double sign = has(Property.SPD) || has(Property.POSITIVE) || random.nextBoolean() ? 1 : -1;
      result[i] = stochastic ? 1 : orthogonal ? sign : definite[i];
    }
    return result;
  }

  private double[] identity() {
    double[] result = new double[rows * columns];
    for (int i = 0; i < result.length; i += columns + 1) {
      result[i] = 1;
    }
    return result;
  }

  /** Returns the column of the 1 of each row: any. */
  private int[] choice() {
    int[] hot = new int[rows];
    for (int i = 0; i < rows; i++) {
      hot[i] = random.nextInt(columns);
    }
    return hot;
  }

  /** No two rows have one column, as long as there are enough. */
  private int[] injection() {
    List<Integer> order = shuffled(columns);
    int[] hot = new int[rows];
    for (int i = 0; i < rows; i++) {
      hot[i] = order.get(i % columns);
    }
    return hot;
  }

  /** Rows change places in pairs, or stay. */
  private int[] involution() {
    List<Integer> order = shuffled(columns);
    int[] hot = new int[rows];
    for (int i = 0; i < rows; i++) {
      int partner = i ^ 1;
      hot[order.get(i)] = order.get(partner < rows ? partner : i);
    }
    return hot;
  }

  private List<Integer> shuffled(int count) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      order.add(i);
    }
    Collections.shuffle(order, random);
    return order;
  }

  private double[] oneHot(int[] hot) {
    double[] result = new double[rows * columns];
    for (int i = 0; i < rows; i++) {
      result[i * columns + hot[i]] = 1;
    }
    return result;
  }

  private double[] orthogonal() {
    int height = Math.max(rows, columns);
    int width = Math.min(rows, columns);
    double[][] data = new double[height][width];
    for (double[] row : data) {
      Arrays.setAll(row, j -> random.nextGaussian());
    }
    double[][] q = new QRDecomposition(new Array2DRowRealMatrix(data, false)).getQ().getData();
    double[] result = new double[rows * columns];
    for (int i = 0; i < result.length; i++) {
      int row = i / columns;
      int column = i % columns;
      double entry = columns > rows ? q[column][row] : q[row][column];
      // Only a single row or column can be positive, and its signs are free.
      result[i] = has(Property.POSITIVE) ? Math.abs(entry) : entry;
    }
    return result;
  }

  /** Returns Q diag(s) Q' with Q orthogonal and s of both signs. */
  private double[] reflection() {
    double[] q = orthogonal();
    double[] signs = new double[rows];
    for (int k = 0; k < rows; k++) {
      signs[k] = k == 0 || random.nextBoolean() ? -1 : 1;
    }
    double[] result = new double[q.length];
    for (int i = 0; i < result.length; i++) {
      for (int k = 0; k < rows; k++) {
        result[i] += q[i / rows * rows + k] * signs[k] * q[i % rows * rows + k];
      }
    }
    return symmetrized(result);
  }

  private double[] stochastic() {
    double[] result = new double[rows * columns];
    for (int start = 0; start < result.length; start += columns) {
      double sum = 0;
      for (int j = 0; j < columns; j++) {
        result[start + j] = 0.1 + random.nextDouble();
        sum += result[start + j];
      }
      for (int j = 0; j < columns; j++) {
        result[start + j] /= sum;
      }
    }
    return result;
  }

  /** What a row lacks of 1 stands on the diagonal: more than half of it makes it definite. */
  private double[] doublyStochastic() {
    double share = has(Property.SPD) ? 0.45 : 0.9;
    double[] entries = new double[rows * columns];
    Arrays.setAll(entries, i -> share / columns * (0.1 + random.nextDouble()));
    double[] result = symmetrized(entries);
    for (int i = 0; i < rows; i++) {
      double others = 0;
      for (int j = 0; j < columns; j++) {
        others += i == j ? 0 : result[i * columns + j];
      }
      result[i * columns + i] = 1 - others;
    }
    return result;
  }

  /** Returns M M' / n + I / 2. */
  private double[] positiveDefinite(double[] m) {
    double[] result = new double[m.length];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < rows; j++) {
        double sum = i == j ? 0.5 : 0;
        for (int k = 0; k < rows; k++) {
          sum += m[i * rows + k] * m[j * rows + k] / rows;
        }
        result[i * rows + j] = sum;
      }
    }
    return result;
  }

  private double[] symmetrized(double[] entries) {
    double[] result = entries.clone();
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < i; j++) {
        result[j * rows + i] = result[i * rows + j];
      }
    }
    return result;
  }
}
