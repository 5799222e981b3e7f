@NullMarked
package gradsmith.render;

import org.jspecify.annotations.NullMarked;
