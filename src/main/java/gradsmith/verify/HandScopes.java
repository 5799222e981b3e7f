package gradsmith.verify;

import gradsmith.derive.Derivation;
import gradsmith.derive.Derivative;
import gradsmith.derive.Derivative.Kind;
import gradsmith.expr.Expr;
import gradsmith.language.Ast;
import gradsmith.language.Library;
import gradsmith.source.Diagnostics;

/**
 * What names mean in formulas by hand: dX is the gradient by X, but in a differential it is the
 * tangent of X, which δX is anywhere.
 */
final class HandScopes {

  private final Scope cotangents;
  private final Scope tangents;

  /** Knows the names of {@code derivation}, whose formulas use those that {@code derived} knows. */
  HandScopes(Derivation derivation, Scope derived, HandNames names, Library library) {
    cotangents = new Scope(derivation.program(), library);
    tangents = new Scope(derivation.program(), library);
    directions(derivation, "d", tangents);
    for (Scope scope : new Scope[] {cotangents, tangents}) {
      directions(derivation, "δ", scope);
      gradients(derivation, derived, scope);
      names
          .borrowed()
          .forEach((name, value) -> {
            if (!scope.knows(name.name())) {
              scope.define(name.name(), value);
            }
          });
    }
    directions(derivation, "d", cotangents);
  }

  private static void directions(Derivation derivation, String tangent, Scope scope) {
    for (Derivative derivative : derivation.backprop()) {
      if (derivative.direction() != null) {
        String prefix = derivative.kind() == Kind.DIFFERENTIAL ? tangent : "v_";
        String name = prefix + derivative.variable().name();
        if (!scope.knows(name)) {
          scope.define(name, derivative.direction());
        }
      }
    }
  }

  private static void gradients(Derivation derivation, Scope derived, Scope scope) {
    for (Derivative derivative : derivation.backprop()) {
      String name = "d" + derivative.variable().name();
      if (derivative.kind() == Kind.GRADIENT && !scope.knows(name)) {
        Expr value = derived.inlined(derivative.formula());
        scope.define(name, value, derivative.axes().size());
      }
    }
  }

  /** Returns what names mean in {@code claim}. */
  Scope of(Claim claim) {
    return claim.kind() == Kind.DIFFERENTIAL ? tangents : cotangents;
  }

  /**
   * Lets the name that {@code claim} gives stand for {@code formula} in the claims that come; tells
   * whether it means anything.
   *
   * @param tangent whether it is the name of a tangent
   */
  boolean define(Claim claim, Ast formula, boolean tangent, Diagnostics diagnostics) {
    boolean defined = define(claim, formula, tangents, tangent ? diagnostics : new Diagnostics());
    return tangent ? defined : define(claim, formula, cotangents, diagnostics) || defined;
  }

  private static boolean define(Claim claim, Ast formula, Scope scope, Diagnostics diagnostics) {
    Expr value = scope.elaborate(formula, null, diagnostics);
    if (value != null) {
      scope.define(claim.head(), value);
    }
    return value != null;
  }
}
