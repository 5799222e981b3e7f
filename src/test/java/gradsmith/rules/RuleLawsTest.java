package gradsmith.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

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
import gradsmith.language.Library;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.math3.analysis.differentiation.DerivativeStructure;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Proves every line of the library and of the identities at random points. A new line is found and
 * proved without a word about it here.
 */
class RuleLawsTest {

  private static final int DRAWS = 6;
  private static final int ATTEMPTS = 400;
  private static final double MARGIN = 1e-2;

  private static final Library LIBRARY = Library.standard();
  private static final FunctionRules RULES = new FunctionRules(LIBRARY);

  static Stream<FunctionSymbol> functions() {
    List<FunctionSymbol> symbols = new ArrayList<>();
    for (Library.Entry entry : LIBRARY.entries()) {
      FunctionSymbol symbol = entry.symbol();
      if (symbol != null) {
        symbols.add(symbol);
      }
    }
    return symbols.stream();
  }

  static Stream<Identity> identities() {
    return IdentityRules.standard(LIBRARY).all().stream();
  }

  /** The value of a function and its parameters at a point of its domain. */
  private record Point(Sizes sizes, List<Tensor<double[]>> arguments) {}

  static Stream<FunctionSymbol> differentiableFunctions() {
    return functions().filter(RULES::hasDifferential);
  }

  /** The functions that are stated to be linear in an argument. */
  static Stream<Arguments> linearArguments() {
    List<Arguments> linear = new ArrayList<>();
    functions()
        .forEach(symbol -> {
          for (int i = 0; i < symbol.arity(); i++) {
            if (RULES.isLinear(symbol, i)) {
              linear.add(Arguments.of(symbol, i));
            }
          }
        });
    return linear.stream();
  }

  /** d f(A) [dA], from the library, is the slope of f along dA. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("differentiableFunctions")
  void differentialIsTheSlope(FunctionSymbol symbol) {
    Random random = new Random(symbol.name().hashCode());
    for (int draw = 0; draw < DRAWS; draw++) {
      Point point = point(symbol, random);
      List<Tensor<double[]>> directions = directions(symbol, point, random);
      double[] slope =
          isOverAnyField(symbol)
              ? slope(symbol, point, directions)
              : difference(symbol, point, directions);
      List<Tensor<double[]>> all = new ArrayList<>(point.arguments());
      all.addAll(directions);
      assertAgree(
          symbol.name(),
          slope,
          run(RULES.differential(symbol), all, point.sizes()).entries(),
          isOverAnyField(symbol) ? 1e-8 : 1e-6);
    }
  }

  /** ⟨G, d f(A) [V]⟩ = Σ ⟨adjoint of argument i at G, Vᵢ⟩. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("differentiableFunctions")
  void adjointIsTheTransposeOfTheDifferential(FunctionSymbol symbol) {
    Random random = new Random(symbol.name().hashCode());
    for (int draw = 0; draw < DRAWS; draw++) {
      Point point = point(symbol, random);
      List<Tensor<double[]>> directions = directions(symbol, point, random);
      List<Tensor<double[]>> all = new ArrayList<>(point.arguments());
      all.addAll(directions);
      Tensor<double[]> differential = run(RULES.differential(symbol), all, point.sizes());
      Tensor<double[]> cotangent = like(List.of(differential), random).getFirst();
      List<Tensor<double[]>> inputs = new ArrayList<>(point.arguments());
      inputs.add(cotangent);
      double pulled = 0;
      for (int i = 0; i < symbol.arity(); i++) {
        Tensor<double[]> adjoint = run(RULES.adjoint(symbol, i), inputs, point.sizes());
        assertEquals(directions.get(i).toString(), adjoint.toString(), "argument " + (i + 1));
        pulled += inner(adjoint.entries(), directions.get(i).entries());
      }
      assertAgree(
          symbol.name(),
          new double[] {inner(cotangent.entries(), differential.entries())},
          new double[] {pulled},
          1e-10);
    }
  }

  /** ⟨G, f(A, V)⟩ = ⟨adjoint of V at G, V⟩, and f(A, V) is linear in V. */
  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("linearArguments")
  void statedAdjointIsTheTranspose(FunctionSymbol symbol, int index) {
    Random random = new Random(symbol.name().hashCode());
    for (int draw = 0; draw < DRAWS; draw++) {
      Point point = point(symbol, random);
      Tensor<double[]> argument = point.arguments().get(index);
      Tensor<double[]> other = like(List.of(argument), random).getFirst();
      double[] value = value(symbol, point).entries();
      double[] atOther = value(symbol, with(point, index, other)).entries();
      RealField field = new RealField();
      Tensor<double[]> both =
          argument.withEntries(field.add(argument.entries(), field.scale(other.entries(), 3)));
      assertAgree(
          symbol.name(),
          field.add(value, field.scale(atOther, 3)),
          value(symbol, with(point, index, both)).entries(),
          1e-10);
      Tensor<double[]> cotangent = like(List.of(value(symbol, point)), random).getFirst();
      List<Tensor<double[]>> inputs = new ArrayList<>(point.arguments());
      inputs.add(cotangent);
      Tensor<double[]> adjoint = run(RULES.adjoint(symbol, index), inputs, point.sizes());
      assertAgree(
          symbol.name(),
          new double[] {inner(cotangent.entries(), value)},
          new double[] {inner(adjoint.entries(), argument.entries())},
          1e-10);
    }
  }

