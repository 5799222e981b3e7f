package gradsmith.evaluate;

import gradsmith.expr.Apply;
import gradsmith.expr.Constant;
import gradsmith.expr.Expr;
import gradsmith.expr.FunctionFacts;
import gradsmith.expr.FunctionSymbol;
import gradsmith.expr.Lambda;
import gradsmith.expr.Operator;
import gradsmith.expr.Variable;
import gradsmith.shape.Polynomial;
import gradsmith.shape.Shape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Computes the values of expressions over a field of numbers, each node once. It is a loop over the
 * graph, linear in its size; only the definitions of library functions nest. Not thread-safe.
 *
 * @param <A> an array of numbers of the field
 */
public final class Evaluator<A> {

  /**
   * Sees every application as it is computed, those within definitions too.
   *
   * @param <A> an array of numbers of the field
   */
  public interface Observer<A> {
    /**
     * Sees that {@code node} is {@code value}; {@code within} tells whether it belongs to a
     * function's definition.
     */
    void computed(Apply node, List<Tensor<A>> arguments, Tensor<A> value, boolean within);
  }

  private final Field<A> field;
  private final TensorAlgebra<A> algebra;
  private final FunctionFacts facts;
  private final Sizes sizes;
  private final @Nullable Observer<A> observer;
  private final boolean within;
  private final Map<Expr, Tensor<A>> values = new HashMap<>();

  /**
   * Makes an evaluator in which no variable has a value yet.
   *
   * @param field the numbers to compute in
   * @param facts the definitions of the library's functions
   * @param sizes the lengths of the named dimensions
   * @param observer who sees each application, or null
   */
  public Evaluator(
      Field<A> field, FunctionFacts facts, Sizes sizes, @Nullable Observer<A> observer) {
    this(field, facts, sizes, observer, false);
  }

  private Evaluator(
      Field<A> field,
      FunctionFacts facts,
      Sizes sizes,
      @Nullable Observer<A> observer,
      boolean within) {
    this.field = field;
    this.algebra = new TensorAlgebra<>(field);
    this.facts = facts;
    this.sizes = sizes;
    this.observer = observer;
    this.within = within;
  }

  /**
   * Gives {@code variable} its value, before it is used.
   *
   * @throws IllegalStateException if it has one already
   * @throws IllegalArgumentException if the value does not have the variable's shape
   */
  public void define(Variable variable, Tensor<A> value) {
    if (!within && !value.hasAxes(sizes.axes(variable.shape()))) {
      throw new IllegalArgumentException(variable + " is " + variable.shape() + ", not " + value);
    }
    if (values.putIfAbsent(variable, value) != null) {
      throw new IllegalStateException(variable + " has a value already");
    }
  }

  /** Returns all values so far, those of intermediate nodes too. */
  public Collection<Tensor<A>> values() {
    return values.values();
  }

  /**
   * Returns the value of {@code root}.
   *
   * @throws IllegalStateException if a variable in it has no value, a dimension no length, or a
   *     function neither a definition nor a kernel
   */
  public Tensor<A> evaluate(Expr root) {
    Deque<Expr> path = new ArrayDeque<>();
    path.push(root);
    while (!path.isEmpty()) {
      Expr node = path.peek();
      if (values.containsKey(node) || !pushArguments(node, path)) {
        path.pop();
        if (!values.containsKey(node)) {
          values.put(node, compute(node));
        }
      }
    }
    return known(root);
  }

  /** Returns {@code lambda} of {@code arguments}, which give its dimensions their lengths. */
  public static <A> Tensor<A> call(
      Lambda lambda, List<Tensor<A>> arguments, Field<A> field, FunctionFacts facts) {
    return call(lambda, arguments, field, facts, null);
  }

  private static <A> Tensor<A> call(
      Lambda lambda,
      List<Tensor<A>> arguments,
      Field<A> field,
      FunctionFacts facts,
      @Nullable Observer<A> observer) {
    Map<String, Integer> lengths = new HashMap<>();
    for (int i = 0; i < arguments.size(); i++) {
      Shape shape = lambda.parameters().get(i).shape();
      bind(lengths, shape.rows(), arguments.get(i).rows());
      bind(lengths, shape.columns(), arguments.get(i).columns());
    }
    Evaluator<A> body = new Evaluator<>(field, facts, new Sizes(lengths), observer, true);
    for (int i = 0; i < arguments.size(); i++) {
      body.define(lambda.parameters().get(i), arguments.get(i));
    }
    return body.evaluate(lambda.body());
  }

  /** Of arguments that broadcast, the longer one tells the length. */
  private static void bind(Map<String, Integer> lengths, Polynomial dimension, int length) {
    String name = dimension.name();
    if (name != null) {
      lengths.merge(name, length, Math::max);
    }
  }

  /** Pushes the arguments of {@code node} that have no value yet; tells whether there were any. */
  private boolean pushArguments(Expr node, Deque<Expr> path) {
    boolean pushed = false;
    if (node instanceof Apply apply) {
      for (Expr argument : apply.arguments()) {
        if (!values.containsKey(argument)) {
          path.push(argument);
          pushed = true;
        }
      }
    }
    return pushed;
  }

