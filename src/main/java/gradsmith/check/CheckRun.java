package gradsmith.check;

import gradsmith.check.Witness.Slope;
import gradsmith.derive.Derivative;
import gradsmith.evaluate.Evaluator;
import gradsmith.evaluate.RandomInstance;
import gradsmith.evaluate.RealField;
import gradsmith.evaluate.Sizes;
import gradsmith.evaluate.Tensor;
import gradsmith.expr.Apply;
import gradsmith.expr.Binding;
import gradsmith.expr.Expr;
import gradsmith.expr.Graph;
import gradsmith.expr.Variable;
import gradsmith.shape.Polynomial;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One check of one program's gradients: finds admissible points and compares there. */
final class CheckRun {

  /** Of what the program costs to run, in operations, how much a check may take. */
  private static final double BUDGET = 4e8;

  /**
   * What one comparison costs, in runs over real numbers: some differences, and series at thirty
   * times the price.
   */
  private static final double RUNS_PER_TRIAL = 60;

  private static final int MOST_ATTEMPTS = 10 * RandomInstance.WAYS;
  private static final double LARGEST = 1e8;
  private static final double GREATEST_WEIGHT = 1e3;

  private final ForwardProgram forward;
  private final Formulas formulas;
  private final List<Witness> witnesses;
  private final long seed;
  private final Set<Expr> dependent;
  private final Set<Variable> stochastic;
  private final Set<Polynomial> differences;
  private final Map<String, Integer> rejections = new LinkedHashMap<>();
  private final List<CheckReport.Failure> failures = new ArrayList<>();
  private double maxRelativeError;

  /** What one run costs. */
  private double operations = 1;

  /** Where the last admissible point was found; what worked once is tried first. */
  private int attempt;

  CheckRun(ForwardProgram forward, Formulas formulas, List<Witness> witnesses, long seed) {
    this.forward = forward;
    this.formulas = formulas;
    this.witnesses = witnesses.stream().filter(witness -> witness.canJudge(forward)).toList();
    this.seed = seed;
    Set<Variable> by = new HashSet<>();
    for (Derivative derivative : formulas.derivatives()) {
      by.addAll(derivative.by());
    }
    this.dependent = dependents(forward.program().bindings(), by);
    this.differences = forward.program().differences();
    this.stochastic = forward.program().stochasticIn(by);
  }

  static List<String> names(List<Witness> witnesses) {
    List<String> names = new ArrayList<>();
    for (Witness witness : witnesses) {
      names.add(witness.name());
    }
    return names;
  }

  /** Returns the nodes whose values move with {@code by}. */
  static Set<Expr> dependents(List<Binding> bindings, Collection<Variable> by) {
    Set<Expr> dependent = new HashSet<>(by);
    List<Expr> values = new ArrayList<>(bindings.size());
    Map<Expr, List<Variable>> namesOf = new HashMap<>();
    for (Binding binding : bindings) {
      values.add(binding.value());
      List<Variable> names = namesOf.getOrDefault(binding.value(), new ArrayList<>(1));
      names.add(binding.variable());
      namesOf.put(binding.value(), names);
    }
    for (Expr node : Graph.postOrder(values)) {
      if (node instanceof Apply apply && !Collections.disjoint(apply.arguments(), dependent)) {
        dependent.add(node);
      }
      if (dependent.contains(node)) {
        dependent.addAll(namesOf.getOrDefault(node, List.of()));
      }
    }
    return dependent;
  }

  CheckReport run(int trials) {
    Sizes sizes = sizes(random(0, 0));
    if (sizes == null) {
      List<String> lengths = differences.stream().map(Polynomial::toString).toList();
      return report(
          0, "no small dimensions were found with which this is at least 1: " + lengths.getFirst());
    }
    Workload workload = Workload.of(forward.program(), sizes);
    if (workload.tooLarge() != null) {
      return report(0, workload.tooLarge());
    }
    operations = Math.max(1, workload.operations());
    int affordable = (int) Math.min(trials, Math.max(1, BUDGET / (RUNS_PER_TRIAL * operations)));
    int attempts =
        (int) Math.min(MOST_ATTEMPTS, Math.max(RandomInstance.WAYS, BUDGET / (4 * operations)));
    int compared = 0;
    for (int trial = 0; trial < affordable && failures.isEmpty(); trial++) {
      if (compare(trial, attempts)) {
        compared++;
      } else if (compared == 0) {
        return report(0, whyNot(attempts));
      }
    }
    return report(compared, null);
  }

