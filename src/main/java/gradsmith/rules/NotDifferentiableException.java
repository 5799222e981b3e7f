package gradsmith.rules;

import gradsmith.expr.FunctionSymbol;

/** A derivative was asked for that has no closed form in the language. */
public final class NotDifferentiableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Says that {@code function} cannot be differentiated. */
  NotDifferentiableException(FunctionSymbol function) {
    this("the derivative of " + function.name() + " has no closed form");
  }

  private NotDifferentiableException(String message) {
    super(message);
  }

  /** Says that the adjoint of {@code function} would be found from itself. */
  static NotDifferentiableException circular(FunctionSymbol function) {
    return new NotDifferentiableException(
        "the differential of " + function.name() + " comes back to " + function.name());
  }
}
