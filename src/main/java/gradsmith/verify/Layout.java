package gradsmith.verify;

import gradsmith.derive.Derivative.Kind;
import gradsmith.expr.Expr;
import gradsmith.expr.Operator.Primitive;
import gradsmith.language.Ast;
import gradsmith.verify.Suspect.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A formula that is the transpose of the right one: that of another convention. */
final class Layout {

  private Layout() {}

  /** Returns the cause if {@code suspect} is right when it is transposed. */
  static @Nullable Cause cause(Suspect suspect) {
    Expr transposed = transposed(suspect);
    return transposed != null && suspect.points().isRight(transposed)
        ? new Cause(List.of(convention(suspect)), corrected(suspect, words -> words))
        : null;
  }

  /** Returns the cause if {@code suspect} is right when it is transposed, but for a factor. */
  static @Nullable Cause withFactor(Suspect suspect) {
    Expr transposed = transposed(suspect);
    List<Coefficient> found =
        transposed == null || !transposed.shape().equals(suspect.right().shape())
            ? null
            : new Combination(suspect).of(List.of(transposed), suspect.right());
    if (found == null || found.getFirst().zero() || !found.getFirst().simple()) {
      return null;
    }
    Coefficient factor = found.getFirst();
    return new Cause(
        List.of(convention(suspect), factor.missing()),
        corrected(suspect, words -> factor.times(suspect.formula(), words)));
  }

  private static @Nullable Expr transposed(Suspect suspect) {
    Expr claimed = suspect.claimed();
    return claimed == null || claimed.shape().isScalarMatrix()
        ? null
        : suspect.program().expressions().apply(Primitive.TRANSPOSE, claimed);
  }

  private static String convention(Suspect suspect) {
    if (suspect.kind() == Kind.JACOBIAN || suspect.kind() == Kind.HESSIAN) {
      return "it is right in denominator layout; gradsmith's has a row for each entry of the"
          + " value";
    }
    return suspect.kind() == Kind.GRADIENT
        ? "it is the transpose of the gradient, as in numerator layout; a gradient has the shape"
            + " of its variable"
        : "it is the transpose of what it should be";
  }

  /** Returns what {@code change} makes of the transposed formula, if that is right. */
  private static @Nullable String corrected(Suspect suspect, UnaryOperator<String> change) {
    for (String transposed :
        List.of(transposed(suspect.formula(), suspect), "(" + suspect.text() + ")'")) {
      String corrected = change.apply(transposed);
      if (suspect.isRight(corrected)) {
        return corrected;
      }
    }
    return null;
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
        boolean negative = product.factors().getFirst().operand() instanceof Ast.Negation;
        for (Ast.Factor factor : product.factors()) {
          Ast operand = factor.operand();
          if (scalars.size() + matrices.size() == 0 && operand instanceof Ast.Negation signed) {
            operand = signed.operand();
          }
          String words = operand.asFactor();
          if (isScalar(words, suspect)) {
            scalars.add(words);
          } else {
            matrices.addFirst(transposed(operand, suspect));
          }
        }
        scalars.addAll(matrices);
        yield (negative ? "-" : "") + String.join(" ", scalars);
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
