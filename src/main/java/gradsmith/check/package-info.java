/** Compares derived gradients with numbers that come from the program alone. */
@NullMarked
package gradsmith.check;

import org.jspecify.annotations.NullMarked;
