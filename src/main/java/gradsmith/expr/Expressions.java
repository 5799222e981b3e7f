package gradsmith.expr;

import gradsmith.shape.Polynomial;
import gradsmith.shape.Shape;
import gradsmith.source.AsciiText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of one session, each made once (hash-consing). These constructors build what they are
 * told and change nothing; the algebra builds normal forms. Not thread-safe: a session belongs to
 * one thread.
 */
public final class Expressions {

  private final Map<Constant.Value, Constant> constants = new HashMap<>();
  private final Applications applications = new Applications();
  private final Map<String, Variable> variables = new HashMap<>();
  private int count;

  /** Returns the variable called {@code name}, which must be new. */
  public Variable variable(String name, Shape shape, int rank, Set<Property> properties) {
    Variable made = new Variable(count++, name, shape, rank, properties);
    if (variables.put(AsciiText.name(name), made) != null) {
      throw new IllegalStateException("a second variable " + name);
    }
    return made;
  }

  /** Returns the variable called {@code name}, however that is spelled, or null. */
  public @Nullable Variable variable(String name) {
    return variables.get(AsciiText.name(name));
  }

  /** Returns a number. */
  public Constant number(Rational value) {
    return fill(value, Shape.SCALAR);
  }

  /** Returns the constant with {@code value} at every entry; if it is no single number, 0 or 1. */
  public Constant fill(Rational value, Shape shape) {
    return constant(new Constant.Value.Fill(value, shape), shape);
  }

  /** Returns the identity matrix; the number 1 if its size is 1. */
  public Constant identity(Polynomial size) {
    return size.isOne()
        ? number(Rational.ONE)
        : constant(new Constant.Value.Identity(size), Shape.matrix(size, size));
  }

  /** Returns K with K vec(A) = vec(A') for A of rows × columns; the identity if A is a vector. */
  public Constant commutation(Polynomial rows, Polynomial columns) {
    Polynomial size = rows.times(columns);
    return rows.isOne() || columns.isOne()
        ? identity(size)
        : constant(new Constant.Value.Commutation(rows, columns), Shape.matrix(size, size));
  }

  /** Returns the dimension called {@code name} as a number. */
  public Constant size(String name) {
    return constant(new Constant.Value.Size(name), Shape.SCALAR);
  }

  /** Returns π. */
  public Constant pi() {
    return constant(new Constant.Value.Pi(this), Shape.SCALAR);
  }

  /**
   * Returns {@code value} where each dimension is what {@code length} says; {@code build} makes the
   * sum that a dimension becomes as a number.
   */
  public Expr constant(
      Constant.Value value,
      UnaryOperator<Polynomial> length,
      BiFunction<Operator, List<Expr>, ? extends Expr> build) {
    return switch (value) {
      case Constant.Value.Fill fill -> fill(fill.value(), fill.shape().with(length));
      case Constant.Value.Identity identity -> identity(length.apply(identity.size()));
      case Constant.Value.Commutation commutation ->
          commutation(length.apply(commutation.rows()), length.apply(commutation.columns()));
      case Constant.Value.Size size ->
          SizeExpressions.of(length.apply(Polynomial.of(size.dimension())), this, build);
      case Constant.Value.Pi pi -> pi();
    };
  }

  private Constant constant(Constant.Value value, Shape shape) {
    return constants.computeIfAbsent(value, key -> new Constant(count++, value, shape));
  }

  /** Returns {@code operator} applied to arguments of fitting shapes. */
  public Apply apply(Operator operator, Expr... arguments) {
    return apply(operator, List.of(arguments));
  }

  /** Returns {@code operator} applied to arguments of fitting shapes. */
  public Apply apply(Operator operator, List<? extends Expr> arguments) {
    int hash = Applications.hash(operator, arguments);
    Apply known = applications.find(hash, operator, arguments);
    if (known != null) {
      return known;
    }
    List<Expr> own = List.copyOf(arguments);
    Apply made = new Apply(count++, operator, own, shape(operator, own));
    applications.add(hash, made);
    return made;
  }

  /** Returns the number of nodes made so far; every id is smaller. */
  public int size() {
    return count;
  }

  private static Shape shape(Operator operator, List<Expr> arguments) {
    Shape first = arguments.getFirst().shape();
    return switch (operator) {
      case Operator.Scale scale -> first;
      case Operator.Unknown unknown -> first;
      case Operator.AxisSum sum -> withoutAxis(first, sum);
      case Operator.NewAxis axis -> withNewAxis(first, axis.fromRight());
      case Operator.Unvec unvec -> new Shape(first.leading(), unvec.rows(), unvec.columns());
      case Operator.BlockContraction contraction ->
          new Shape(leading(arguments), contraction.rows(), contraction.columns());
      case Operator.Function function ->
          function.symbol().signature().resultShape(arguments.stream().map(Expr::shape).toList());
      case Operator.Primitive primitive ->
          switch (primitive) {
            case SUM, HADAMARD, POWER -> elementwise(arguments);
            case PRODUCT -> product(arguments);
            case TRANSPOSE -> first.transposed();
            case TOTAL -> Shape.SCALAR;
            case TRACE -> new Shape(first.leading(), Polynomial.ONE, Polynomial.ONE);
            case DIAGONAL -> new Shape(first.leading(), first.rows(), Polynomial.ONE);
            case DIAGONAL_MATRIX -> new Shape(first.leading(), first.rows(), first.rows());
            case VEC ->
                new Shape(first.leading(), first.rows().times(first.columns()), Polynomial.ONE);
            case KRONECKER -> {
              Shape second = arguments.get(1).shape();
              yield new Shape(
                  leading(arguments),
                  first.rows().times(second.rows()),
                  first.columns().times(second.columns()));
            }
          };
    };
  }

  private static List<Polynomial> leading(List<Expr> arguments) {
    List<Polynomial> leading = List.of();
    for (Expr argument : arguments) {
      List<Polynomial> both = Shape.broadcastLeading(leading, argument.shape().leading());
      if (both == null) {
        throw new IllegalArgumentException("leading axes do not fit: " + arguments);
      }
      leading = both;
    }
    return leading;
  }

  private static Shape elementwise(List<Expr> arguments) {
    Shape first = arguments.getFirst().shape();
    return new Shape(leading(arguments), first.rows(), first.columns());
  }

  private static Shape product(List<Expr> arguments) {
    Polynomial rows = Polynomial.ONE;
    Polynomial columns = Polynomial.ONE;
    boolean scalarSoFar = true;
    for (Expr argument : arguments) {
      Shape shape = argument.shape();
      if (shape.isScalarMatrix()) {
        continue;
      }
      if (scalarSoFar) {
        rows = shape.rows();
        scalarSoFar = false;
      } else if (rows.isOne() && columns.isOne()) {
        rows = shape.rows(); // what came before is an inner product: it scales what follows
      }
      columns = shape.columns();
    }
    return new Shape(leading(arguments), rows, columns);
  }

  private static Shape withNewAxis(Shape shape, int fromRight) {
    List<Polynomial> leading = new ArrayList<>(shape.leading());
    leading.add(leading.size() - fromRight, Polynomial.ONE);
    return new Shape(leading, shape.rows(), shape.columns());
  }

  private static Shape withoutAxis(Shape shape, Operator.AxisSum sum) {
    List<Polynomial> leading = new ArrayList<>(shape.leading());
    int axis = leading.size() - 1 - sum.fromRight();
    if (sum.keep()) {
      leading.set(axis, Polynomial.ONE);
    } else {
      leading.remove(axis);
    }
    return new Shape(leading, shape.rows(), shape.columns());
  }
}
