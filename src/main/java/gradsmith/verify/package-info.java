/** Judges formulas that a person has derived, and says what is wrong with those that are. */
@NullMarked
package gradsmith.verify;

import org.jspecify.annotations.NullMarked;
