package gradsmith.check;

import gradsmith.check.RulePoints.Point;
import gradsmith.evaluate.DerivativeField;
import gradsmith.evaluate.Evaluator;
import gradsmith.evaluate.MatrixKernel;
import gradsmith.evaluate.RandomInstance;
import gradsmith.evaluate.RealField;
import gradsmith.evaluate.Sizes;
import gradsmith.evaluate.Tensor;
import gradsmith.expr.Expr;
import gradsmith.expr.Expressions;
import gradsmith.expr.Fact;
import gradsmith.expr.FunctionSymbol;
import gradsmith.expr.Graph;
import gradsmith.expr.Lambda;
import gradsmith.expr.Operator;
import gradsmith.expr.Property;
import gradsmith.expr.Rational;
import gradsmith.expr.Variable;
import gradsmith.rules.FunctionRules;
import gradsmith.rules.Identity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.commons.math3.analysis.differentiation.DerivativeStructure;
import org.jspecify.annotations.Nullable;

/**
 * Tries a rule at random points: a rule is a theorem, and a wrong one is found here before it is
 * used. Each method returns what contradicts the rule, or null.
 */
public final class RuleProof {

  private static final int DRAWS = 6;
  private static final int ATTEMPTS = 400;

  /** What is said of a rule that could not be tried. */
  public static final String NO_POINT = "no point was found where it can be tried";

  private final FunctionRules rules;
  private final RulePoints points;

  /** Tries the rules of the functions of {@code rules}. */
  public RuleProof(FunctionRules rules) {
    this.rules = rules;
    points = new RulePoints(rules);
  }

  /** Tries whether d f(A) [dA], as stated, is the slope of f along dA. */
  public @Nullable String differential(FunctionSymbol symbol) {
    Random random = new Random(symbol.name().hashCode());
    for (int draw = 0; draw < DRAWS; draw++) {
      Point point = points.point(symbol, random);
      if (point == null) {
        return NO_POINT;
      }
      List<Tensor<double[]>> directions = directions(symbol, point, random);
      boolean exact = isOverAnyField(symbol);
      double[] slope =
          exact ? slope(symbol, point, directions) : difference(symbol, point, directions);
      List<Tensor<double[]>> inputs = new ArrayList<>(point.arguments());
      inputs.addAll(directions);
      Tensor<double[]> stated = points.run(rules.differential(symbol), inputs, point.sizes());
      double[] all = repeated(stated.entries(), slope.length);
      String failure = compare(slope, all, exact ? 1e-8 : 1e-6);
      if (failure != null) {
        return failure;
      }
    }
    return null;
  }

  /** Tries ⟨G, d f(A) [V]⟩ = Σ ⟨adjoint of argument i at G, Vᵢ⟩. */
  public @Nullable String adjoints(FunctionSymbol symbol) {
    Random random = new Random(symbol.name().hashCode());
    for (int draw = 0; draw < DRAWS; draw++) {
      Point point = points.point(symbol, random);
      if (point == null) {
        return NO_POINT;
      }
      List<Tensor<double[]>> directions = directions(symbol, point, random);
      List<Tensor<double[]>> all = new ArrayList<>(point.arguments());
      all.addAll(directions);
      Tensor<double[]> differential = points.run(rules.differential(symbol), all, point.sizes());
      Tensor<double[]> cotangent = RulePoints.like(List.of(differential), random).getFirst();
      List<Tensor<double[]>> inputs = new ArrayList<>(point.arguments());
      inputs.add(cotangent);
      double pulled = 0;
      for (int i = 0; i < symbol.arity(); i++) {
        Tensor<double[]> adjoint = points.run(rules.adjoint(symbol, i), inputs, point.sizes());
        Tensor<double[]> direction = directions.get(i);
        if (adjoint.size() / adjoint.matrices() != direction.size() / direction.matrices()) {
          return "the adjoint of argument " + (i + 1) + " has another shape than the argument";
        }
        pulled += inner(adjoint.entries(), direction.entries());
      }
      double pushed = inner(cotangent.entries(), differential.entries());
      String failure = compare(new double[] {pushed}, new double[] {pulled}, 1e-10);
      if (failure != null) {
        return failure;
      }
    }
    return null;
  }

