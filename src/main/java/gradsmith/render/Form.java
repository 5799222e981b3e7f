package gradsmith.render;

import gradsmith.derive.Derivation;
import gradsmith.derive.Derivative;
import gradsmith.expr.Binding;
import java.util.List;

/** How the gradients of a derivation are written down. */
public enum Form {
  /** One formula for each gradient. */
  CLOSED,
  /** Assignments forward and backward that name what the gradients share. */
  BACKPROP,
  /** The shorter of the two to read. */
  AUTO;

  /** What a name and a new line cost a reader, in characters. */
  private static final int LINE = 10;

  /** Returns {@link #CLOSED} or {@link #BACKPROP}. A derivation too large to be closed is not. */
  public Form of(Derivation derivation) {
    if (derivation.closed().isEmpty() && !derivation.backprop().isEmpty()) {
      return BACKPROP;
    }
    if (this != AUTO) {
      return this;
    }
    FormulaPrinter printer = FormulaPrinter.unicode();
    int backprop = length(derivation.backprop(), printer);
    backprop += bindings(derivation.forward(), printer) + bindings(derivation.backward(), printer);
    return length(derivation.closed(), printer) <= backprop ? CLOSED : BACKPROP;
  }

  /** Returns the same beside steps, which have named what is shared: a formula each, if asked. */
  public Form besideSteps(Derivation derivation) {
    return (this == AUTO ? CLOSED : this).of(derivation);
  }

  private static int bindings(List<Binding> bindings, FormulaPrinter printer) {
    int length = 0;
    for (Binding binding : bindings) {
      length += LINE + printer.print(binding.value()).length();
    }
    return length;
  }

  private static int length(List<Derivative> gradients, FormulaPrinter printer) {
    int length = 0;
    for (Derivative gradient : gradients) {
      length += printer.print(gradient.formula()).length();
    }
    return length;
  }
}
