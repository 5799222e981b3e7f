@NullMarked
package gradsmith.simplify;

import org.jspecify.annotations.NullMarked;
