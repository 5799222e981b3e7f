package gradsmith.algebra;

import gradsmith.expr.Apply;
import gradsmith.expr.Constant;
import gradsmith.expr.Expr;
import gradsmith.expr.Expressions;
import gradsmith.expr.Operator;
import gradsmith.expr.Operator.Primitive;
import gradsmith.expr.Rational;
import gradsmith.expr.SizeExpressions;
import gradsmith.expr.Variable;
import gradsmith.shape.Polynomial;
import gradsmith.shape.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Builds expressions in normal form. Sums and products are flat, like terms are collected, common
 * factors taken out, numbers stand in front ({@link Operator.Scale}), transposes go outwards as far
 * as that saves transposes: a node and its transpose are one node with and without a {@link
 * Primitive#TRANSPOSE} on top. After that the {@link Identities} of the session are tried until
 * none applies; each makes the expression cheaper, so this ends.
 */
public final class Algebra {

  private final Expressions expressions;
  private final Identities identities;
  private final Map<Apply, Expr> rewritten = new HashMap<>();
  private final Symmetry symmetry = new Symmetry(this);
  private final Repetition repetition = new Repetition(this);
  private final Sums sums = new Sums(this);
  private final KroneckerProducts kroneckers = new KroneckerProducts(this);
  private final Products products = new Products(this, kroneckers);
  private final HadamardProducts hadamards = new HadamardProducts(this);
  private final Powers powers = new Powers(this);
  private final Reductions reductions = new Reductions(this);
  private final Functions functions = new Functions(this);

  /** Builds nodes of {@code expressions} and rewrites them with {@code identities}. */
  public Algebra(Expressions expressions, Identities identities) {
    this.expressions = expressions;
    this.identities = identities;
  }

  /** Returns the session that the nodes belong to. */
  public Expressions expressions() {
    return expressions;
  }

  /** Returns the normal form of {@code operator} applied to normal forms. */
  public Expr apply(Operator operator, List<Expr> arguments) {
    return switch (operator) {
      case Operator.Scale scale -> scale(scale.factor(), arguments.getFirst());
      case Operator.AxisSum sum -> reductions.axisSum(sum, arguments.getFirst());
      case Operator.NewAxis axis -> reductions.newAxis(axis, arguments.getFirst());
      case Operator.Unvec unvec -> reductions.unvec(unvec, arguments.getFirst());
      case Operator.BlockContraction contraction ->
          reductions.blockContraction(contraction, arguments);
      case Operator.Function function -> functions.apply(function, arguments);
      case Operator.Unknown unknown -> functions.apply(unknown, arguments);
      case Primitive primitive ->
          switch (primitive) {
            case SUM -> sum(arguments);
            case PRODUCT -> product(arguments);
            case HADAMARD -> hadamard(arguments);
            case TRANSPOSE -> transpose(arguments.getFirst());
            case POWER -> power(arguments.get(0), arguments.get(1));
            case TOTAL -> total(arguments.getFirst());
            case TRACE -> reductions.trace(arguments.getFirst());
            case DIAGONAL -> reductions.diagonal(arguments.getFirst());
            case DIAGONAL_MATRIX -> reductions.diagonalMatrix(arguments.getFirst());
            case VEC -> reductions.vec(arguments.getFirst());
            case KRONECKER -> kroneckers.kronecker(arguments.get(0), arguments.get(1));
          };
    };
  }

  /** Returns the sum of {@code terms}, all of the same rows and columns. */
  public Expr sum(List<Expr> terms) {
    return sums.sum(terms);
  }

  /** Returns the sum of what {@code map} gives of each term of {@code sum} if that is shorter. */
  @Nullable Expr apart(Expr sum, UnaryOperator<Expr> map) {
    return sums.apart(sum, map);
  }

  /** Returns a + b. */
  public Expr sum(Expr a, Expr b) {
    return sums.sum(List.of(a, b));
  }

  /** Returns the matrix product of {@code factors}; 1×1 factors scale. */
  public Expr product(List<Expr> factors) {
    return products.product(factors);
  }

  /** Returns the matrix product of {@code factors}; 1×1 factors scale. */
  public Expr product(Expr... factors) {
    return products.product(List.of(factors));
  }

  /** Returns the elementwise product of {@code factors}, all of the same rows and columns. */
  public Expr hadamard(List<Expr> factors) {
    return hadamards.hadamard(factors);
  }

  /** Returns a .* b. */
  public Expr hadamard(Expr a, Expr b) {
    return hadamards.hadamard(List.of(a, b));
  }

  /** Returns base .^ exponent for a scalar exponent. */
  public Expr power(Expr base, Expr exponent) {
    return powers.power(base, exponent);
  }

  /** Returns base .^ exponent. */
  public Expr power(Expr base, Rational exponent) {
    return powers.power(base, number(exponent));
  }

  /** Returns the sum of all entries. */
  public Expr total(Expr argument) {
    return reductions.total(argument);
  }

  /** Returns factor · argument. */
  public Expr scale(Rational factor, Expr argument) {
    return sums.scale(factor, argument);
  }

  /** Returns -argument. */
  public Expr negated(Expr argument) {
    return scale(Rational.MINUS_ONE, argument);
  }

  /** Returns the transpose of the last two axes. */
  public Expr transpose(Expr argument) {
    if (argument instanceof Constant constant
        && constant.value() instanceof Constant.Value.Fill fill) {
      return expressions.fill(fill.value(), fill.shape().transposed());
    }
    if (symmetry.isSymmetric(argument)) {
      return argument;
    }
    if (argument instanceof Constant constant
        && constant.value() instanceof Constant.Value.Commutation commutation) {
      return expressions.commutation(commutation.columns(), commutation.rows());
    }
    if (argument instanceof Apply apply) {
      if (apply.operator() == Primitive.TRANSPOSE) {
        return apply.argument(0);
      }
      if (apply.operator() == Primitive.KRONECKER && Orientation.isFree(apply.arguments(), this)) {
        return kroneckers.kronecker(transpose(apply.argument(0)), transpose(apply.argument(1)));
      }
      if (apply.operator() == Primitive.PRODUCT
          && (Repetition.isOfOnes(apply) || KroneckerProducts.commute(apply.arguments()))) {
        return product(transposedChain(apply.arguments()));
      }
      if (apply.operator() instanceof Operator.Scale scale) {
        return node(scale, List.of(transpose(apply.argument(0))));
      }
      if (apply.operator() == Primitive.PRODUCT && isScaledMatrix(apply)) {
        Expr turned = transpose(apply.arguments().getLast());
        if (!is(turned, Primitive.TRANSPOSE)) { // s 1' of numbers s, s S of symmetric S
          List<Expr> factors = new ArrayList<>(apply.arguments());
          factors.set(factors.size() - 1, turned);
          return node(Primitive.PRODUCT, factors);
        }
      }
    }
    return node(Primitive.TRANSPOSE, List.of(argument));
  }

  /** Tells whether {@code product} is one matrix with 1×1 factors in front. */
  private static boolean isScaledMatrix(Apply product) {
    List<Expr> factors = product.arguments();
    return !factors.getLast().shape().isScalarMatrix()
        && factors.get(factors.size() - 2).shape().isScalarMatrix();
  }

  /** Tells whether {@code node} is known to equal its transpose. */
  public boolean isSymmetric(Expr node) {
    return symmetry.isSymmetric(node);
  }

  /** Returns the factors of {@code node} if it, or its transpose, is an elementwise product. */
  List<Expr> entries(Expr node) {
    if (is(node, Primitive.HADAMARD)) {
      return arguments(node);
    }
    if (!is(node, Primitive.TRANSPOSE) || !is(arguments(node).getFirst(), Primitive.HADAMARD)) {
      return List.of(node);
    }
    List<Expr> factors = new ArrayList<>();
    for (Expr factor : arguments(arguments(node).getFirst())) {
      factors.add(transpose(factor));
    }
    return factors;
  }

  /**
   * Returns c if {@code node} is c 1', a column repeated without any number in front, else null.
   */
  public @Nullable Expr repeatedColumn(Expr node) {
    Expr bare = untransposed(node);
    boolean transposed = bare != node;
    if (!is(bare, Primitive.PRODUCT) || arguments(bare).getFirst().shape().isScalarMatrix()) {
      return null;
    }
    List<Expr> chain = transposed ? transposedChain(arguments(bare)) : arguments(bare);
    return isOnesRow(chain.getLast()) && !isOnesColumn(chain.getFirst())
        ? product(chain.subList(0, chain.size() - 1))
        : null;
  }

  /** Moves the 1×1 factors of a product to {@code scalars} and returns the rest. */
  Expr withoutScalars(Expr node, List<Expr> scalars) {
    return products.withoutScalars(node, scalars);
  }

  /** Returns the factors of the transpose of the product of {@code factors}. */
  List<Expr> transposedChain(List<Expr> factors) {
    List<Expr> scalars = new ArrayList<>();
    List<Expr> reversed = new ArrayList<>();
    for (int i = factors.size() - 1; i >= 0; i--) {
      if (factors.get(i).shape().isScalarMatrix()) {
        scalars.addFirst(factors.get(i));
      } else {
        reversed.add(transpose(factors.get(i)));
      }
    }
    scalars.addAll(reversed);
    return scalars;
  }

  /** Returns a number. */
  public Expr number(Rational value) {
    return expressions.number(value);
  }

  /** Returns {@code length} as a number. */
  public Expr size(Polynomial length) {
    return SizeExpressions.of(length, expressions, this::apply);
  }

  /** Returns zeros of {@code shape}. */
  public Expr zeros(Shape shape) {
    return expressions.fill(Rational.ZERO, shape);
  }

  /** Returns ones of {@code shape}. */
  public Expr ones(Shape shape) {
    return expressions.fill(Rational.ONE, shape);
  }

  /** Returns a column of {@code length} ones. */
  public Expr onesColumn(Polynomial length) {
    return ones(Shape.matrix(length, Polynomial.ONE));
  }

  /** Returns a row of {@code length} ones. */
  public Expr onesRow(Polynomial length) {
    return ones(Shape.matrix(Polynomial.ONE, length));
  }

  /** Returns {@code value} summed or repeated over leading axes so that it has {@code shape}. */
  public Expr conform(Expr value, Shape shape) {
    return repetition.conform(value, shape);
  }

  /** Returns {@code term} without what repeats it along leading axes. */
  Expr unrepeated(Expr term) {
    return repetition.unrepeated(term);
  }

  /** Interns a node that is in the algebra's normal form and applies the identities to it. */
  Expr node(Operator operator, List<Expr> arguments) {
    Apply node = expressions.apply(operator, arguments);
    Expr known = rewritten.get(node);
    if (known == null) {
      symmetry.isSymmetric(node);
      rewritten.put(
          node, node); // an identity that meets the node again while it is at work leaves it
      Expr better = identities.rewrite(node, this);
      known = better == null ? node : conform(better, node.shape());
      rewritten.put(node, known);
    }
    return known;
  }

  /** A term without its number, and the number. */
  record Scaled(Rational factor, Expr base) {}

  /** Splits off the number in front. */
  Scaled split(Expr term) {
    if (term instanceof Apply apply && apply.operator() instanceof Operator.Scale scale) {
      return new Scaled(scale.factor(), apply.argument(0));
    }
    if (term instanceof Constant constant
        && constant.value() instanceof Constant.Value.Fill fill
        && fill.shape().isScalar()
        && !fill.value().isOne()) {
      return new Scaled(fill.value(), number(Rational.ONE));
    }
    return new Scaled(Rational.ONE, term);
  }

  static boolean is(Expr node, Primitive operator) {
    return node instanceof Apply apply && apply.operator() == operator;
  }

  /** Returns what {@code node} is the transpose of, or {@code node}. */
  static Expr untransposed(Expr node) {
    return is(node, Primitive.TRANSPOSE) ? arguments(node).getFirst() : node;
  }

  static List<Expr> arguments(Expr node) {
    return ((Apply) node).arguments();
  }

  /** Tells whether {@code node} is zero everywhere. */
  public static boolean isZero(Expr node) {
    return node instanceof Constant constant && constant.isFillOf(Rational.ZERO);
  }

  static boolean isOnes(Expr node) {
    return node instanceof Constant constant && constant.isFillOf(Rational.ONE);
  }

  /** Tells whether {@code node} is a row of ones, which repeats what stands before it. */
  static boolean isOnesRow(Expr node) {
    return isOnes(node) && node.shape().isRow();
  }

  /** Tells whether {@code node} is a column of ones, which repeats what stands after it. */
  static boolean isOnesColumn(Expr node) {
    return isOnes(node) && node.shape().isVector();
  }

  static boolean isIdentity(Expr node) {
    return node instanceof Constant constant && constant.value() instanceof Constant.Value.Identity;
  }

  /** Returns the leading axes of all {@code nodes} broadcast. */
  static List<Polynomial> leading(List<Expr> nodes) {
    List<Polynomial> leading = List.of();
    for (Expr node : nodes) {
      List<Polynomial> both = Shape.broadcastLeading(leading, node.shape().leading());
      if (both == null) {
        throw new IllegalArgumentException("leading axes do not fit");
      }
      leading = both;
    }
    return leading;
  }

  /** Returns {@code nodes} in the order of their making, which is the order of a normal form. */
  static List<Expr> sorted(List<Expr> nodes) {
    List<Expr> result = new ArrayList<>(nodes);
    result.sort((a, b) -> Integer.compare(a.id(), b.id()));
    return result;
  }

  /** Tells whether {@code node} is a variable or a constant. */
  static boolean isLeaf(Expr node) {
    return node instanceof Variable || node instanceof Constant;
  }
}