  /** A function that has both a kernel and a definition computes one thing. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("functions")
  void definitionAgreesWithTheKernel(FunctionSymbol symbol) {
    Lambda definition = RULES.definition(symbol);
    if (definition == null) {
      return;
    }
    Random random = new Random(symbol.name().hashCode());
    for (int draw = 0; draw < DRAWS; draw++) {
      Point point = point(symbol, random);
      double[] value = value(symbol, point).entries();
      assertAgree(
          symbol.name(), run(definition, point.arguments(), point.sizes()).entries(), value, 1e-10);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("identities")
  void bothSidesAreEqual(Identity identity) {
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
        copies.add(session.variable(hole.name(), hole.shape(), hole.rank(), all));
      }
      Sizes sizes = RandomInstance.sizes(copies, List.of(), random);
      RandomInstance instance = RandomInstance.draw(copies, sizes, Set.of(), random, attempt);
      List<Tensor<double[]>> values = new ArrayList<>(instance.values().values());
      Tensor<double[]> left = run(new Lambda(holes, identity.left()), values, sizes);
      Tensor<double[]> right = run(new Lambda(holes, identity.right()), values, sizes);
      if (isFinite(left.entries())) {
        assertAgree(identity.name(), left.entries(), right.entries(), 1e-8);
        agreed++;
      }
    }
    assertTrue(agreed == DRAWS, identity.name() + ": no admissible point");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("identities")
  void rightSideCostsLess(Identity identity) {
    assertTrue(Cost.of(identity.right()) < Cost.of(identity.left()), identity.toString());
  }

  private static Point with(Point point, int index, Tensor<double[]> argument) {
    List<Tensor<double[]>> arguments = new ArrayList<>(point.arguments());
    arguments.set(index, argument);
    return new Point(point.sizes(), arguments);
  }

  /** A whole number does not move. */
  private static List<Tensor<double[]>> directions(
      FunctionSymbol symbol, Point point, Random random) {
    List<Tensor<double[]>> directions = like(point.arguments(), random);
    List<Variable> parameters = RULES.parameters(symbol);
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

  private static Point point(FunctionSymbol symbol, Random random) {
    List<Variable> parameters = RULES.parameters(symbol);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Sizes sizes = RandomInstance.sizes(parameters, List.of(), random);
      RandomInstance instance = RandomInstance.draw(parameters, sizes, Set.of(), random, attempt);
      Point point = new Point(sizes, new ArrayList<>(instance.values().values()));
      if (isAdmissible(symbol, point)) {
        return point;
      }
    }
    return fail(symbol.name() + ": no point of the domain was found");
  }

  private static boolean isAdmissible(FunctionSymbol symbol, Point point) {
    for (Lambda margin : RULES.domain(symbol)) {
      for (double entry : run(margin, point.arguments(), point.sizes()).entries()) {
        if (!(entry > MARGIN)) {
          return false;
        }
      }
    }
    return isFinite(value(symbol, point).entries());
  }

  private static Tensor<double[]> value(FunctionSymbol symbol, Point point) {
    List<Variable> parameters = RULES.parameters(symbol);
    Expressions session = new Expressions();
    List<Variable> copies = new ArrayList<>();
    for (Variable parameter : parameters) {
      copies.add(session.variable(parameter.name(), parameter.shape(), parameter.rank(), Set.of()));
    }
    Expr call = session.apply(new Operator.Function(symbol), copies);
    return run(new Lambda(copies, call), point.arguments(), point.sizes());
  }

  /** Central differences with steps h and h/2, extrapolated. */
  private static double[] difference(
      FunctionSymbol symbol, Point point, List<Tensor<double[]>> directions) {
    RealField field = new RealField();
    double[] coarse = quotient(symbol, point, directions, 1e-3);
    double[] fine = quotient(symbol, point, directions, 5e-4);
    return field.scale(field.add(field.scale(fine, 4), field.scale(coarse, -1)), 1.0 / 3);
  }

  private static double[] quotient(
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

  private static double[] slope(
      FunctionSymbol symbol, Point point, List<Tensor<double[]>> directions) {
    DerivativeField field = new DerivativeField(1);
    Expressions session = new Expressions();
    Evaluator<DerivativeStructure[]> evaluator = new Evaluator<>(field, RULES, point.sizes(), null);
    List<Variable> copies = new ArrayList<>();
    List<Variable> parameters = RULES.parameters(symbol);
    for (int i = 0; i < parameters.size(); i++) {
      Variable parameter = parameters.get(i);
      Variable copy =
          session.variable(parameter.name(), parameter.shape(), parameter.rank(), Set.of());
      copies.add(copy);
      Tensor<double[]> value = point.arguments().get(i);
      DerivativeStructure[] lifted = field.lift(value.entries());
      evaluator.define(
          copy, value.withEntries(field.add(lifted, field.along(directions.get(i).entries()))));
    }
    Expr call = session.apply(new Operator.Function(symbol), copies);
    return field.derivatives(evaluator.evaluate(call).entries(), 1);
  }

  private static Tensor<double[]> run(
      Lambda lambda, List<Tensor<double[]>> arguments, Sizes sizes) {
    Evaluator<double[]> evaluator = new Evaluator<>(new RealField(), RULES, sizes, null);
    for (int i = 0; i < arguments.size(); i++) {
      evaluator.define(lambda.parameters().get(i), arguments.get(i));
    }
    return evaluator.evaluate(lambda.body());
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

  private static double inner(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
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

  private static void assertAgree(
      String name, double[] expected, double[] actual, double tolerance) {
    assertEquals(expected.length, actual.length, name);
    double scale = 1;
    for (double entry : expected) {
      scale = Math.max(scale, Math.abs(entry));
    }
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], tolerance * scale, name + ", entry " + i);
    }
  }
}
