package gradsmith;

import gradsmith.derive.Derivative;
import gradsmith.render.Formula;
import gradsmith.render.FormulaPrinter;
import gradsmith.render.Presentation;
import gradsmith.shape.Polynomial;
import java.util.List;

/** A derivative, ready to be shown. */
public final class DerivativeFormula {

  private final Derivative derivative;

  DerivativeFormula(Derivative derivative) {
    this.derivative = derivative;
  }

  /** Returns the name of what it is by; the first of the two of a mixed Hessian. */
  public String variable() {
    return derivative.variable().name();
  }

  /** Returns its shape: empty for a scalar, one length for a vector, rows and columns. */
  public List<Polynomial> shape() {
    return derivative.axes();
  }

  /** Returns the derivative as an expression. */
  public Derivative derivative() {
    return derivative;
  }

  /** Returns the formula as it is set on a page: what a notation such as LaTeX spells. */
  public Formula formula() {
    return Presentation.of(derivative.formula());
  }

  /** Returns the formula with the signs of a textbook: {@code Xᵀ (softmax(Z) − Y)}. */
  public String text() {
    return FormulaPrinter.unicode().print(formula());
  }

  /** Returns the formula in ASCII: {@code X' (softmax(Z) - Y)}. */
  public String ascii() {
    return FormulaPrinter.ascii().print(formula());
  }

  @Override
  public String toString() {
    return variable() + ": " + text();
  }
}
