package gradsmith.verify;

import gradsmith.derive.Derivative.Kind;
import gradsmith.expr.Expr;
import gradsmith.expr.Operator.Primitive;
import gradsmith.language.Ast;
import gradsmith.verify.Suspect.Cause;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A formula that is the transpose of the right one: that of another convention. */
final class Layout {

  private Layout() {}

  /** Returns the cause if {@code suspect} is right when it is transposed. */
  static @Nullable Cause cause(Suspect suspect) {
    Expr claimed = suspect.claimed();
    if (claimed == null
        || claimed.shape().isScalarMatrix()
        || !suspect
            .points()
            .isRight(suspect.program().expressions().apply(Primitive.TRANSPOSE, claimed))) {
      return null;
    }
    String transposed = transposed(suspect.formula(), suspect);
    return new Cause(
        List.of(
            suspect.kind() == Kind.JACOBIAN || suspect.kind() == Kind.HESSIAN
                ? "it is right in denominator layout; gradsmith's has a row for each entry of the"
                    + " value"
                : suspect.kind() == Kind.GRADIENT
                    ? "it is the transpose of the gradient, as in numerator layout; a gradient has"
                        + " the shape of its variable"
                    : "it is the transpose of what it should be"),
        suspect.isRight(transposed) ? transposed : "(" + suspect.text() + ")'");
  }

  /** Writes the transpose of {@code formula}, that of a product factor by factor. */
  static String transposed(Ast formula, Suspect suspect) {
    String text = formula.span().text();
    return switch (formula) {
      case Ast.Numeral numeral -> text;
      case Ast.Name name -> isScalar(text, suspect) ? text : text + "'";
      case Ast.Call call -> isScalar(text, suspect) ? text : text + "'";
      case Ast.Transposition transposition -> transposition.operand().asFactor();
      case Ast.Negation negation -> "-" + transposed(negation.operand(), suspect);
      case Ast.Product product
          when product.factors().stream()
              .skip(1)
              .allMatch(factor -> factor.operator() == Ast.ProductOperator.TIMES) -> {
        List<String> scalars = new ArrayList<>();
        List<String> matrices = new ArrayList<>();
        for (Ast.Factor factor : product.factors()) {
          String words = factor.operand().asFactor();
          if (isScalar(words, suspect)) {
            scalars.add(words);
          } else {
            matrices.addFirst(transposed(factor.operand(), suspect));
          }
        }
        scalars.addAll(matrices);
        yield String.join(" ", scalars);
      }
      case Ast.Product product -> "(" + text + ")'";
      case Ast.Sum sum -> "(" + text + ")'";
      case Ast.Power power -> "(" + text + ")'";
      case Ast.Comparison comparison -> "(" + text + ")'";
    };
  }

  private static boolean isScalar(String text, Suspect suspect) {
    Expr value = suspect.read(text);
    return value != null && value.shape().isScalar();
  }
}
