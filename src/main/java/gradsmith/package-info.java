@NullMarked
package gradsmith;

import org.jspecify.annotations.NullMarked;
