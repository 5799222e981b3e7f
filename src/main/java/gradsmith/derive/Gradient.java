package gradsmith.derive;

import gradsmith.expr.Expr;
import gradsmith.expr.Variable;

/**
 * The gradient of the value by a variable.
 *
 * @param variable what it is by
 * @param formula the gradient, of the shape of the variable
 */
public record Gradient(Variable variable, Expr formula) {}
