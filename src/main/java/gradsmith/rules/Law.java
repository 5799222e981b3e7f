package gradsmith.rules;

import gradsmith.expr.Expr;
import gradsmith.expr.Variable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What calculus says of one operation.
 *
 * @param name what it is called
 * @param family the group of operations it is in
 * @param note where its formula is from; possibly empty
 * @param head the operation as one types it
 * @param value what stands for the result
 * @param operation the operation of some variables
 * @param definition the same in terms of others; null if it is elementary
 * @param tangent the tangent of the result, δY
 * @param differential what it is in those of the variables, δA; null if it has none in the language
 * @param incoming the cotangent of the result, dY
 * @param adjoints the cotangents of the variables, dA
 */
public record Law(
    String name,
    String family,
    String note,
    String head,
    Variable value,
    Expr operation,
    @Nullable Expr definition,
    Variable tangent,
    @Nullable Expr differential,
    Variable incoming,
    List<Adjoint> adjoints) {

  /**
   * The cotangent of one variable in terms of that of the result.
   *
   * @param by the variable
   * @param formula of its shape
   */
  public record Adjoint(Variable by, Expr formula) {}

  /** Copies the list. */
  public Law {
    adjoints = List.copyOf(adjoints);
  }
}
