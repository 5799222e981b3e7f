package gradsmith.render;

import gradsmith.derive.Derivation;
import gradsmith.derive.Derivative;
import gradsmith.derive.Steps;
import gradsmith.expr.Binding;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

  /**
   * Returns what follows {@code steps}, which have named what is shared: a formula each, if not
   * asked otherwise; null if the steps end in the same formulas, or no closed ones are wanted.
   */
  @Nullable Form after(Steps steps, Derivation derivation) {
    Form follows = (this == AUTO ? CLOSED : this).of(derivation);
    List<Derivative> formulas = follows == CLOSED ? derivation.closed() : derivation.backprop();
    boolean said = of(derivation) == BACKPROP && steps.tell(derivation.backprop());
    return said || printed(steps.told(formulas)).equals(printed(formulas)) ? null : follows;
  }

  private static List<String> printed(List<Derivative> derivatives) {
    FormulaPrinter printer = FormulaPrinter.unicode();
    return derivatives.stream().map(derivative -> printer.print(derivative.formula())).toList();
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
