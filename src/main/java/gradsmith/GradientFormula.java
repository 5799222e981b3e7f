package gradsmith;

import gradsmith.derive.Derivative;
import gradsmith.render.Formula;
import gradsmith.render.FormulaPrinter;
import gradsmith.render.Presentation;
import gradsmith.shape.Shape;

/** A gradient, ready to be shown. */
public final class GradientFormula {

  private final Derivative gradient;

  GradientFormula(Derivative gradient) {
    this.gradient = gradient;
  }

  /** Returns the name of what it is by. */
  public String variable() {
    return gradient.variable().name();
  }

  /** Returns its shape, that of the variable. */
  public Shape shape() {
    return gradient.variable().shape();
  }

  /** Returns the gradient as an expression. */
  public Derivative gradient() {
    return gradient;
  }

  /** Returns the formula as it is set on a page: what a notation such as LaTeX spells. */
  public Formula formula() {
    return Presentation.of(gradient.formula());
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
