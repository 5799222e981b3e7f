package gradsmith.data;

import java.util.Arrays;
import java.util.StringJoiner;

/** Numbers along any number of axes: none for a number, one for a vector, two for a matrix. */
public final class NdArray {

  /** The most entries that are read: a gigabyte of them. */
  public static final int MOST_ENTRIES = 1 << 27;

  private final int[] axes;
  private final double[] entries;

  private NdArray(int[] axes, double[] entries) {
    this.axes = axes;
    this.entries = entries;
  }

  /** Returns a number. */
  public static NdArray of(double number) {
    return new NdArray(new int[0], new double[] {number});
  }

  /** Returns a vector. */
  public static NdArray vector(double... entries) {
    return of(new int[] {entries.length}, entries);
  }

  /**
   * Returns a matrix.
   *
   * @throws IllegalArgumentException if there is no entry, or the rows differ in length
   */
  public static NdArray matrix(double[][] rows) {
    int columns = rows.length == 0 ? 0 : rows[0].length;
    double[] entries = new double[Math.multiplyExact(rows.length, columns)];
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != columns) {
        throw new IllegalArgumentException(
            "row %d has %d entries, the first %d".formatted(i + 1, rows[i].length, columns));
      }
      System.arraycopy(rows[i], 0, entries, i * columns, columns);
    }
    return of(new int[] {rows.length, columns}, entries);
  }

  /**
   * Returns the array with the lengths {@code axes}.
   *
   * @param entries in row-major order
   * @throws IllegalArgumentException if the number of entries is not the product of the lengths, or
   *     0
   */
  public static NdArray of(int[] axes, double[] entries) {
    if (entries.length == 0) {
      throw new IllegalArgumentException("there are no entries");
    }
    if (count(axes) != entries.length) {
      throw new IllegalArgumentException(
          text(axes) + " does not hold " + entries.length + " entries");
    }
    return new NdArray(axes.clone(), entries.clone());
  }

  static long count(int[] axes) {
    long count = 1;
    for (int length : axes) {
      count = Math.multiplyExact(count, length);
    }
    return count;
  }

  /** Returns the number of axes. */
  public int rank() {
    return axes.length;
  }

  /** Returns the lengths of the axes. */
  public int[] axes() {
    return axes.clone();
  }

  /** Returns the entries in row-major order. */
  public double[] entries() {
    return entries.clone();
  }

  /** Returns the number of entries. */
  public int size() {
    return entries.length;
  }

  /** Returns the entry at {@code index} in row-major order. */
  public double entry(int index) {
    return entries[index];
  }

  /** Tells whether no entry is infinite or not a number. */
  public boolean isFinite() {
    return Arrays.stream(entries).allMatch(Double::isFinite);
  }

  /** Returns the same entries along other axes. */
  public NdArray reshaped(int... lengths) {
    return of(lengths, entries);
  }

  /** Writes the lengths: {@code a number}, {@code a vector of 3}, {@code 3×4}. */
  public String shape() {
    return text(axes);
  }

  private static String text(int[] axes) {
    if (axes.length < 2) {
      return axes.length == 0 ? "a number" : "a vector of " + axes[0];
    }
    StringJoiner text = new StringJoiner("×");
    for (int length : axes) {
      text.add(Integer.toString(length));
    }
    return text.toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NdArray array
        && Arrays.equals(axes, array.axes)
        && Arrays.equals(entries, array.entries);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(axes) + Arrays.hashCode(entries);
  }

  @Override
  public String toString() {
    return shape();
  }
}
