package gradsmith.emit;

import gradsmith.expr.Apply;
import gradsmith.expr.Constant;
import gradsmith.expr.Expr;
import gradsmith.expr.Expressions;
import gradsmith.expr.Graph;
import gradsmith.expr.Operator;
import gradsmith.expr.Operator.Primitive;
import gradsmith.expr.Property;
import gradsmith.expr.Rational;
import gradsmith.expr.Variable;
import gradsmith.shape.Signature;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Turns what is used once so that it takes fewer transposes and signs: (W G')' is G W', and -(A -
 * B) is B - A. What is shared stays as it is.
 */
final class Tidying {

  /** Beyond this a sum or product is not searched for where a number could go. */
  private static final int DEEPEST = 4;

  private final Expressions expressions;
  private final List<Expr> roots;
  private final Map<Expr, Integer> uses = new HashMap<>();
  private final Map<Expr, Expr> tidied = new HashMap<>();

  Tidying(Expressions expressions, List<Expr> roots) {
    this.expressions = expressions;
    this.roots = roots;
    roots.forEach(root -> uses.merge(root, 1, Integer::sum));
    for (Expr node : Graph.postOrder(roots)) {
      if (node instanceof Apply apply) {
        apply.arguments().forEach(argument -> uses.merge(argument, 1, Integer::sum));
      }
    }
  }

  List<Expr> tidied() {
    for (Expr node : Graph.postOrder(roots)) {
      tidied.put(node, node instanceof Apply apply ? tidied(apply) : node);
    }
    return roots.stream().map(root -> Objects.requireNonNull(tidied.get(root))).toList();
  }

  private Expr tidied(Apply node) {
    List<Expr> arguments = new ArrayList<>();
    for (Expr argument : node.arguments()) {
      arguments.add(Objects.requireNonNull(tidied.get(argument)));
    }
    Expr only = arguments.getFirst();
    boolean once = uses.getOrDefault(node.argument(0), 0) < 2;
    if (node.operator() == Primitive.TRANSPOSE) {
      return once && primes(only, true) < primes(only, false) + 1
          ? transposed(only)
          : wrapped(only);
    }
    if (node.operator() instanceof Operator.Scale scale && scale.factor().signum() < 0 && once) {
      Expr negated = negatedInside(only);
      if (negated != null) {
        Rational factor = scale.factor().negated();
        return factor.isOne()
            ? negated
            : expressions.apply(new Operator.Scale(factor), List.of(negated));
      }
    }
    Expr made =
        node.operator() == Primitive.PRODUCT
            ? scaledInside(scalarsFirst(arguments))
            : expressions.apply(node.operator(), arguments);
    uses.merge(made, uses.getOrDefault(node, 0), Math::max);
    return made;
  }

  /** Returns the product of {@code factors}: numbers go to what is less than a whole matrix. */
  private Expr scaledInside(List<Expr> factors) {
    List<Expr> numbers = factors.subList(0, factors.size() - 1);
    boolean scaled = !numbers.isEmpty() && numbers.getLast().shape().isScalarMatrix();
    Expr inside = scaled ? scaledInside(numbers, factors.getLast(), 0) : null;
    return inside == null ? expressions.apply(Primitive.PRODUCT, factors) : inside;
  }

  /** Returns {@code numbers} times {@code node} with fewer operations, or null. */
  private @Nullable Expr scaledInside(List<Expr> numbers, Expr node, int depth) {
    if (!(node instanceof Apply apply)) {
      return null;
    }
    if (apply.operator() == Primitive.PRODUCT && depth > 0 && isRepeated(apply)) {
      List<Expr> factors = new ArrayList<>(numbers);
      factors.addAll(apply.arguments());
      return expressions.apply(Primitive.PRODUCT, scalarsFirst(factors));
    }
    boolean sum = apply.operator() == Primitive.SUM;
    if (!isOnce(apply) || depth == DEEPEST || !sum && apply.operator() != Primitive.HADAMARD) {
      return null;
    }
    List<Expr> arguments = new ArrayList<>(apply.arguments());
    int scaled = 0;
    for (int i = 0; i < arguments.size() && (sum || scaled == 0); i++) {
      Expr argument = scaledInside(numbers, arguments.get(i), depth + 1);
      if (argument != null) {
        arguments.set(i, argument);
        scaled++;
      }
    }
    return scaled == (sum ? arguments.size() : 1)
        ? expressions.apply(apply.operator(), arguments)
        : null;
  }

  /** Tells whether broadcasting repeats what {@code product} says. */
  private static boolean isRepeated(Apply product) {
    List<Expr> matrices = Factors.matrices(product);
    return matrices.size() > 1
        && (Factors.isOnesColumn(matrices.getFirst()) || Factors.isOnesRow(matrices.getLast()));
  }

  private boolean isOnce(Expr node) {
    return uses.getOrDefault(node, 0) < 2;
  }

