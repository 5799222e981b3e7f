package gradsmith;

import gradsmith.data.Point;
import gradsmith.evaluate.Evaluator;
import gradsmith.evaluate.MatrixKernel;
import gradsmith.evaluate.Tensor;
import gradsmith.expr.Apply;
import gradsmith.expr.Operator;
import gradsmith.expr.Variable;
import gradsmith.render.FormulaPrinter;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Watches an evaluation and tells where the first number that is not finite came from. */
final class FirstNotFinite implements Evaluator.Observer<double[]> {

  private final FormulaPrinter printer = FormulaPrinter.typed();
  private @Nullable String sentence;
  private @Nullable String singular;

  /** Looks at what is given. */
  FirstNotFinite(Point point) {
    point
        .values()
        .forEach((variable, value) -> {
          double[] entries = value.entries();
          for (int i = 0; i < entries.length && sentence == null; i++) {
            if (!Double.isFinite(entries[i])) {
              sentence = place(variable, value, i) + " is " + entries[i];
            }
          }
        });
  }

  private static String place(Variable variable, Tensor<double[]> value, int entry) {
    if (variable.rank() < 2) {
      return (variable.rank() == 0 ? "" : "entry " + (entry + 1) + " of ") + variable.name();
    }
    int[] axes = value.axes();
    StringBuilder place = new StringBuilder();
    int rest = entry;
    for (int i = axes.length - 1; i >= 0; i--) {
      place.insert(0, place.isEmpty() ? "" : ", ").insert(0, rest % axes[i] + 1);
      rest /= axes[i];
    }
    return "entry (" + place + ") of " + variable.name();
  }

  /** Returns a clause such as {@code log(x) is not finite}, or null if everything is. */
  @Nullable String sentence() {
    return sentence;
  }

  @Override
  public void computed(
      Apply node, List<Tensor<double[]>> arguments, Tensor<double[]> value, boolean within) {
    if (sentence != null || !arguments.stream().allMatch(FirstNotFinite::isFinite)) {
      return;
    }
    if (singular == null && isOfSingularMatrix(node, value)) {
      singular = within ? "a matrix in it" : printer.print(node.argument(0));
    }
    if (!within) {
      if (!isFinite(value)) {
        sentence =
            printer.print(node)
                + " is not finite"
                + (singular == null ? "" : ": " + singular + " is singular");
      }
      singular = null;
    }
  }

  private static boolean isFinite(Tensor<double[]> tensor) {
    return Arrays.stream(tensor.entries()).allMatch(Double::isFinite);
  }

  private static boolean isOfSingularMatrix(Apply node, Tensor<double[]> value) {
    MatrixKernel kernel =
        node.operator() instanceof Operator.Function function
            ? MatrixKernel.find(function.symbol().name(), function.symbol().arity())
            : null;
    return kernel == MatrixKernel.INVERSE && !isFinite(value)
        || kernel == MatrixKernel.DETERMINANT
            && Arrays.stream(value.entries()).anyMatch(entry -> entry == 0);
  }
}
