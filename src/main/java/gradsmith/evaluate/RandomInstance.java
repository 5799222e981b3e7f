package gradsmith.evaluate;

import gradsmith.expr.Property;
import gradsmith.expr.Variable;
import gradsmith.shape.Polynomial;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Random values for variables, with the properties that are known of them. Named dimensions get
 * small lengths, no two the same, so that a formula with the wrong one does not fit.
 *
 * @param sizes the lengths of the named dimensions
 * @param values the values, in the order of the variables
 */
public record RandomInstance(Sizes sizes, Map<Variable, Tensor<double[]>> values) {

  /** The attempts after which the ways to draw come round again. */
  public static final int WAYS = 12;

  /** The longest a dimension is, unless there are many. */
  private static final int LONGEST = 6;

  /** So many times all lengths are drawn until they fit, and so often the longest is doubled. */
  private static final int DRAWS = 8;

  private static final int DOUBLINGS = 9;

  /**
   * Returns lengths for the named dimensions of {@code variables} and for {@code dimensions}; equal
   * arguments give equal lengths.
   */
  public static Sizes sizes(
      Collection<Variable> variables, Collection<String> dimensions, Random random) {
    return Objects.requireNonNull(sizes(variables, dimensions, List.of(), random));
  }

  /**
   * Returns lengths likewise with which each of {@code differences}, such as n - m, is at least 1;
   * null if none were found.
   */
  public static @Nullable Sizes sizes(
      Collection<Variable> variables,
      Collection<String> dimensions,
      Collection<Polynomial> differences,
      Random random) {
    Set<String> names = new LinkedHashSet<>(dimensions);
    Set<Integer> taken = new HashSet<>();
    for (Variable variable : variables) {
      for (Polynomial axis : variable.shape().axes()) {
        if (axis.isNumber()) {
          taken.add(Math.toIntExact(axis.number()));
        } else {
          names.addAll(axis.names());
        }
      }
    }
    for (int draw = 0; draw < DRAWS * DOUBLINGS; draw++) {
      Sizes sizes = sizes(names, taken, LONGEST << (draw / DRAWS), random);
      if (differences.stream().allMatch(difference -> sizes.length(difference) > 0)) {
        return sizes;
      }
    }
    return null;
  }

  private static Sizes sizes(Set<String> names, Set<Integer> taken, int longest, Random random) {
    List<Integer> lengths = new ArrayList<>();
    for (int length = 2; length <= longest || lengths.size() < names.size(); length++) {
      if (!taken.contains(length)) {
        lengths.add(length);
      }
    }
    Collections.shuffle(lengths, random);
    Map<String, Integer> byName = new LinkedHashMap<>();
    for (String name : names) {
      byName.put(name, lengths.get(byName.size()));
    }
    return new Sizes(byName);
  }

  /**
   * Draws values: equal arguments give equal values.
   *
   * @param stochastic the variables whose rows shall sum to 1 though it was not declared
   * @param attempt selects the way to draw: around zero, positive, in the unit interval, small, and
   *     from then on a way of its own for each variable
   */
  public static RandomInstance draw(
      Collection<Variable> variables,
      Sizes sizes,
      Set<Variable> stochastic,
      Random random,
      int attempt) {
    RandomMatrix[] ways = RandomMatrix.values();
    int way = attempt % WAYS;
    Map<Variable, Tensor<double[]>> values = new LinkedHashMap<>();
    for (Variable variable : variables) {
      RandomMatrix matrix = way < 4 ? ways[way] : ways[random.nextInt(ways.length)];
      Set<Property> properties = new HashSet<>(variable.properties());
      if (stochastic.contains(variable)) {
        properties.add(Property.STOCHASTIC);
      }
      values.put(variable, draw(variable, properties, sizes, matrix, random));
    }
    return new RandomInstance(sizes, values);
  }

  /** Returns the value of {@code variable} in {@code field}. */
  public <A> Tensor<A> lifted(Variable variable, Field<A> field) {
    Tensor<double[]> value = values.get(variable);
    if (value == null) {
      throw new IllegalStateException(variable + " was not drawn");
    }
    return value.withEntries(field.lift(value.entries()));
  }

  private static Tensor<double[]> draw(
      Variable variable, Set<Property> properties, Sizes sizes, RandomMatrix way, Random random) {
    int[] axes = sizes.axes(variable.shape());
    int rows = axes[axes.length - 2];
    int columns = axes[axes.length - 1];
    double[] entries = new double[Axes.count(axes)];
    // The stochastic vector is one row to a row-wise function.
    boolean oneRow = variable.rank() == 1 && columns == 1;
    for (int start = 0; start < entries.length; start += rows * columns) {
      double[] matrix =
          oneRow
              ? way.draw(1, rows, properties, random)
              : way.draw(rows, columns, properties, random);
      System.arraycopy(matrix, 0, entries, start, matrix.length);
    }
    return new Tensor<>(axes, entries);
  }
}