  /** Counts the transposes in {@code node}, or in its transpose, down to what is shared. */
  private int primes(Expr node, boolean flip) {
    if (node.shape().isScalarMatrix() || node instanceof Constant) {
      return 0;
    }
    if (node instanceof Variable variable) {
      return flip && !variable.has(Property.SYMMETRIC) ? 1 : 0;
    }
    Apply apply = (Apply) node;
    if (apply.operator() == Primitive.TRANSPOSE) {
      return primes(apply.argument(0), !flip);
    }
    if (!isTurnable(apply)) {
      return flip ? 1 : 0;
    }
    boolean product = apply.operator() == Primitive.PRODUCT;
    int primes = 0;
    for (Expr argument : apply.arguments()) {
      primes += product && isWhole(argument) ? 0 : primes(argument, flip);
    }
    return primes;
  }

  /** A transpose that is only multiplied costs nothing: libraries read the matrix the other way. */
  private boolean isWhole(Expr factor) {
    Expr bare =
        factor instanceof Apply apply && apply.operator() == Primitive.TRANSPOSE
            ? apply.argument(0)
            : factor;
    return !(bare instanceof Apply apply && isTurnable(apply));
  }

  /** Tells whether the transpose goes to the arguments. */
  private boolean isTurnable(Apply node) {
    return isOnce(node)
        && switch (node.operator()) {
          case Operator.Scale scale -> true;
          case Primitive primitive ->
              primitive == Primitive.SUM
                  || primitive == Primitive.PRODUCT
                  || primitive == Primitive.HADAMARD;
          case Operator.Function function ->
              function.symbol().signature().kind() == Signature.Kind.ELEMENTWISE
                  && function.symbol().arity() == 1;
          default -> false;
        };
  }

  private Expr wrapped(Expr node) {
    return node instanceof Apply apply && apply.operator() == Primitive.TRANSPOSE
        ? apply.argument(0)
        : expressions.apply(Primitive.TRANSPOSE, List.of(node));
  }

  /** Returns the transpose of {@code node}, with transposes at what is shared. */
  private Expr transposed(Expr node) {
    if (node.shape().isScalarMatrix()) {
      return node;
    }
    return switch (node) {
      case Variable variable -> variable.has(Property.SYMMETRIC) ? variable : wrapped(variable);
      case Constant constant -> constant(constant);
      case Apply apply -> {
        if (apply.operator() == Primitive.TRANSPOSE || !isTurnable(apply)) {
          yield wrapped(apply);
        }
        List<Expr> arguments = new ArrayList<>();
        for (Expr argument : apply.arguments()) {
          arguments.add(transposed(argument));
        }
        boolean chain = apply.operator() == Primitive.PRODUCT;
        yield expressions.apply(
            apply.operator(), chain ? scalarsFirst(arguments.reversed()) : arguments);
      }
    };
  }

  private Expr constant(Constant constant) {
    return switch (constant.value()) {
      case Constant.Value.Fill fill -> expressions.fill(fill.value(), fill.shape().transposed());
      case Constant.Value.Identity identity -> constant;
      case Constant.Value.Commutation commutation ->
          expressions.commutation(
              /* rows= */ commutation.columns(), /* columns= */ commutation.rows());
      case Constant.Value.Size size -> constant;
      case Constant.Value.Pi pi -> constant;
    };
  }

  private static List<Expr> scalarsFirst(List<Expr> factors) {
    List<Expr> sorted = new ArrayList<>();
    factors.stream().filter(factor -> factor.shape().isScalarMatrix()).forEach(sorted::add);
    factors.stream().filter(factor -> !factor.shape().isScalarMatrix()).forEach(sorted::add);
    return sorted;
  }

  /**
   * Returns {@code node} with the other sign if a sum in it that is used once then has fewer
   * negative terms, else null.
   */
  private @Nullable Expr negatedInside(Expr node) {
    if (!(node instanceof Apply apply) || !isOnce(apply)) {
      return null;
    }
    if (apply.operator() == Primitive.SUM) {
      long negative = apply.arguments().stream().filter(Tidying::isNegative).count();
      if (2 * negative < apply.arguments().size()) {
        return null;
      }
      List<Expr> terms = new ArrayList<>();
      for (Expr term : apply.arguments()) {
        terms.add(negated(term));
      }
      return expressions.apply(Primitive.SUM, terms);
    }
    boolean product =
        apply.operator() == Primitive.PRODUCT
            || apply.operator() == Primitive.HADAMARD
            || apply.operator() == Primitive.TRANSPOSE;
    for (int i = 0; i < apply.arguments().size() && product; i++) {
      Expr negated = negatedInside(apply.argument(i));
      if (negated != null) {
        List<Expr> arguments = new ArrayList<>(apply.arguments());
        arguments.set(i, negated);
        return expressions.apply(apply.operator(), arguments);
      }
    }
    return null;
  }

  private static boolean isNegative(Expr node) {
    return node instanceof Apply apply
        && apply.operator() instanceof Operator.Scale scale
        && scale.factor().signum() < 0;
  }

  private Expr negated(Expr node) {
    if (node instanceof Apply apply && apply.operator() instanceof Operator.Scale scale) {
      Rational factor = scale.factor().negated();
      return factor.isOne()
          ? apply.argument(0)
          : expressions.apply(new Operator.Scale(factor), apply.arguments());
    }
    return expressions.apply(new Operator.Scale(Rational.MINUS_ONE), List.of(node));
  }
}
