/**
 * Computes the values of expression graphs, over the real numbers or over truncated Taylor series.
 */
@NullMarked
package gradsmith.evaluate;

import org.jspecify.annotations.NullMarked;
