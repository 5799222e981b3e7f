package gradsmith.evaluate;

/**
 * The derivatives of the logarithm of the gamma function. Commons Math's own digamma is good to
 * 1e-9 only, too coarse to compare derivatives with.
 */
final class Polygamma {

  /** B₂, B₄, …: the Bernoulli numbers, Abramowitz &amp; Stegun (1964), table 23.2. */
  private static final double[] BERNOULLI = {
    1.0 / 6,
    -1.0 / 30,
    1.0 / 42,
    -1.0 / 30,
    5.0 / 66,
    -691.0 / 2730,
    7.0 / 6,
    -3617.0 / 510,
    43867.0 / 798
  };

  private Polygamma() {}

  /**
   * Returns the n-th derivative of digamma at {@code x}; not a number unless n ≥ 0 and x is
   * positive.
   */
  static double value(int n, double x) {
    if (n < 0 || !(x > 0)) {
      return Double.NaN;
    }
    return n == 0 ? digamma(x) : (n % 2 == 0 ? -1 : 1) * factorial(n) * hurwitzZeta(n + 1, x);
  }

  /** Abramowitz &amp; Stegun (1964), 6.3.5 up to where 6.3.18 is exact to rounding. */
  private static double digamma(double x) {
    double shift = 0;
    double z = x;
    for (; z < 12; z++) {
      shift += 1 / z;
    }
    double sum = 0;
    for (int k = BERNOULLI.length; k >= 1; k--) {
      sum = (sum + BERNOULLI[k - 1] / (2 * k)) / (z * z);
    }
    return Math.log(z) - 1 / (2 * z) - sum - shift;
  }

  /** Euler–Maclaurin summation of Σ (x + i)^-s. */
  private static double hurwitzZeta(int s, double x) {
    double shift = 0;
    double z = x;
    for (; z < 12 + 2 * s; z++) {
      shift += Math.pow(z, -s);
    }
    double sum = Math.pow(z, 1 - s) / (s - 1) + Math.pow(z, -s) / 2;
    double term = s * Math.pow(z, -s - 1) / 2; // s (s+1) … (s+2k-2) / (2k)! z^(-s-2k+1)
    for (int k = 1; k <= BERNOULLI.length; k++) {
      sum += BERNOULLI[k - 1] * term;
      term *= (s + 2 * k - 1.0) * (s + 2.0 * k) / ((2 * k + 1.0) * (2 * k + 2.0) * z * z);
    }
    return shift + sum;
  }

  private static double factorial(int n) {
    double product = 1;
    for (int i = 2; i <= n; i++) {
      product *= i;
    }
    return product;
  }
}