  /** Tries ⟨G, f(A, V)⟩ = ⟨adjoint of V at G, V⟩, and whether f(A, V) is linear in V. */
  public @Nullable String statedAdjoint(FunctionSymbol symbol, int index) {
    Random random = new Random(symbol.name().hashCode());
    RealField field = new RealField();
    for (int draw = 0; draw < DRAWS; draw++) {
      Point point = points.point(symbol, random);
      if (point == null) {
        return NO_POINT;
      }
      Tensor<double[]> argument = point.arguments().get(index);
      Tensor<double[]> other = RulePoints.like(List.of(argument), random).getFirst();
      double[] value = points.value(symbol, point).entries();
      double[] atOther = points.value(symbol, RulePoints.with(point, index, other)).entries();
      Tensor<double[]> both =
          argument.withEntries(field.add(argument.entries(), field.scale(other.entries(), 3)));
      String nonlinear =
          compare(
              field.add(value, field.scale(atOther, 3)),
              points.value(symbol, RulePoints.with(point, index, both)).entries(),
              1e-10);
      if (nonlinear != null) {
        return "it is not linear: " + nonlinear;
      }
      Tensor<double[]> cotangent =
          RulePoints.like(List.of(points.value(symbol, point)), random).getFirst();
      List<Tensor<double[]>> inputs = new ArrayList<>(point.arguments());
      inputs.add(cotangent);
      Tensor<double[]> adjoint = points.run(rules.adjoint(symbol, index), inputs, point.sizes());
      String failure =
          compare(
              new double[] {inner(cotangent.entries(), value)},
              new double[] {inner(adjoint.entries(), argument.entries())},
              1e-10);
      if (failure != null) {
        return failure;
      }
    }
    return null;
  }

  /** Tries whether a function that has both a kernel and a definition computes one thing. */
  public @Nullable String definition(FunctionSymbol symbol) {
    Lambda definition = rules.definition(symbol);
    Random random = new Random(symbol.name().hashCode());
    for (int draw = 0; definition != null && draw < DRAWS; draw++) {
      Point point = points.point(symbol, random);
      if (point == null) {
        return NO_POINT;
      }
      double[] value = points.value(symbol, point).entries();
      double[] defined = points.run(definition, point.arguments(), point.sizes()).entries();
      String failure = compare(repeated(defined, value.length), value, 1e-10);
      if (failure != null) {
        return failure;
      }
    }
    return null;
  }

  /** Tries whether {@code fact} is true of the function's values. */
  public @Nullable String fact(FunctionSymbol symbol, Fact fact) {
    boolean ofTranspose = fact == Fact.EQUIVARIANT || fact == Fact.INVARIANT;
    List<List<String>> patterns = symbol.signature().parameters();
    if (ofTranspose && patterns.getFirst().size() < 2) {
      return "its first argument is no matrix, and has no transpose";
    }
    if (fact == Fact.COMMUTATIVE
        && (patterns.size() != 2 || !patterns.getFirst().equals(patterns.getLast()))) {
      return "it does not take two arguments alike";
    }
    Random random = new Random(symbol.name().hashCode());
    for (int draw = 0; draw < DRAWS; draw++) {
      Point point = points.point(symbol, random);
      if (point == null) {
        return NO_POINT;
      }
      Tensor<double[]> value = points.value(symbol, point);
      String failure =
          switch (fact) {
            case POSITIVE -> nonpositive(value.entries());
            case STOCHASTIC -> compare(ones(value.size() / value.columns()), rowSums(value), 1e-10);
            case EQUIVARIANT -> compare(value.entries(), ofTransposed(symbol, point, true), 1e-8);
            case INVARIANT -> compare(value.entries(), ofTransposed(symbol, point, false), 1e-8);
            case COMMUTATIVE -> compare(value.entries(), ofSwapped(symbol, point), 1e-8);
            case HOMOGENEOUS -> compare(value.entries(), ofScaled(symbol, point), 1e-8);
          };
      if (failure != null) {
        return failure;
      }
    }
    return null;
  }

