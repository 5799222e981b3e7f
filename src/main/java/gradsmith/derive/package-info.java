@NullMarked
package gradsmith.derive;

import org.jspecify.annotations.NullMarked;
