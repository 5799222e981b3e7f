package gradsmith.check;

import gradsmith.evaluate.DerivativeField;
import gradsmith.evaluate.Evaluator;
import gradsmith.evaluate.MatrixKernel;
import gradsmith.evaluate.RandomInstance;
import gradsmith.evaluate.RealField;
import gradsmith.evaluate.Sizes;
import gradsmith.evaluate.Tensor;
import gradsmith.expr.Expr;
import gradsmith.expr.Expressions;
import gradsmith.expr.FunctionSymbol;
import gradsmith.expr.Graph;
import gradsmith.expr.Lambda;
import gradsmith.expr.Operator;
import gradsmith.expr.Property;
import gradsmith.expr.Variable;
import gradsmith.rules.FunctionRules;
import gradsmith.rules.Identity;
import gradsmith.rules.Instantiation;
import gradsmith.shape.Dimension;
import gradsmith.shape.Shape;
import java.util.ArrayList;
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
  private static final double MARGIN = 1e-2;
  private static final List<Dimension> STACK = List.of(Dimension.of(2));
  private static final String NO_POINT = "no point was found where it can be tried";

  private final FunctionRules rules;

  /** The value of a function and its parameters at a point of its domain. */
  private record Point(Sizes sizes, List<Tensor<double[]>> arguments) {}

  /** Tries the rules of the functions of {@code rules}. */
  public RuleProof(FunctionRules rules) {
    this.rules = rules;
  }

  /** Tries whether d f(A) [dA], as stated, is the slope of f along dA. */
  public @Nullable String differential(FunctionSymbol symbol) {
    Random random = new Random(symbol.name().hashCode());
    for (int draw = 0; draw < DRAWS; draw++) {
      Point point = point(symbol, random);
      if (point == null) {
        return NO_POINT;
      }
      List<Tensor<double[]>> directions = directions(symbol, point, random);
      boolean exact = isOverAnyField(symbol);
      double[] slope =
          exact ? slope(symbol, point, directions) : difference(symbol, point, directions);
      List<Tensor<double[]>> inputs = new ArrayList<>(point.arguments());
      inputs.addAll(directions);
      Tensor<double[]> stated = run(rules.differential(symbol), inputs, point.sizes());
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
      Point point = point(symbol, random);
      if (point == null) {
        return NO_POINT;
      }
      List<Tensor<double[]>> directions = directions(symbol, point, random);
      List<Tensor<double[]>> all = new ArrayList<>(point.arguments());
      all.addAll(directions);
      Tensor<double[]> differential = run(rules.differential(symbol), all, point.sizes());
      Tensor<double[]> cotangent = like(List.of(differential), random).getFirst();
      List<Tensor<double[]>> inputs = new ArrayList<>(point.arguments());
      inputs.add(cotangent);
      double pulled = 0;
      for (int i = 0; i < symbol.arity(); i++) {
        Tensor<double[]> adjoint = run(rules.adjoint(symbol, i), inputs, point.sizes());
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
      Point point = point(symbol, random);
      if (point == null) {
        return NO_POINT;
      }
      Tensor<double[]> argument = point.arguments().get(index);
      Tensor<double[]> other = like(List.of(argument), random).getFirst();
      double[] value = value(symbol, point).entries();
      double[] atOther = value(symbol, with(point, index, other)).entries();
      Tensor<double[]> both =
          argument.withEntries(field.add(argument.entries(), field.scale(other.entries(), 3)));
      String nonlinear =
          compare(
              field.add(value, field.scale(atOther, 3)),
              value(symbol, with(point, index, both)).entries(),
              1e-10);
      if (nonlinear != null) {
        return "it is not linear: " + nonlinear;
      }
      Tensor<double[]> cotangent = like(List.of(value(symbol, point)), random).getFirst();
      List<Tensor<double[]>> inputs = new ArrayList<>(point.arguments());
      inputs.add(cotangent);
      Tensor<double[]> adjoint = run(rules.adjoint(symbol, index), inputs, point.sizes());
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
      Point point = point(symbol, random);
      if (point == null) {
        return NO_POINT;
      }
      double[] value = value(symbol, point).entries();
      double[] defined = run(definition, point.arguments(), point.sizes()).entries();
      String failure = compare(repeated(defined, value.length), value, 1e-10);
      if (failure != null) {
        return failure;
      }
    }
    return null;
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
        copies.add(copy(session, hole, stacked, all));
      }
      Sizes sizes = RandomInstance.sizes(copies, List.of(), random);
      RandomInstance instance = RandomInstance.draw(copies, sizes, Set.of(), random, attempt);
      List<Tensor<double[]>> values = new ArrayList<>(instance.values().values());
      Tensor<double[]> left = run(new Lambda(holes, identity.left()), values, sizes);
      if (isFinite(left.entries())) {
        Tensor<double[]> right = run(new Lambda(holes, identity.right()), values, sizes);
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

  private static Point with(Point point, int index, Tensor<double[]> argument) {
    List<Tensor<double[]>> arguments = new ArrayList<>(point.arguments());
    arguments.set(index, argument);
    return new Point(point.sizes(), arguments);
  }

  /** A whole number does not move. */
  private List<Tensor<double[]>> directions(FunctionSymbol symbol, Point point, Random random) {
    List<Tensor<double[]>> directions = like(point.arguments(), random);
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

  /** Returns {@code variable} for {@code session}; a stack of two axes if it is a matrix. */
  private static Variable copy(
      Expressions session, Variable variable, boolean stacked, Set<Property> properties) {
    Shape shape = variable.shape();
    boolean stack = stacked && variable.rank() == 2;
    return session.variable(
        variable.name(),
        stack ? new Shape(STACK, shape.rows(), shape.columns()) : shape,
        stack ? 2 + STACK.size() : variable.rank(),
        properties);
  }

  /** What is the same for each matrix of a stack may stand for all of them. */
  private static double[] repeated(double[] entries, int count) {
    double[] all = new double[count % entries.length == 0 ? count : entries.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = entries[i % entries.length];
    }
    return all;
  }

  private @Nullable Point point(FunctionSymbol symbol, Random random) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      boolean stacked = random.nextBoolean();
      Expressions session = new Expressions();
      List<Variable> parameters = new ArrayList<>();
      for (Variable parameter : rules.parameters(symbol)) {
        parameters.add(copy(session, parameter, stacked, parameter.properties()));
      }
      Sizes sizes = RandomInstance.sizes(parameters, List.of(), random);
      RandomInstance instance = RandomInstance.draw(parameters, sizes, Set.of(), random, attempt);
      Point point = new Point(sizes, new ArrayList<>(instance.values().values()));
      if (isAdmissible(symbol, point)) {
        return point;
      }
    }
    return null;
  }

  private boolean isAdmissible(FunctionSymbol symbol, Point point) {
    for (Lambda margin : rules.domain(symbol)) {
      for (double entry : run(margin, point.arguments(), point.sizes()).entries()) {
        if (!(entry > MARGIN)) {
          return false;
        }
      }
    }
    return MatrixDomain.isSmooth(symbol, point.arguments())
        && isFinite(value(symbol, point).entries());
  }

  private Tensor<double[]> value(FunctionSymbol symbol, Point point) {
    List<Variable> parameters = rules.parameters(symbol);
    Expressions session = new Expressions();
    List<Variable> copies = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i++) {
      copies.add(like(session, parameters.get(i), point.arguments().get(i)));
    }
    Expr call = session.apply(new Operator.Function(symbol), copies);
    return run(new Lambda(copies, call), point.arguments(), point.sizes());
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
        moved = with(moved, i, argument.withEntries(entries));
      }
      values.add(value(symbol, moved).entries());
    }
    return field.scale(field.add(values.get(0), field.scale(values.get(1), -1)), 1 / (2 * step));
  }

  private double[] slope(FunctionSymbol symbol, Point point, List<Tensor<double[]>> directions) {
    DerivativeField field = new DerivativeField(1);
    Expressions session = new Expressions();
    Evaluator<DerivativeStructure[]> evaluator = new Evaluator<>(field, rules, point.sizes(), null);
    List<Variable> copies = new ArrayList<>();
    List<Variable> parameters = rules.parameters(symbol);
    for (int i = 0; i < parameters.size(); i++) {
      Variable parameter = parameters.get(i);
      Tensor<double[]> value = point.arguments().get(i);
      Variable copy = like(session, parameter, value);
      copies.add(copy);
      DerivativeStructure[] lifted = field.lift(value.entries());
      evaluator.define(
          copy, value.withEntries(field.add(lifted, field.along(directions.get(i).entries()))));
    }
    Expr call = session.apply(new Operator.Function(symbol), copies);
    return field.derivatives(evaluator.evaluate(call).entries(), 1);
  }

  private Tensor<double[]> run(Lambda lambda, List<Tensor<double[]>> arguments, Sizes sizes) {
    Expressions session = new Expressions();
    Instantiation instantiation = Instantiation.plain(session);
    Evaluator<double[]> evaluator = new Evaluator<>(new RealField(), rules, sizes, null);
    for (int i = 0; i < arguments.size(); i++) {
      Variable parameter = lambda.parameters().get(i);
      Variable copy = like(session, parameter, arguments.get(i));
      instantiation.bind(parameter, copy);
      evaluator.define(copy, arguments.get(i));
    }
    return evaluator.evaluate(instantiation.build(lambda.body()));
  }

  /** Returns {@code parameter} for {@code session}, with the leading axes of {@code value}. */
  private static Variable like(Expressions session, Variable parameter, Tensor<?> value) {
    return copy(session, parameter, value.axes().length > 2, Set.of());
  }

  private static List<Tensor<double[]>> like(List<Tensor<double[]>> tensors, Random random) {
    List<Tensor<double[]>> result = new ArrayList<>();
    for (Tensor<double[]> tensor : tensors) {
      double[] entries = new double[tensor.entries().length];
      for (int i = 0; i < entries.length; i++) {
        entries[i] = random.nextGaussian();
      }
      result.add(tensor.withEntries(entries));
    }
    return result;
  }

  /** The inner product, where one may stand for each matrix of the other's stack. */
  private static double inner(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < Math.max(a.length, b.length); i++) {
      sum += a[i % a.length] * b[i % b.length];
    }
    return sum;
  }

  private static boolean isFinite(double[] entries) {
    for (double entry : entries) {
      if (!Double.isFinite(entry)) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable String compare(double[] expected, double[] actual, double tolerance) {
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
