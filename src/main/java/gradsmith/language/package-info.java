@NullMarked
package gradsmith.language;

import org.jspecify.annotations.NullMarked;
