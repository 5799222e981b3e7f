package gradsmith.derive;

import gradsmith.algebra.Algebra;
import gradsmith.derive.Derivative.Kind;
import gradsmith.expr.Expr;
import gradsmith.expr.Operator.Primitive;
import gradsmith.expr.Property;
import gradsmith.expr.Variable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The gradient by the entries that a structured variable really has. Source: Petersen & Pedersen
 * (2012), section 2.8.
 */
final class Restriction {

  private final Algebra algebra;

  Restriction(Algebra algebra) {
    this.algebra = algebra;
  }

  /** Returns {@code derivatives} with the restricted gradient after each that has one. */
  List<Derivative> added(List<Derivative> derivatives) {
    List<Derivative> result = new ArrayList<>();
    for (Derivative derivative : derivatives) {
      result.add(derivative);
      Expr restricted =
          derivative.kind() == Kind.GRADIENT
              ? restricted(derivative.variable(), derivative.formula())
              : null;
      if (restricted != null) {
        result.add(
            new Derivative(
                Kind.RESTRICTED,
                derivative.of(),
                derivative.by(),
                null,
                derivative.axes(),
                restricted));
      }
    }
    return result;
  }

  /** I .* G for a diagonal variable, G + G' - I .* G for a symmetric one. */
  private @Nullable Expr restricted(Variable variable, Expr G) {
    boolean matrix = variable.rank() == 2 && !variable.shape().isScalarMatrix();
    if (!matrix || !variable.has(Property.SYMMETRIC)) { // as a diagonal one is, too
      return null;
    }
    Expr diagonal =
        algebra.apply(
            Primitive.DIAGONAL_MATRIX, List.of(algebra.apply(Primitive.DIAGONAL, List.of(G))));
    return variable.has(Property.DIAGONAL)
        ? diagonal
        : algebra.sum(List.of(G, algebra.transpose(G), algebra.negated(diagonal)));
  }

  /** Says how the entries of the structured variables among {@code by} are taken. */
  static List<String> remarks(List<Variable> by) {
    List<String> remarks = new ArrayList<>();
    for (Variable variable : by) {
      String structure =
          variable.has(Property.DIAGONAL)
              ? "diagonal"
              : variable.has(Property.SYMMETRIC)
                  ? "symmetric"
                  : variable.has(Property.ORTHOGONAL) ? "orthogonal" : null;
      if (structure != null) {
        String name = variable.name();
        remarks.add(
            name
                + " is "
                + structure
                + ": derivatives take its entries as independent"
                + switch (structure) {
                  case "diagonal" -> "; the restricted gradient is by its diagonal alone";
                  case "symmetric" ->
                      "; in the restricted gradient "
                          + name
                          + "(i, j) and "
                          + name
                          + "(j, i) are one variable";
                  default -> "";
                });
      }
    }
    return remarks;
  }
}