  private CheckReport report(int compared, @Nullable String unavailable) {
    return new CheckReport(compared, names(witnesses), maxRelativeError, failures, unavailable);
  }

  private String whyNot(int attempts) {
    String most = "";
    int count = 0;
    for (Map.Entry<String, Integer> rejection : rejections.entrySet()) {
      if (rejection.getValue() > count) {
        count = rejection.getValue();
        most = rejection.getKey();
      }
    }
    return "no admissible point was found: "
        + most
        + " at "
        + count
        + " of "
        + attempts
        + " random points";
  }

  private Random random(int trial, int tried) {
    return new Random(seed + 0x9E3779B97F4A7C15L * (1 + trial * 1_000_003L + tried));
  }

  private @Nullable Sizes sizes(Random random) {
    return RandomInstance.sizes(
        forward.inputs(), forward.program().dimensions(), differences, random);
  }

  /** Compares at one admissible point; tells whether one was found in that many attempts. */
  private boolean compare(int trial, int attempts) {
    for (int i = 0; i < attempts; i++) {
      Random random = random(trial, attempt);
      Sizes sizes = sizes(random);
      String rejection =
          sizes == null
              ? "an axis has length 0"
              : compareAt(
                  RandomInstance.draw(forward.inputs(), sizes, stochastic, random, attempt),
                  random);
      if (rejection == null || !failures.isEmpty()) {
        return true;
      }
      Integer count = rejections.get(rejection);
      rejections.put(rejection, count == null ? 1 : count + 1);
      attempt++;
    }
    return false;
  }

  /** Compares at {@code point} unless it is not admissible; returns why not. */
  private @Nullable String compareAt(RandomInstance point, Random random) {
    DomainGuard guard = new DomainGuard(forward.facts(), dependent);
    Evaluator<double[]> run = forward.run(new RealField(), point, Map.of(), guard);
    if (guard.violation() != null) {
      return guard.violation();
    }
    Map<Derivative, Tensor<double[]>> values = formulas.at(point, run);
    String tied = guard.ties().tied();
    if (tied != null && !remain(guard.ties(), point, values.keySet(), random)) {
      // By the entries that a symmetric variable really has it may be differentiable even so.
      values.keySet().removeIf(derivative -> derivative.kind() != Derivative.Kind.RESTRICTED);
      if (remain(guard.ties(), point, values.keySet(), random)) {
        compareOthers(point, values, random);
      }
      return tied + " is not differentiable";
    }
    String rejection = compareGradients(point, gradients(values), random);
    return rejection != null ? rejection : compareOthers(point, values, random);
  }

  /** Tells whether {@code ties} stay as they are where {@code derivatives} can move the point. */
  private boolean remain(
      Ties ties, RandomInstance point, Set<Derivative> derivatives, Random random) {
    Ties moved = new Ties(dependent);
    forward.run(new RealField(), point, SmallMove.of(derivatives, point, random), moved);
    return ties.areThoseOf(moved);
  }

  private static Map<Variable, double[]> gradients(Map<Derivative, Tensor<double[]>> values) {
    Map<Variable, double[]> gradients = new LinkedHashMap<>();
    values.forEach((derivative, value) -> {
      if (derivative.kind() == Derivative.Kind.GRADIENT) {
        gradients.put(derivative.variable(), value.entries());
      }
    });
    return gradients;
  }

