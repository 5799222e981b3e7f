@NullMarked
package gradsmith.evaluate;

import org.jspecify.annotations.NullMarked;
