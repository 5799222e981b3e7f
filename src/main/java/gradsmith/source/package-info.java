@NullMarked
package gradsmith.source;

import org.jspecify.annotations.NullMarked;
