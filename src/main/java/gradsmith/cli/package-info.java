@NullMarked
package gradsmith.cli;

import org.jspecify.annotations.NullMarked;
