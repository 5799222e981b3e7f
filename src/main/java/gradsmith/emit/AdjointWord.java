package gradsmith.emit;

import gradsmith.expr.FunctionSymbol;

/**
 * A target's words for a function and its adjoints.
 *
 * @param saving gives the value of the function, and what its adjoints take
 * @param adjoint gives the cotangents of its arguments
 */
record AdjointWord(FunctionSymbol function, JointWord saving, JointWord adjoint) {}
