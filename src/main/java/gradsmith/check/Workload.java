package gradsmith.check;

import gradsmith.evaluate.Sizes;
import gradsmith.expr.Apply;
import gradsmith.expr.Binding;
import gradsmith.expr.Expr;
import gradsmith.expr.Graph;
import gradsmith.expr.Operator;
import gradsmith.expr.Variable;
import gradsmith.language.Program;
import gradsmith.shape.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What it costs to run a program forward once.
 *
 * @param operations about how many additions and multiplications of numbers
 * @param tooLarge why it is not run, a sentence; null if it can be
 */
record Workload(double operations, @Nullable String tooLarge) {

  private static final double MOST_ENTRIES = 400_000;

  /** What it costs to look at a node, however small. */
  private static final double OPERATIONS_PER_NODE = 30;

  private static final double MOST_OPERATIONS = 2e7;

  /** Counts the work of one run of {@code program} with dimensions of {@code sizes}. */
  static Workload of(Program program, Sizes sizes) {
    List<Expr> values = new ArrayList<>(program.bindings().size());
    for (Binding binding : program.bindings()) {
      values.add(binding.value());
    }
    double operations = 0;
    for (Expr node : Graph.postOrder(values)) {
      double entries = entries(node.shape(), sizes);
      if (entries > MOST_ENTRIES) {
        String name = node instanceof Variable variable ? variable.name() : "an intermediate value";
        return new Workload(
            operations,
            name
                + " has more than 400,000 entries; declare smaller or named dimensions to check the"
                + " formulas");
      }
      operations +=
          OPERATIONS_PER_NODE + entries * (node instanceof Apply apply ? factor(apply, sizes) : 1);
    }
    return new Workload(
        operations,
        operations > MOST_OPERATIONS
            ? "the program takes more than 20 million operations; declare smaller or named"
                + " dimensions to check the formulas"
            : null);
  }

  private static double entries(Shape shape, Sizes sizes) {
    double entries = 1;
    for (int axis : sizes.axes(shape)) {
      entries *= axis;
    }
    return entries;
  }

  /** Returns the operations for one entry. */
  private static double factor(Apply node, Sizes sizes) {
    double factor = node.arguments().size();
    if (node.operator() == Operator.Primitive.PRODUCT) {
      for (Expr argument : node.arguments()) {
        factor += sizes.length(argument.shape().columns());
      }
    } else if (node.operator() instanceof Operator.Function
        || node.operator() instanceof Operator.Primitive) {
      factor += entries(node.argument(0).shape(), sizes) / entries(node.shape(), sizes);
    }
    return factor;
  }
}
