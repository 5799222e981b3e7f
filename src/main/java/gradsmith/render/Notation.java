package gradsmith.render;

import gradsmith.derive.Derivative;
import gradsmith.expr.Variable;
import gradsmith.shape.Polynomial;
import gradsmith.source.AsciiText;
import java.util.List;
import java.util.Objects;
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

  /** Writes {@code text}, a name, or formulas with words between them. */
  public String text(String text) {
    return this == UNICODE ? text : AsciiText.of(text);
  }

  /** Tells whether there is a way to write {@code text}. */
  public boolean canWrite(String text) {
    return this == UNICODE || AsciiText.canSpell(text);
  }

  /** Writes what {@code derivative} is called: ∂L/∂W, δY, ∂vec(Y)/∂vec(X)ᵀ. */
  public String name(Derivative derivative) {
    Variable value = derivative.of();
    Variable first = derivative.variable();
    Variable last = derivative.by().getLast();
    boolean matrices = value.rank() > 1 || first.rank() > 1 || last.rank() > 1;
    String d = this == UNICODE ? "∂" : "d";
    String second = this == UNICODE ? "∂²" : "d2";
    String transposed = this == UNICODE ? "ᵀ" : "'";
    return switch (derivative.kind()) {
      case GRADIENT, RESTRICTED -> d + name(value) + "/" + d + name(first);
      case DIFFERENTIAL -> text("δ") + name(value);
      case JACOBIAN ->
          matrices
              ? d + vec(value) + "/" + d + vec(first) + transposed
              : d + name(value) + "/" + d + name(first);
      case HESSIAN ->
          second
              + name(value)
              + "/"
              + d
              + (matrices ? vec(first) : name(first))
              + d
              + (matrices ? vec(last) : name(last))
              + transposed;
      case HVP ->
          second
              + name(value)
              + "/"
              + d
              + name(first)
              + (this == UNICODE ? "² · " : "2 * ")
              + name(Objects.requireNonNull(derivative.direction()));
    };
  }

  private String vec(Variable variable) {
    return variable.rank() > 1 ? "vec(" + name(variable) + ")" : name(variable);
  }

  private String name(Variable variable) {
    return text(variable.name());
  }

  /** Writes the shape of {@code variable}: a vector's has one length. */
  public String shape(Variable variable) {
    return shape(variable.axes());
  }

  /** Writes the lengths of axes: n×d, or (n, d). */
  public String shape(List<Polynomial> axes) {
    if (this == UNICODE && axes.isEmpty()) {
      return "scalar";
    }
    StringJoiner text = this == UNICODE ? new StringJoiner("×") : new StringJoiner(", ", "(", ")");
    for (Polynomial axis : axes) {
      text.add(
          this == ASCII
              ? text(axis.toString())
              : axes.size() == 1 ? axis.text("·") : axis.asFactor("·"));
    }
    return text.toString();
  }
}
