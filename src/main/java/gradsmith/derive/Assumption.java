package gradsmith.derive;

import gradsmith.expr.Property;
import gradsmith.expr.Variable;

/**
 * Something that a result relies on and that was not declared.
 *
 * @param variable what it is about
 * @param property what is taken to be true of it
 */
public record Assumption(Variable variable, Property property) {}
