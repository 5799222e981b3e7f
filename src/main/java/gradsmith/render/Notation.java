package gradsmith.render;

import gradsmith.expr.Variable;
import gradsmith.shape.Dimension;
import gradsmith.shape.Shape;

/** What the signs of a page of text are: those of a textbook, or those of every keyboard. */
public enum Notation {
  /** ∂L/∂W, n×d, Aᵀ, ⊙. */
  UNICODE,
  /** dL/dW, (n, d), A', .*. */
  ASCII;

  FormulaPrinter printer() {
    return this == UNICODE ? FormulaPrinter.unicode() : FormulaPrinter.ascii();
  }

  /** Writes the derivative of {@code value} by {@code variable}. */
  String gradient(String value, String variable) {
    return this == UNICODE ? "∂" + value + "/∂" + variable : "d" + value + "/d" + variable;
  }

  /** Writes the shape of {@code variable}: a vector's has one length. */
  String shape(Variable variable) {
    Shape shape = variable.shape();
    if (this == UNICODE) {
      return variable.rank() == 1 ? shape.rows().toString() : shape.toString();
    }
    StringBuilder text = new StringBuilder("(");
    int axes = variable.rank();
    for (Dimension axis : shape.axes()) {
      if (axes-- > 0) {
        text.append(text.length() == 1 ? "" : ", ").append(axis);
      }
    }
    return text.append(')').toString();
  }
}
