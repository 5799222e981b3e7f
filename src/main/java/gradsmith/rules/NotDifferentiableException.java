package gradsmith.rules;

import gradsmith.expr.FunctionSymbol;

/** A derivative was asked for that has no closed form in the language. */
public final class NotDifferentiableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Says that {@code function} cannot be differentiated. */
  NotDifferentiableException(FunctionSymbol function) {
    super("the derivative of " + function.name() + " has no closed form");
  }
}
