package gradsmith.verify;

import gradsmith.check.GradientCheck;
import gradsmith.evaluate.Evaluator;
import gradsmith.evaluate.Field;
import gradsmith.evaluate.RandomInstance;
import gradsmith.evaluate.RealField;
import gradsmith.evaluate.RoundedField;
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

/** A few admissible points where the right formula has a finite value, to compare others with. */
final class Points {

  private static final int COUNT = 4;

  /** What differs by more than this share of the largest entry is wrong, whatever rounding does. */
  private static final double TOLERANCE = 1e-7;

  /** What differs by less than this share of the largest entry is right. */
  private static final double EXACT = 1e-13;

  /** By how much rounding may do more harm than in the run in which it was measured. */
  private static final double SAFETY = 1e3;

  private static final double LARGEST = 1e8;
  private static final double NEAR = 1e-11;

  /** What the inputs are at a point, and what the right value is there. */
  private record Point(
      Sizes sizes,
      Map<Variable, Tensor<double[]>> inputs,
      Evaluator<double[]> evaluator,
      Tensor<double[]> expected) {}

  private final Expr right;
  private final FunctionFacts facts;
  private final List<Point> points = new ArrayList<>();

  private Points(Expr right, FunctionFacts facts) {
    this.right = right;
    this.facts = facts;
  }

  /**
   * Draws points for {@code right}, the derivative by {@code by}, in the inputs of {@code program}
   * and in {@code directions}.
   */
  static Points of(
      Expr right,
      List<Variable> by,
      List<Variable> directions,
      Program program,
      FunctionFacts facts) {
    return with(right, by, directions, program, facts, Map.of());
  }

  /** Draws points where some inputs have {@code properties} that were not declared. */
  static Points with(
      Expr right,
      List<Variable> by,
      List<Variable> directions,
      Program program,
      FunctionFacts facts,
      Map<Variable, Property> properties) {
    Points points = new Points(right, facts);
    Map<Variable, Variable> drawn = new LinkedHashMap<>();
    directions.forEach(direction -> drawn.put(direction, direction));
    for (Variable parameter : program.parameters()) {
      Property property = properties.get(parameter);
      drawn.put(parameter, property == null ? parameter : twin(parameter, property, program));
    }
    List<Point> vanishing = new ArrayList<>();
    for (int attempt = 0;
        attempt < 4 * RandomInstance.WAYS && points.points.size() < COUNT;
        attempt++) {
      Random random = new Random(attempt);
      Sizes sizes =
          RandomInstance.sizes(
              program.parameters(), program.dimensions(), program.differences(), random);
      if (sizes == null) {
        continue;
      }
      RandomInstance instance =
          RandomInstance.draw(drawn.values(), sizes, program.stochasticIn(by), random, attempt);
      Map<Variable, Tensor<double[]>> inputs = inputs(instance, drawn, 1);
      if (!GradientCheck.isAdmissible(program, facts, by, new RandomInstance(sizes, inputs))) {
        continue;
      }
      Evaluator<double[]> evaluator = points.at(inputs, sizes, new RealField());
      Tensor<double[]> expected = evaluator.evaluate(right);
      double[] entries = expected.entries();
      double[] nearby =
          points
              .at(inputs(instance, drawn, 1 + NEAR), sizes, new RealField())
              .evaluate(right)
              .entries();
      // Where a small change of the inputs matters much, rounding would do so, too.
      if (Arrays.stream(entries).allMatch(entry -> Math.abs(entry) < LARGEST)
          && isClose(nearby, entries)) {
        boolean zero = Arrays.stream(entries).allMatch(entry -> entry == 0);
        (zero ? vanishing : points.points).add(new Point(sizes, inputs, evaluator, expected));
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
      double[] expected = points.get(i).expected.entries();
      if (actual == null
          || !isClose(actual, expected, TOLERANCE, 0)
          || !(isClose(actual, expected, EXACT, 0)
              || isClose(actual, expected, EXACT, rounding(candidate, i) + rounding(right, i)))) {
        return false;
      }
    }
    return true;
  }

  /** Tells whether both have the same finite value at every point, to many digits. */
  boolean agree(Expr first, Expr second) {
    for (int i = 0; i < points.size(); i++) {
      double[] one = entries(first, i);
      double[] other = entries(second, i);
      if (one == null || other == null || !isClose(one, other)) {
        return false;
      }
    }
    return !isEmpty();
  }

  /** Returns the entries of {@code candidate} at point {@code index}, or null if it has none. */
  double @Nullable [] entries(Expr candidate, int index) {
    try {
      Tensor<double[]> value = points.get(index).evaluator.evaluate(candidate);
      return value.entries();
    } catch (IllegalStateException | IllegalArgumentException e) {
      return null; // a length in it has nothing to do with the program
    }
  }

  /** Returns the entries of the right formula at point {@code index}. */
  double[] expected(int index) {
    return points.get(index).expected.entries();
  }

  /** Returns the lengths at point {@code index}. */
  Sizes sizes(int index) {
    return points.get(index).sizes;
  }

  /** Returns by how much rounding may have changed {@code candidate} at point {@code index}. */
  private double rounding(Expr candidate, int index) {
    Point point = points.get(index);
    double[] exact = point.evaluator.evaluate(candidate).entries();
    double most = 0;
    for (int seed = 0; seed < 2; seed++) {
      double[] rounded =
          at(point.inputs, point.sizes, new RoundedField(seed)).evaluate(candidate).entries();
      for (int i = 0; i < exact.length; i++) {
        most = Math.max(most, Math.abs(rounded[i] - exact[i]));
      }
    }
    return SAFETY * most;
  }

  static boolean isClose(double[] actual, double[] expected) {
    return isClose(actual, expected, TOLERANCE, 0);
  }

  private static boolean isClose(
      double[] actual, double[] expected, double tolerance, double rounding) {
    double scale = Arrays.stream(expected).map(Math::abs).max().orElse(0);
    for (int i = 0; i < expected.length; i++) {
      if (!(Math.abs(actual[i] - expected[i])
          <= tolerance * scale + rounding + Double.MIN_NORMAL)) {
        return false;
      }
    }
    return actual.length == expected.length;
  }

  private static Map<Variable, Tensor<double[]>> inputs(
      RandomInstance instance, Map<Variable, Variable> drawn, double scale) {
    Map<Variable, Tensor<double[]>> inputs = new LinkedHashMap<>();
    drawn.forEach((parameter, like) -> {
      Tensor<double[]> value = instance.lifted(like, new RealField());
      inputs.put(
          parameter,
          value.withEntries(Arrays.stream(value.entries()).map(entry -> scale * entry).toArray()));
    });
    return inputs;
  }

  private Evaluator<double[]> at(
      Map<Variable, Tensor<double[]>> inputs, Sizes sizes, Field<double[]> field) {
    Evaluator<double[]> evaluator = new Evaluator<>(field, facts, sizes, null);
    inputs.forEach(evaluator::define);
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
