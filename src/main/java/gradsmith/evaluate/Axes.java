package gradsmith.evaluate;

import java.util.Arrays;

/** Counts through the entries of tensors that are stored row by row. */
final class Axes {

  private Axes() {}

  /** Returns the number of entries. */
  static int count(int[] axes) {
    int count = 1;
    for (int length : axes) {
      count = Math.multiplyExact(count, length);
    }
    return count;
  }

  /** Returns the axes before rows and columns. */
  static int[] leading(int[] axes) {
    return Arrays.copyOf(axes, axes.length - 2);
  }

  /** Returns {@code leading} followed by {@code more}. */
  static int[] append(int[] leading, int... more) {
    int[] axes = Arrays.copyOf(leading, leading.length + more.length);
    System.arraycopy(more, 0, axes, leading.length, more.length);
    return axes;
  }

  /**
   * Returns the axes that {@code a} and {@code b} broadcast to, aligned from the right.
   *
   * @throws IllegalArgumentException if two lengths differ and neither is 1
   */
  static int[] broadcast(int[] a, int[] b) {
    if (Arrays.equals(a, b)) {
      return a;
    }
    int[] result = new int[Math.max(a.length, b.length)];
    for (int i = 1; i <= result.length; i++) {
      int left = i <= a.length ? a[a.length - i] : 1;
      int right = i <= b.length ? b[b.length - i] : 1;
      if (left != right && left != 1 && right != 1) {
        throw new IllegalArgumentException(
            Arrays.toString(a) + " and " + Arrays.toString(b) + " do not broadcast");
      }
      result[result.length - i] = Math.max(left, right);
    }
    return result;
  }

  /**
   * Returns for each entry of a tensor with the axes {@code to} where it stands in one with {@code
   * from}.
   */
  static int[] broadcastIndex(int[] from, int[] to) {
    int[] strides = new int[to.length];
    int stride = 1;
    for (int i = 1; i <= from.length; i++) {
      int length = from[from.length - i];
      strides[to.length - i] = length == 1 ? 0 : stride;
      stride *= length;
    }
    int[] index = new int[count(to)];
    int[] counter = new int[to.length];
    int position = 0;
    for (int i = 0; i < index.length; i++) {
      index[i] = position;
      for (int axis = to.length - 1; axis >= 0; axis--) {
        position += strides[axis];
        if (++counter[axis] < to[axis]) {
          break;
        }
        counter[axis] = 0;
        position -= strides[axis] * to[axis];
      }
    }
    return index;
  }

  /**
   * Returns for each entry of the transposes where it stands in the {@code matrices} of rows ×
   * columns.
   */
  static int[] transposeIndex(int matrices, int rows, int columns) {
    int[] index = new int[matrices * rows * columns];
    int next = 0;
    for (int matrix = 0; matrix < matrices; matrix++) {
      int start = matrix * rows * columns;
      for (int j = 0; j < columns; j++) {
        for (int i = 0; i < rows; i++) {
          index[next++] = start + i * columns + j;
        }
      }
    }
    return index;
  }

  /** Returns where the diagonals of square matrices stand. */
  static int[] diagonalIndex(int matrices, int size) {
    int[] index = new int[matrices * size];
    for (int i = 0; i < index.length; i++) {
      index[i] = i / size * size * size + i % size * (size + 1);
    }
    return index;
  }

  /**
   * Returns for each entry of diagonal matrices where it stands in the columns, or -1 off the
   * diagonal.
   */
  static int[] diagonalMatrixIndex(int matrices, int size) {
    int[] index = new int[matrices * size * size];
    Arrays.fill(index, -1);
    int[] diagonal = diagonalIndex(matrices, size);
    for (int i = 0; i < diagonal.length; i++) {
      index[diagonal[i]] = i;
    }
    return index;
  }
}
