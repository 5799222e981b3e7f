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
import gradsmith.expr.Variable;
import gradsmith.rules.FunctionRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Random points of the domains of functions, and the values there. */
final class RulePoints {

  private static final int ATTEMPTS = 400;
  private static final double MARGIN = 1e-2;

  private final FunctionRules rules;

  /** The arguments of a function at a point of its domain. */
  record Point(Sizes sizes, List<Tensor<double[]>> arguments) {}

  RulePoints(FunctionRules rules) {
    this.rules = rules;
  }

  /** Returns a point of the domain of {@code symbol}, or null if none was found. */
  @Nullable Point point(FunctionSymbol symbol, Random random) {
    List<Variable> parameters = rules.parameters(symbol);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
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
    return isFinite(value(symbol, point).entries());
  }

  /** Returns the value of the function at {@code point}. */
  Tensor<double[]> value(FunctionSymbol symbol, Point point) {
    Expressions session = new Expressions();
    List<Variable> copies = copies(symbol, session);
    Expr call = session.apply(new Operator.Function(symbol), copies);
    return run(new Lambda(copies, call), point.arguments(), point.sizes());
  }

  /** Returns the value of {@code lambda} of {@code arguments}. */
  Tensor<double[]> run(Lambda lambda, List<Tensor<double[]>> arguments, Sizes sizes) {
    Evaluator<double[]> evaluator = new Evaluator<>(new RealField(), rules, sizes, null);
    for (int i = 0; i < arguments.size(); i++) {
      evaluator.define(lambda.parameters().get(i), arguments.get(i));
    }
    return evaluator.evaluate(lambda.body());
  }

  /** Returns the parameters as variables of {@code session}, which may be anything. */
  List<Variable> copies(FunctionSymbol symbol, Expressions session) {
    return rules.parameters(symbol).stream()
        .map(each -> session.variable(each.name(), each.shape(), each.rank(), Set.of()))
        .toList();
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
