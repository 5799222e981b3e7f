@NullMarked
package gradsmith.rules;

import org.jspecify.annotations.NullMarked;
