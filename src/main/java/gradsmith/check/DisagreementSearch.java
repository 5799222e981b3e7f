package gradsmith.check;

import gradsmith.check.Witness.Slope;
import gradsmith.evaluate.RandomInstance;
import gradsmith.expr.Variable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the entries at which gradients disagree with a witness. The entries of all gradients stand
 * in one row; a direction that is zero outside a part of it asks about that part alone, and halving
 * finds the place in a few runs.
 */
final class DisagreementSearch {

  /** With more variables than this only one place is looked for. */
  private static final int MOST_VARIABLES = 64;

  /** So many entries are asked for one by one, to report the worst. */
  private static final int MOST_ENTRIES = 64;

  private final ForwardProgram forward;
  private final RandomInstance point;
  private final Witness witness;
  private final Map<Variable, double[]> gradients;
  private final Map<Variable, double[]> direction;
  private final List<Part> variables = new ArrayList<>();
  private int total;

  /** The entries from {@code start} to {@code end} of the row. */
  private record Part(int start, int end) {}

  DisagreementSearch(
      ForwardProgram forward,
      RandomInstance point,
      Witness witness,
      Map<Variable, double[]> gradients,
      Map<Variable, double[]> direction) {
    this.forward = forward;
    this.point = point;
    this.witness = witness;
    this.gradients = gradients;
    this.direction = direction;
    for (double[] entries : gradients.values()) {
      variables.add(new Part(total, total + entries.length));
      total += entries.length;
    }
  }

  /**
   * Returns the worst entry of each gradient that disagrees; none if every entry that was asked for
   * agrees, so that the witness was wrong about their sum.
   */
  List<CheckReport.Failure> failures() {
    List<Part> parts = variables.size() <= MOST_VARIABLES ? variables : List.of(new Part(0, total));
    List<CheckReport.Failure> failures = new ArrayList<>();
    Part worst = parts.getFirst();
    double largest = -1;
    for (Part part : parts) {
      double error = relativeError(part);
      if (!(error <= witness.tolerance())) {
        addWorstEntry(part, failures);
      }
      if (error > largest) {
        largest = error;
        worst = part;
      }
    }
    if (failures.isEmpty()) {
      addWorstEntry(worst, failures);
    }
    return failures;
  }

  private void addWorstEntry(Part part, List<CheckReport.Failure> failures) {
    CheckReport.Failure failure = worstEntry(narrow(part));
    if (failure != null) {
      failures.add(failure);
    }
  }

  private double relativeError(Part part) {
    Map<Variable, double[]> masked = masked(part);
    return InnerProduct.of(gradients, masked).relativeError(witness.slope(forward, point, masked));
  }

  /** Of two halves, the one with the greater relative error has it at one of its entries. */
  private Part narrow(Part whole) {
    Part part = whole;
    while (part.end - part.start > MOST_ENTRIES) {
      int middle = (part.start + part.end) >>> 1;
      Part lower = new Part(part.start, middle);
      Part upper = new Part(middle, part.end);
      part = relativeError(lower) >= relativeError(upper) ? lower : upper;
    }
    return part;
  }

  /** Returns the direction with zeros outside {@code part}. */
  private Map<Variable, double[]> masked(Part part) {
    Map<Variable, double[]> masked = new HashMap<>();
    int start = 0;
    for (Map.Entry<Variable, double[]> entry : direction.entrySet()) {
      int length = entry.getValue().length;
      int from = Math.max(0, part.start - start);
      int to = Math.min(length, part.end - start);
      if (from < to) {
        double[] entries = new double[length];
        System.arraycopy(entry.getValue(), from, entries, from, to - from);
        masked.put(entry.getKey(), entries);
      }
      start += length;
    }
    return masked;
  }

  /** Returns the entry that is farthest off of those beyond the tolerance, or null. */
  private CheckReport.@Nullable Failure worstEntry(Part part) {
    CheckReport.@Nullable Failure worst = null;
    double largest = -1;
    int start = 0;
    for (Map.Entry<Variable, double[]> gradient : gradients.entrySet()) {
      int length = gradient.getValue().length;
      for (int i = Math.max(0, part.start - start); i < Math.min(length, part.end - start); i++) {
        double[] unit = new double[length];
        unit[i] = 1;
        Slope slope = witness.slope(forward, point, Map.of(gradient.getKey(), unit));
        double formula = gradient.getValue()[i];
        InnerProduct number = new InnerProduct(formula, Math.abs(formula));
        double difference = number.difference(slope);
        boolean wrong =
            !Double.isNaN(slope.value()) && !(number.relativeError(slope) <= witness.tolerance());
        if (wrong && difference > largest) {
          largest = difference;
          worst =
              new CheckReport.Failure(
                  gradient.getKey().name(),
                  indices(gradient.getKey(), i),
                  formula,
                  witness.name(),
                  slope.value());
        }
      }
      start += length;
    }
    return worst;
  }

  /**
   * Returns the 1-based indices of entry {@code i}, as many as the variable has axes for the user.
   */
  private List<Integer> indices(Variable variable, int i) {
    int[] axes = point.sizes().axes(variable.shape());
    Deque<Integer> indices = new ArrayDeque<>();
    int rest = i;
    for (int axis = axes.length - 1; axis >= 0; axis--) {
      indices.push(rest % axes[axis] + 1);
      rest /= axes[axis];
    }
    List<Integer> all = List.copyOf(indices);
    return all.subList(0, Math.min(variable.rank(), all.size()));
  }
}
