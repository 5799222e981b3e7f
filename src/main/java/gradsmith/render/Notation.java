package gradsmith.render;

import gradsmith.derive.Derivative;
import gradsmith.expr.Variable;
import gradsmith.shape.Dimension;
import java.util.List;
import java.util.StringJoiner;

/** What the signs of a page of text are: those of a textbook, or those of every keyboard. */
public enum Notation {
  /** ∂L/∂W, n×d, Aᵀ, ⊙. */
  UNICODE,
  /** dL/dW, (n, d), A', .*. */
  ASCII;

  /** Returns who writes formulas so. */
  public FormulaPrinter printer() {
    return this == UNICODE ? FormulaPrinter.unicode() : FormulaPrinter.ascii();
  }

  /** Writes what {@code derivative} is called: ∂L/∂W, dY, ∂vec(Y)/∂vec(X)ᵀ. */
  public String name(Derivative derivative, Variable value) {
    Variable first = derivative.variable();
    Variable last = derivative.by().getLast();
    boolean matrices = value.rank() > 1 || first.rank() > 1 || last.rank() > 1;
    String d = this == UNICODE ? "∂" : "d";
    String second = this == UNICODE ? "∂²" : "d2";
    String transposed = this == UNICODE ? "ᵀ" : "'";
    return switch (derivative.kind()) {
      case GRADIENT, RESTRICTED -> d + value.name() + "/" + d + first.name();
      case DIFFERENTIAL -> "d" + value.name();
      case JACOBIAN ->
          matrices
              ? d + vec(value) + "/" + d + vec(first) + transposed
              : d + value.name() + "/" + d + first.name();
      case HESSIAN ->
          second
              + value.name()
              + "/"
              + d
              + (matrices ? vec(first) : first.name())
              + d
              + (matrices ? vec(last) : last.name())
              + transposed;
      case HVP ->
          second
              + value.name()
              + "/"
              + d
              + first.name()
              + (this == UNICODE ? "² · " : "2 * ")
              + derivative.direction();
    };
  }

  private static String vec(Variable variable) {
    return variable.rank() > 1 ? "vec(" + variable.name() + ")" : variable.name();
  }

  /** Writes the shape of {@code variable}: a vector's has one length. */
  public String shape(Variable variable) {
    return shape(variable.axes());
  }

  /** Writes the lengths of axes: n×d, or (n, d). */
  public String shape(List<Dimension> axes) {
    if (this == UNICODE && axes.isEmpty()) {
      return "scalar";
    }
    StringJoiner text = this == UNICODE ? new StringJoiner("×") : new StringJoiner(", ", "(", ")");
    for (Dimension axis : axes) {
      String length = axis.toString();
      boolean product = length.indexOf('*') >= 0;
      text.add(product && this == UNICODE ? length.replace('*', '·') : length);
    }
    return text.toString();
  }
}
