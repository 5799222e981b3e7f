package gradsmith.derive;

import gradsmith.expr.Expr;
import gradsmith.expr.Variable;
import gradsmith.shape.Polynomial;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A derivative.
 *
 * @param kind which derivative
 * @param of what was differentiated: of a layer's gradients, its loss
 * @param by what it is by: one variable, or the two of a mixed Hessian
 * @param direction the name in the formula that is none of the program: the tangent δX, or the
 *     direction v_X of a Hessian-vector product; else null
 * @param axes its shape as a user counts axes: that of the variable for a gradient and a
 *     Hessian-vector product, that of the value for a differential, rows and columns for a Jacobian
 *     and a Hessian
 * @param formula the derivative
 */
public record Derivative(
    Kind kind,
    Variable of,
    List<Variable> by,
    @Nullable Variable direction,
    List<Polynomial> axes,
    Expr formula) {

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Derivative derivative
        && kind == derivative.kind
        && of == derivative.of
        && by.equals(derivative.by)
        && direction == derivative.direction
        && axes.equals(derivative.axes)
        && formula == derivative.formula;
  }

  @Override
  public int hashCode() {
    return 31 * by.hashCode() + formula.hashCode();
  }

  /** Which derivative. */
  public enum Kind {
    /** G with δL = ⟨G, δX⟩, of the shape of X, every entry of X taken as independent. */
    GRADIENT,
    /**
     * The gradient by the entries that a structured variable really has: (i, j) and (j, i) of a
     * symmetric matrix are one, and a diagonal one has only its diagonal.
     */
    RESTRICTED,
    /** δY in terms of δX. */
    DIFFERENTIAL,
    /** J with vec(δY) = J vec(δX), in numerator layout. */
    JACOBIAN,
    /** ∂²L/∂vec(X)∂vec(Y)ᵀ. */
    HESSIAN,
    /** The derivative of the gradient by X along a direction v_X. */
    HVP
  }

  /** Copies the lists. */
  public Derivative {
    by = List.copyOf(by);
    axes = List.copyOf(axes);
  }

  /** Returns the gradient of {@code of} by {@code variable}. */
  public static Derivative gradient(Variable of, Variable variable, Expr formula) {
    return new Derivative(Kind.GRADIENT, of, List.of(variable), null, variable.axes(), formula);
  }

  /** Returns what it is by; the first of the two of a mixed Hessian. */
  public Variable variable() {
    return by.getFirst();
  }

  /** Returns this derivative, written as {@code other}. */
  public Derivative as(Expr other) {
    return new Derivative(kind, of, by, direction, axes, other);
  }
}
