/** The user's own numbers: read from files, fitted to a program's variables, written to files. */
@NullMarked
package gradsmith.data;

import org.jspecify.annotations.NullMarked;
