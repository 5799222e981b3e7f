package gradsmith.check;

import gradsmith.evaluate.Evaluator;
import gradsmith.evaluate.RandomInstance;
import gradsmith.evaluate.RealField;
import gradsmith.evaluate.Sizes;
import gradsmith.evaluate.Tensor;
import gradsmith.expr.Expr;
import gradsmith.expr.Expressions;
import gradsmith.expr.FunctionSymbol;
import gradsmith.expr.Lambda;
import gradsmith.expr.Operator;
import gradsmith.expr.Property;
import gradsmith.expr.Variable;
import gradsmith.rules.FunctionRules;
import gradsmith.rules.Instantiation;
import gradsmith.shape.Polynomial;
import gradsmith.shape.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Random points of the domains of functions, and the values there. */
final class RulePoints {

  private static final int ATTEMPTS = 400;
  private static final double MARGIN = 1e-2;
  private static final List<Polynomial> STACK = List.of(Polynomial.of(2));

  private final FunctionRules rules;

  /** The arguments of a function at a point of its domain. */
  record Point(Sizes sizes, List<Tensor<double[]>> arguments) {}

  RulePoints(FunctionRules rules) {
    this.rules = rules;
  }

  /** Returns a point of the domain of {@code symbol}, or null if none was found. */
  @Nullable Point point(FunctionSymbol symbol, Random random) {
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

  /** Returns the value of the function at {@code point}. */
  Tensor<double[]> value(FunctionSymbol symbol, Point point) {
    Expressions session = new Expressions();
    List<Variable> copies = copies(symbol, session, point);
    Expr call = session.apply(new Operator.Function(symbol), copies);
    return run(new Lambda(copies, call), point.arguments(), point.sizes());
  }

  /** Returns the value of {@code lambda} of {@code arguments}, which may be stacks. */
  Tensor<double[]> run(Lambda lambda, List<Tensor<double[]>> arguments, Sizes sizes) {
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

  /** Returns the parameters as variables of {@code session}, with the leading axes of a point. */
  List<Variable> copies(FunctionSymbol symbol, Expressions session, Point point) {
    List<Variable> parameters = rules.parameters(symbol);
    List<Variable> copies = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i++) {
      copies.add(like(session, parameters.get(i), point.arguments().get(i)));
    }
    return copies;
  }

  private static Variable like(Expressions session, Variable parameter, Tensor<?> value) {
    return copy(session, parameter, value.axes().length > 2, Set.of());
  }

  /** Returns {@code variable} for {@code session}; a stack of matrices if it is a matrix. */
  static Variable copy(
      Expressions session, Variable variable, boolean stacked, Set<Property> properties) {
    Shape shape = variable.shape();
    boolean stack = stacked && variable.rank() == 2;
    return session.variable(
        variable.name(),
        stack ? new Shape(STACK, shape.rows(), shape.columns()) : shape,
        stack ? 2 + STACK.size() : variable.rank(),
        properties);
  }

  /** Returns {@code point} with another argument at {@code index}. */
  static Point with(Point point, int index, Tensor<double[]> argument) {
    List<Tensor<double[]>> arguments = new ArrayList<>(point.arguments());
    arguments.set(index, argument);
    return new Point(point.sizes(), arguments);
  }

  /** Returns random tensors of the shapes of {@code tensors}. */
  static List<Tensor<double[]>> like(List<Tensor<double[]>> tensors, Random random) {
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

  /** Tells whether all of {@code entries} are finite. */
  static boolean isFinite(double[] entries) {
    for (double entry : entries) {
      if (!Double.isFinite(entry)) {
        return false;
      }
    }
    return true;
  }
}