  private static @Nullable String nonpositive(double[] entries) {
    for (double entry : entries) {
      if (!(entry > 0)) {
        return "at a random point it gives %.6g".formatted(entry);
      }
    }
    return null;
  }

  private static double[] ones(int count) {
    double[] ones = new double[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static double[] rowSums(Tensor<double[]> matrices) {
    double[] entries = matrices.entries();
    double[] sums = new double[entries.length / matrices.columns()];
    for (int i = 0; i < entries.length; i++) {
      sums[i / matrices.columns()] += entries[i];
    }
    return sums;
  }

  /** Returns the entries of f(A'), or of f(A')'. */
  private double[] ofTransposed(FunctionSymbol symbol, Point point, boolean turned) {
    Expressions session = new Expressions();
    List<Variable> copies = points.copies(symbol, session, point);
    List<Expr> arguments = new ArrayList<>(copies);
    arguments.set(0, session.apply(Operator.Primitive.TRANSPOSE, copies.getFirst()));
    Expr call = session.apply(new Operator.Function(symbol), arguments);
    Expr result = turned ? session.apply(Operator.Primitive.TRANSPOSE, call) : call;
    return points.run(new Lambda(copies, result), point.arguments(), point.sizes()).entries();
  }

  /** Returns the entries of f(B, A). */
  private double[] ofSwapped(FunctionSymbol symbol, Point point) {
    return points.value(symbol, new Point(point.sizes(), point.arguments().reversed())).entries();
  }

  /** Returns the entries of -f(-3 A) / 3. */
  private double[] ofScaled(FunctionSymbol symbol, Point point) {
    Expressions session = new Expressions();
    List<Variable> copies = points.copies(symbol, session, point);
    List<Expr> arguments = new ArrayList<>(copies);
    arguments.set(
        arguments.size() - 1, session.apply(new Operator.Scale(Rational.of(-3)), copies.getLast()));
    Expr call = session.apply(new Operator.Function(symbol), arguments);
    Expr result = session.apply(new Operator.Scale(Rational.of(-1, 3)), call);
    return points.run(new Lambda(copies, result), point.arguments(), point.sizes()).entries();
  }

  /** Tries whether both sides of {@code identity} are equal. */
  public @Nullable String identity(Identity identity) {
    Map<Variable, Set<Property>> properties = new HashMap<>();
    for (Identity.Condition condition : identity.conditions()) {
      properties
          .computeIfAbsent(condition.hole(), hole -> new HashSet<>())
          .add(condition.property());
    }
    Random random = new Random(identity.name().hashCode());
    int agreed = 0;
    for (int attempt = 0; attempt < ATTEMPTS && agreed < DRAWS; attempt++) {
      List<Variable> holes = new ArrayList<>(Graph.variables(List.of(identity.left())));
      Expressions session = new Expressions();
      List<Variable> copies = new ArrayList<>();
      for (Variable hole : holes) {
        Set<Property> all = new HashSet<>(hole.properties());
        all.addAll(properties.getOrDefault(hole, Set.of()));
        boolean stacked = attempt % 2 == 1 && identity.mayHoldOnStacks();
        copies.add(RulePoints.copy(session, hole, stacked, all));
      }
      Sizes sizes = RandomInstance.sizes(copies, List.of(), random);
      RandomInstance instance = RandomInstance.draw(copies, sizes, Set.of(), random, attempt);
      List<Tensor<double[]>> values = new ArrayList<>(instance.values().values());
      Tensor<double[]> left = points.run(new Lambda(holes, identity.left()), values, sizes);
      if (RulePoints.isFinite(left.entries())) {
        Tensor<double[]> right = points.run(new Lambda(holes, identity.right()), values, sizes);
        String failure =
            compare(left.entries(), repeated(right.entries(), left.entries().length), 1e-8);
        if (failure != null) {
          return failure;
        }
        agreed++;
      }
    }
    return agreed == DRAWS ? null : NO_POINT;
  }

  /** A whole number does not move. */
  private List<Tensor<double[]>> directions(FunctionSymbol symbol, Point point, Random random) {
    List<Tensor<double[]>> directions = RulePoints.like(point.arguments(), random);
    List<Variable> parameters = rules.parameters(symbol);
    for (int i = 0; i < directions.size(); i++) {
      if (parameters.get(i).has(Property.INTEGER)) {
        Tensor<double[]> still = directions.get(i);
        directions.set(i, still.withEntries(new double[still.entries().length]));
      }
    }
    return directions;
  }

  private static boolean isOverAnyField(FunctionSymbol symbol) {
    MatrixKernel kernel = MatrixKernel.find(symbol.name(), symbol.arity());
    return kernel == null || kernel.isOverAnyField();
  }

  /** What is the same for each matrix of a stack may stand for all of them. */
  private static double[] repeated(double[] entries, int count) {
    double[] all = new double[count % entries.length == 0 ? count : entries.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = entries[i % entries.length];
    }
    return all;
  }

  /** Central differences with steps h and h/2, extrapolated. */
  private double[] difference(
      FunctionSymbol symbol, Point point, List<Tensor<double[]>> directions) {
    RealField field = new RealField();
    double[] coarse = quotient(symbol, point, directions, 1e-3);
    double[] fine = quotient(symbol, point, directions, 5e-4);
    return field.scale(field.add(field.scale(fine, 4), field.scale(coarse, -1)), 1.0 / 3);
  }

  private double[] quotient(
      FunctionSymbol symbol, Point point, List<Tensor<double[]>> directions, double step) {
    RealField field = new RealField();
    List<double[]> values = new ArrayList<>();
    for (double sign : new double[] {step, -step}) {
      Point moved = point;
      for (int i = 0; i < directions.size(); i++) {
        Tensor<double[]> argument = point.arguments().get(i);
        double[] entries =
            field.add(argument.entries(), field.scale(directions.get(i).entries(), sign));
        moved = RulePoints.with(moved, i, argument.withEntries(entries));
      }
      values.add(points.value(symbol, moved).entries());
    }
    return field.scale(field.add(values.get(0), field.scale(values.get(1), -1)), 1 / (2 * step));
  }

  private double[] slope(FunctionSymbol symbol, Point point, List<Tensor<double[]>> directions) {
    DerivativeField field = new DerivativeField(1);
    Expressions session = new Expressions();
    Evaluator<DerivativeStructure[]> evaluator = new Evaluator<>(field, rules, point.sizes(), null);
    List<Variable> copies = points.copies(symbol, session, point);
    for (int i = 0; i < copies.size(); i++) {
      Tensor<double[]> value = point.arguments().get(i);
      DerivativeStructure[] lifted = field.lift(value.entries());
      evaluator.define(
          copies.get(i),
          value.withEntries(field.add(lifted, field.along(directions.get(i).entries()))));
    }
    Expr call = session.apply(new Operator.Function(symbol), copies);
    return field.derivatives(evaluator.evaluate(call).entries(), 1);
  }

  /** The inner product, where one may stand for each matrix of the other's stack. */
  private static double inner(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < Math.max(a.length, b.length); i++) {
      sum += a[i % a.length] * b[i % b.length];
    }
    return sum;
  }

  static @Nullable String compare(double[] expected, double[] actual, double tolerance) {
    if (expected.length != actual.length) {
      return "there are " + actual.length + " entries, not " + expected.length;
    }
    double scale = 1;
    for (double entry : expected) {
      scale = Math.max(scale, Math.abs(entry));
    }
    for (int i = 0; i < expected.length; i++) {
      if (!(Math.abs(expected[i] - actual[i]) <= tolerance * scale)) {
        return "at a random point it gives %.6g where %.6g is right"
            .formatted(actual[i], expected[i]);
      }
    }
    return null;
  }
}
