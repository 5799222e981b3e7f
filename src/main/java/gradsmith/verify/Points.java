package gradsmith.verify;

import gradsmith.evaluate.Evaluator;
import gradsmith.evaluate.RandomInstance;
import gradsmith.evaluate.RealField;
import gradsmith.evaluate.Sizes;
import gradsmith.evaluate.Tensor;
import gradsmith.expr.Expr;
import gradsmith.expr.FunctionFacts;
import gradsmith.expr.Property;
import gradsmith.expr.Variable;
import gradsmith.language.Program;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A few random points where the right formula has a finite value, to compare others with it. */
final class Points {

  private static final int COUNT = 4;
  private static final double TOLERANCE = 1e-7;
  private static final double LARGEST = 1e8;
  private static final double NEAR = 1e-11;

  /** What the inputs are at a point, and what the right value is there. */
  private record Point(Sizes sizes, Evaluator<double[]> evaluator, Tensor<double[]> expected) {}

  private final Expr right;
  private final List<Point> points = new ArrayList<>();

  private Points(Expr right) {
    this.right = right;
  }

  /**
   * Draws points for {@code right}, the derivative by {@code by}, in the inputs of {@code program}.
   */
  static Points of(Expr right, List<Variable> by, Program program, FunctionFacts facts) {
    return with(right, by, program, facts, Map.of());
  }

  /** Draws points where some inputs have {@code properties} that were not declared. */
  static Points with(
      Expr right,
      List<Variable> by,
      Program program,
      FunctionFacts facts,
      Map<Variable, Property> properties) {
    Points points = new Points(right);
    Map<Variable, Variable> drawn = new LinkedHashMap<>();
    for (Variable parameter : program.parameters()) {
      Property property = properties.get(parameter);
      drawn.put(parameter, property == null ? parameter : twin(parameter, property, program));
    }
    List<Point> vanishing = new ArrayList<>();
    for (int attempt = 0;
        attempt < 4 * RandomInstance.WAYS && points.points.size() < COUNT;
        attempt++) {
      Random random = new Random(attempt);
      Sizes sizes = RandomInstance.sizes(program.parameters(), program.dimensions(), random);
      RandomInstance instance =
          RandomInstance.draw(drawn.values(), sizes, program.stochasticIn(by), random, attempt);
      Evaluator<double[]> evaluator = at(instance, drawn, facts, 1);
      Tensor<double[]> expected = evaluator.evaluate(right);
      double[] entries = expected.entries();
      double[] nearby = at(instance, drawn, facts, 1 + NEAR).evaluate(right).entries();
      // Where a small change of the inputs matters much, rounding would do so, too.
      if (Arrays.stream(entries).allMatch(entry -> Math.abs(entry) < LARGEST)
          && isClose(nearby, entries)) {
        boolean zero = Arrays.stream(entries).allMatch(entry -> entry == 0);
        (zero ? vanishing : points.points).add(new Point(sizes, evaluator, expected));
      }
    }
    if (points.isEmpty()) {
      points.points.addAll(vanishing.subList(0, Math.min(COUNT, vanishing.size())));
    }
    return points;
  }

  boolean isEmpty() {
    return points.isEmpty();
  }

  /** Returns how many there are. */
  int count() {
    return points.size();
  }

  /** Tells whether {@code candidate} has the right shape, and the right value at every point. */
  boolean isRight(Expr candidate) {
    if (isEmpty() || !candidate.shape().equals(right.shape())) {
      return false;
    }
    for (int i = 0; i < points.size(); i++) {
      double[] actual = entries(candidate, i);
      if (actual == null || !isClose(actual, points.get(i).expected.entries())) {
        return false;
      }
    }
    return true;
  }

  /** Returns the entries of {@code candidate} at point {@code index}, or null if it has none. */
  double @Nullable [] entries(Expr candidate, int index) {
    try {
      Tensor<double[]> value = points.get(index).evaluator.evaluate(candidate);
      return value.entries();
    } catch (IllegalStateException e) {
      return null; // a length in it has nothing to do with the program
    }
  }

  /** Returns the lengths at point {@code index}. */
  Sizes sizes(int index) {
    return points.get(index).sizes;
  }

  static boolean isClose(double[] actual, double[] expected) {
    double scale = Arrays.stream(expected).map(Math::abs).max().orElse(0);
    for (int i = 0; i < expected.length; i++) {
      if (!(Math.abs(actual[i] - expected[i]) <= TOLERANCE * scale + Double.MIN_NORMAL)) {
        return false;
      }
    }
    return actual.length == expected.length;
  }

  private static Evaluator<double[]> at(
      RandomInstance instance, Map<Variable, Variable> drawn, FunctionFacts facts, double scale) {
    Evaluator<double[]> evaluator = new Evaluator<>(new RealField(), facts, instance.sizes(), null);
    drawn.forEach((parameter, like) -> {
      Tensor<double[]> value = instance.lifted(like, new RealField());
      evaluator.define(
          parameter,
          value.withEntries(Arrays.stream(value.entries()).map(entry -> scale * entry).toArray()));
    });
    return evaluator;
  }

  /** Returns a variable like {@code like} with one more property. */
  private static Variable twin(Variable like, Property property, Program program) {
    String name = like.name() + " " + property;
    Variable twin = program.expressions().variable(name);
    return twin != null
        ? twin
        : program.expressions().variable(name, like.shape(), like.rank(), Set.of(property));
  }
}
