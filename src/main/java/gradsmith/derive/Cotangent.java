package gradsmith.derive;

import gradsmith.expr.Expr;
import gradsmith.expr.Variable;

/**
 * A cotangent that got a name while it was carried back.
 *
 * @param name stands for it in the cotangents that depend on it
 * @param value the cotangent in terms of earlier ones
 * @param of what it is the cotangent of: a node of the forward pass, or an assigned name
 */
record Cotangent(Variable name, Expr value, Expr of) {}