  private Tensor<A> known(Expr node) {
    Tensor<A> value = values.get(node);
    if (value == null) {
      throw new IllegalStateException(node + " has no value");
    }
    return value;
  }

  private Tensor<A> compute(Expr node) {
    return switch (node) {
      case Variable variable ->
          throw new IllegalStateException("the variable " + variable + " has no value");
      case Constant constant -> constant(constant);
      case Apply apply -> {
        List<Tensor<A>> arguments = new ArrayList<>(apply.arguments().size());
        for (Expr argument : apply.arguments()) {
          arguments.add(known(argument));
        }
        Tensor<A> value = withShape(apply, compute(apply, arguments));
        if (observer != null) {
          observer.computed(apply, arguments, value, within);
        }
        yield value;
      }
    };
  }

  private Tensor<A> constant(Constant constant) {
    int[] axes = sizes.axes(constant.shape());
    double[] entries = new double[Axes.count(axes)];
    switch (constant.value()) {
      case Constant.Value.Fill fill -> Arrays.fill(entries, fill.value().toDouble());
      case Constant.Value.Identity identity -> {
        for (int diagonal : Axes.diagonalIndex(1, axes[0])) {
          entries[diagonal] = 1;
        }
      }
      case Constant.Value.Commutation commutation -> {
        int rows = sizes.length(commutation.rows());
        int columns = sizes.length(commutation.columns());
        for (int i = 0; i < rows * columns; i++) {
          // Entry (i % rows, i / rows) of A stands at i in vec(A).
          entries[(i / rows + i % rows * columns) * rows * columns + i] = 1;
        }
      }
      case Constant.Value.Size size -> entries[0] = sizes.length(Polynomial.of(size.dimension()));
      case Constant.Value.Pi pi -> entries[0] = Math.PI;
    }
    return new Tensor<>(axes, field.lift(entries));
  }

  /**
   * Within a definition any leading axes may stand before the shape, so that only the program's own
   * nodes are sure.
   */
  private Tensor<A> withShape(Apply node, Tensor<A> value) {
    if (within) {
      return value;
    }
    int[] axes = sizes.axes(node.shape());
    if (value.hasAxes(axes)) {
      return value;
    }
    if (!Arrays.equals(Axes.broadcast(value.sharedAxes(), axes), axes)) {
      throw new IllegalStateException(node + " should be " + node.shape() + ", but is " + value);
    }
    return new Tensor<>(axes, algebra.expand(value, axes));
  }

  private Tensor<A> compute(Apply apply, List<Tensor<A>> arguments) {
    Tensor<A> first = arguments.getFirst();
    return switch (apply.operator()) {
      case Operator.Scale scale -> algebra.scale(first, scale.factor().toDouble());
      case Operator.AxisSum sum -> algebra.axisSum(first, sum.fromRight(), sum.keep());
      case Operator.NewAxis axis -> algebra.newAxis(first, axis.fromRight());
      case Operator.Unvec unvec ->
          algebra.unvec(first, sizes.length(unvec.rows()), sizes.length(unvec.columns()));
      case Operator.BlockContraction blocks ->
          algebra.blockContraction(
              first,
              arguments.get(1),
              blocks.inner(),
              sizes.length(blocks.rows()),
              sizes.length(blocks.columns()));
      case Operator.Unknown unknown ->
          new UnknownFunction(unknown.name()).derivative(unknown.order(), first, field);
      case Operator.Function function -> function(function.symbol(), arguments);
      case Operator.Primitive primitive ->
          switch (primitive) {
            case SUM -> algebra.sum(arguments);
            case PRODUCT -> algebra.product(arguments);
            case HADAMARD -> algebra.hadamard(arguments);
            case TRANSPOSE -> algebra.transpose(first);
            case POWER -> algebra.power(first, arguments.get(1));
            case TOTAL -> algebra.total(first);
            case TRACE -> algebra.trace(first);
            case DIAGONAL -> algebra.diagonal(first);
            case DIAGONAL_MATRIX -> algebra.diagonalMatrix(first);
            case VEC -> algebra.vec(first);
            case KRONECKER -> algebra.kronecker(first, arguments.get(1));
          };
    };
  }

  private Tensor<A> function(FunctionSymbol symbol, List<Tensor<A>> arguments) {
    Lambda definition = facts.definition(symbol);
    if (definition != null) {
      return call(definition, arguments, field, facts, observer);
    }
    ScalarKernel scalar = ScalarKernel.find(symbol.name(), symbol.arity());
    if (scalar != null) {
      return algebra.apply(scalar, arguments);
    }
    MatrixKernel matrix = MatrixKernel.find(symbol.name(), symbol.arity());
    if (matrix != null) {
      return new MatrixFunctions<>(field, algebra).apply(matrix, arguments);
    }
    throw new IllegalStateException(symbol.name() + " has neither a definition nor a kernel");
  }
}
