@NullMarked
package gradsmith.check;

import org.jspecify.annotations.NullMarked;
