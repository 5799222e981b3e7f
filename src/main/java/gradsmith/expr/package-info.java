@NullMarked
package gradsmith.expr;

import org.jspecify.annotations.NullMarked;
