package gradsmith.verify;

import gradsmith.evaluate.Sizes;
import gradsmith.expr.Apply;
import gradsmith.expr.Expr;
import gradsmith.expr.Graph;
import gradsmith.expr.Operator;
import gradsmith.expr.Variable;
import gradsmith.render.FormulaPrinter;
import gradsmith.shape.Polynomial;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the factors with which terms add up to a sum at every point. */
final class Combination {

  /** No more of the scalars in a formula are tried as factors. */
  private static final int MOST_SCALARS = 20;

  private static final int LONGEST = 60;

  private final Suspect suspect;
  private final Points points;

  Combination(Suspect suspect) {
    this.suspect = suspect;
    points = suspect.points();
  }

  /** Returns the factors of {@code terms} in {@code sum}, or null. */
  @Nullable List<Coefficient> of(List<Expr> terms, Expr sum) {
    int count = points.count();
    List<double[]> solved = new ArrayList<>();
    for (int point = 0; point < count; point++) {
      List<double[]> columns = new ArrayList<>();
      for (Expr term : terms) {
        columns.add(points.entries(term, point));
      }
      double[] target = points.entries(sum, point);
      double[] solution =
          target == null || columns.contains(null) ? null : LeastSquares.solve(columns, target);
      if (solution == null) {
        return null;
      }
      solved.add(solution);
    }
    Map<String, double[]> quantities = quantities();
    List<Coefficient> found = new ArrayList<>();
    for (int i = 0; i < terms.size(); i++) {
      double[] values = new double[count];
      for (int point = 0; point < count; point++) {
        values[point] = solved.get(point)[i];
      }
      Coefficient coefficient = Coefficient.of(values, quantities);
      if (coefficient == null) {
        return null;
      }
      found.add(coefficient);
    }
    return found;
  }

  /**
   * What a factor may depend on: lengths, products of two of them, numbers of the program, and
   * those in the right formula.
   */
  private Map<String, double[]> quantities() {
    Map<String, double[]> quantities = new LinkedHashMap<>();
    if (!suspect.hasFewNames()) {
      return quantities;
    }
    List<String> names = suspect.program().dimensions();
    for (String name : names) {
      quantities.put(name, lengths(name));
      putRoot(name, lengths(name), quantities);
    }
    for (String name : names) {
      for (String other : names) {
        if (name.compareTo(other) < 0) {
          double[] product = lengths(name);
          double[] factor = lengths(other);
          Arrays.setAll(product, i -> product[i] * factor[i]);
          quantities.put(name + " " + other, product);
        }
      }
    }
    for (Variable parameter : suspect.program().parameters()) {
      if (parameter.shape().isScalar()) {
        double[] values = scalars(parameter);
        quantities.put(parameter.name(), values);
        putRoot(parameter.name(), values, quantities);
      }
    }
    int most = quantities.size() + MOST_SCALARS;
    for (Expr node : Graph.postOrder(suspect.shown())) {
      if (quantities.size() < most
          && node instanceof Apply apply
          && apply.shape().isScalar()
          && !(apply.operator() instanceof Operator.Scale)) {
        String text = FormulaPrinter.typed().print(apply);
        if (text.length() <= LONGEST) {
          quantities.putIfAbsent(text, scalars(suspect.derived().inlined(apply)));
        }
      }
    }
    return quantities;
  }

  private static void putRoot(String name, double[] values, Map<String, double[]> quantities) {
    quantities.put("sqrt(" + name + ")", Arrays.stream(values).map(Math::sqrt).toArray());
  }

  private double[] scalars(Expr value) {
    double[] values = new double[points.count()];
    for (int i = 0; i < values.length; i++) {
      double[] entries = points.entries(value, i);
      values[i] = entries == null ? Double.NaN : entries[0];
    }
    return values;
  }

  private double[] lengths(String dimension) {
    double[] lengths = new double[points.count()];
    for (int i = 0; i < lengths.length; i++) {
      Sizes sizes = points.sizes(i);
      lengths[i] = sizes.length(Polynomial.of(dimension));
    }
    return lengths;
  }
}
