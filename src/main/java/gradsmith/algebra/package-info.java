/**
 * Normal forms of the algebra: the smart constructors that every stage after the front end builds
 * with.
 */
@NullMarked
package gradsmith.algebra;

import org.jspecify.annotations.NullMarked;
