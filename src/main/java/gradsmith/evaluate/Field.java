package gradsmith.evaluate;

import org.jspecify.annotations.Nullable;

/**
 * A kind of number that expressions can be evaluated in, seen as operations on whole arrays, so
 * that real numbers need no boxes. No operation changes its arguments; what is undefined is not a
 * number, never an exception.
 *
 * @param <A> an array of such numbers
 */
public interface Field<A> {

  /** Returns real numbers as numbers of this field; may keep {@code values}. */
  A lift(double[] values);

  /** Returns the real parts; not to be changed. */
  double[] realParts(A numbers);

  /** Returns the numbers at {@code index}; an index of -1 is a zero. */
  A gather(A numbers, int[] index);

  /** Returns a + b, entry by entry. */
  A add(A a, A b);

  /** Returns a b, entry by entry. */
  A multiply(A a, A b);

  /** Returns c a. */
  A scale(A a, double factor);

  /** Returns each base to its exponent. Whole exponents may have negative bases. */
  A power(A bases, A exponents);

  /** Returns the sums over the middle axis of outer × length × inner. */
  A sums(A numbers, int outer, int length, int inner);

  /** Returns the largest of each run of {@code length}. */
  A maxima(A numbers, int length);

  /**
   * Returns the products of stacked matrices.
   *
   * @param first which rows × inner matrix of {@code a} stands in each product
   * @param second which inner × columns matrix of {@code b} stands in each product
   */
  A matrixProducts(A a, int[] first, A b, int[] second, int rows, int inner, int columns);

  /** Returns the inverses of stacked square matrices. */
  A inverses(A matrices, int size);

  /** Returns the determinants of stacked square matrices. */
  A determinants(A matrices, int size);

  /**
   * Returns the values of a scalar function, entry by entry; {@code second} is null for a function
   * of one number.
   */
  A apply(ScalarKernel kernel, A first, @Nullable A second);
}
