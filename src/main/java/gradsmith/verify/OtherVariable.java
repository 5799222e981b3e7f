package gradsmith.verify;

import gradsmith.derive.Derivation;
import gradsmith.derive.Derivative;
import gradsmith.derive.Derivative.Kind;
import gradsmith.derive.Differentiator;
import gradsmith.derive.Request;
import gradsmith.expr.Binding;
import gradsmith.expr.Expr;
import gradsmith.expr.Variable;
import gradsmith.verify.Suspect.Cause;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A formula that is right for the gradient by something else, as what a function is taken of. */
final class OtherVariable {

  private static final int MOST = 20;

  private OtherVariable() {}

  /** Returns the cause if {@code suspect} is right for another name of the program. */
  static @Nullable Cause cause(Suspect suspect) {
    Expr claimed = suspect.fitting();
    List<Variable> others = claimed == null ? List.of() : others(suspect);
    if (claimed == null || others.isEmpty() || suspect.kind() != Kind.GRADIENT) {
      return null;
    }
    Derivation derivation =
        new Differentiator(suspect.functions(), suspect.identities())
            .derive(suspect.program(), Request.gradients(others));
    Scope names = new Scope(suspect.program(), suspect.functions().library());
    names.bindAll(derivation);
    for (Derivative derivative : derivation.backprop()) {
      if (suspect.points().agree(claimed, names.inlined(derivative.formula()))) {
        return new Cause(
            List.of(
                "it is the gradient by "
                    + derivative.variable().name()
                    + ", not by "
                    + suspect.by().getFirst().name()),
            null);
      }
    }
    return null;
  }

  private static List<Variable> others(Suspect suspect) {
    List<Variable> all = new ArrayList<>(Differentiator.defaultVariables(suspect.program()));
    suspect.program().bindings().stream().map(Binding::variable).forEach(all::add);
    all.removeAll(suspect.by());
    all.remove(suspect.program().value());
    all.removeAll(suspect.program().values()); // whose gradients are given
    all.removeIf(other -> !other.shape().equals(suspect.right().shape()));
    return all.subList(0, Math.min(MOST, all.size()));
  }
}
