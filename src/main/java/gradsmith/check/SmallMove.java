package gradsmith.check;

import gradsmith.derive.Derivative;
import gradsmith.evaluate.RandomInstance;
import gradsmith.expr.Property;
import gradsmith.expr.Variable;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/** A small move of all variables that derivatives are by, within what each derivative allows. */
final class SmallMove {

  private static final double STEP = 1e-5;

  private SmallMove() {}

  /** Draws what is added to each variable at {@code point}. */
  static Map<Variable, double[]> of(
      Collection<Derivative> derivatives, RandomInstance point, Random random) {
    Map<Variable, double[]> move = new HashMap<>();
    for (Derivative derivative : derivatives) {
      if (derivative.kind() != Derivative.Kind.RESTRICTED) {
        derivative.by().forEach(variable -> move.put(variable, entries(variable, point, random)));
      }
    }
    for (Derivative derivative : derivatives) {
      Variable variable = derivative.variable();
      if (!move.containsKey(variable)) {
        move.put(variable, restricted(variable, entries(variable, point, random), point));
      }
    }
    return move;
  }

  private static double[] entries(Variable variable, RandomInstance point, Random random) {
    int count = 1;
    for (int axis : point.sizes().axes(variable.shape())) {
      count *= axis;
    }
    double[] entries = new double[count];
    for (int i = 0; i < count; i++) {
      entries[i] = STEP * random.nextGaussian();
    }
    return entries;
  }

  /** Makes a move of a square matrix one of a symmetric, or a diagonal, matrix. */
  private static double[] restricted(Variable variable, double[] entries, RandomInstance point) {
    int size = point.sizes().length(variable.shape().columns());
    boolean diagonal = variable.has(Property.DIAGONAL);
    for (int i = 0; i < entries.length; i++) {
      int across = i % size * size + i / size;
      entries[i] = diagonal && i != across ? 0 : entries[Math.max(i, across)];
    }
    return entries;
  }
}
