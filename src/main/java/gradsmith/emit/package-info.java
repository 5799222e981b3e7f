@NullMarked
package gradsmith.emit;

import org.jspecify.annotations.NullMarked;