  private @Nullable String compareOthers(
      RandomInstance point, Map<Derivative, Tensor<double[]>> values, Random random) {
    Map<Variable, Tensor<double[]>> directions = new HashMap<>();
    for (Derivative derivative : values.keySet()) {
      Variable direction = derivative.direction();
      if (direction != null) {
        directions.put(direction, point.lifted(direction, new RealField()));
      }
    }
    EntryComparison comparison =
        new EntryComparison(
            forward, point, directions, random, BUDGET / (RUNS_PER_TRIAL * operations) / 8);
    Witness first = witnesses.getFirst();
    for (Map.Entry<Derivative, Tensor<double[]>> entry : values.entrySet()) {
      for (Witness witness : witnesses) {
        if (entry.getKey().kind() == Derivative.Kind.GRADIENT || !failures.isEmpty()) {
          continue;
        }
        CheckReport.Failure failure =
            comparison.compare(entry.getKey(), entry.getValue(), witness, witness == first);
        if (comparison.undefined()) {
          return "the derivative is not defined";
        }
        if (failure != null && witness != first) {
          return disagreement(first, witness); // for the first one found the formula right
        }
        if (failure != null) {
          failures.add(failure);
        }
      }
    }
    maxRelativeError = Math.max(maxRelativeError, comparison.maxRelativeError());
    return null;
  }

  private @Nullable String compareGradients(
      RandomInstance point, Map<Variable, double[]> gradients, Random random) {
    if (gradients.isEmpty()) {
      return null;
    }
    Map<Variable, double[]> direction = direction(gradients, random);
    InnerProduct product = InnerProduct.of(gradients, direction);
    List<Slope> slopes = new ArrayList<>();
    for (Witness witness : witnesses) {
      Slope slope = witness.slope(forward, point, direction);
      if (!(slope.magnitude() <= LARGEST * GREATEST_WEIGHT) || Double.isNaN(slope.value())) {
        return "the derivative is not defined or too large";
      }
      if (!slopes.isEmpty()
          && !agree(slopes.getFirst(), slope, product.scale(), witness.tolerance())) {
        return disagreement(witnesses.getFirst(), witness);
      }
      slopes.add(slope);
    }
    double largest = 0;
    for (int i = 0; i < slopes.size(); i++) {
      Witness witness = witnesses.get(i);
      double error = product.relativeError(slopes.get(i));
      if (!(error <= witness.tolerance())) {
        failures.addAll(
            new DisagreementSearch(forward, point, witness, gradients, direction).failures());
        return failures.isEmpty()
            ? "the slopes by " + witness.name() + " do not add up, as at a kink"
            : null;
      }
      largest = Math.max(largest, product.reportedError(slopes.get(i), i == 0));
    }
    maxRelativeError = Math.max(maxRelativeError, largest);
    return null;
  }

  private static String disagreement(Witness first, Witness second) {
    return first.name() + " and " + second.name() + " disagree, as they do at a kink";
  }

  private static boolean agree(Slope first, Slope second, double scale, double tolerance) {
    double difference = Math.abs(first.value() - second.value()) - first.error() - second.error();
    double size = Math.max(Math.abs(first.value()), Math.abs(second.value()));
    return difference <= tolerance * (Double.isNaN(scale) ? size : Math.max(size, scale));
  }

  /**
   * Draws a direction in which every variable counts about as much as any other: else a wrong
   * gradient of small entries would hide behind the rounding of a large one. No entry is close to
   * zero.
   */
  private static Map<Variable, double[]> direction(
      Map<Variable, double[]> gradients, Random random) {
    Map<Variable, double[]> direction = new LinkedHashMap<>();
    Map<Variable, Double> shares = new HashMap<>();
    double largest = 0;
    for (Map.Entry<Variable, double[]> gradient : gradients.entrySet()) {
      double[] entries = new double[gradient.getValue().length];
      for (int i = 0; i < entries.length; i++) {
        entries[i] = (random.nextBoolean() ? 1 : -1) * (0.5 + random.nextDouble());
      }
      direction.put(gradient.getKey(), entries);
      double share = InnerProduct.of(gradient.getValue(), entries).scale();
      shares.put(gradient.getKey(), share);
      largest = Math.max(largest, Double.isNaN(share) ? 0 : share);
    }
    for (Map.Entry<Variable, double[]> entry : direction.entrySet()) {
      double share = shares.getOrDefault(entry.getKey(), 0.0);
      double weight = share > 0 ? Math.min(GREATEST_WEIGHT, largest / share) : 1;
      entry.setValue(new RealField().scale(entry.getValue(), weight));
    }
    return direction;
  }
}
