@NullMarked
package gradsmith.shape;

import org.jspecify.annotations.NullMarked;
