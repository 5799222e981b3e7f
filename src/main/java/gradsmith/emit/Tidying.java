package gradsmith.emit;

import gradsmith.expr.Apply;
import gradsmith.expr.Expr;
import gradsmith.expr.Expressions;
import gradsmith.expr.Graph;
import gradsmith.expr.Operator;
import gradsmith.expr.Operator.Primitive;
import gradsmith.expr.Rational;
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
  private final Transposes transposes;
  private final Signs signs;

  Tidying(Expressions expressions, List<Expr> roots) {
    this.expressions = expressions;
    this.roots = roots;
    transposes = new Transposes(expressions, this::isOnce);
    signs = new Signs(expressions, this::isOnce);
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
      return once ? transposes.transposed(only) : Factors.transposed(expressions, only);
    }
    if (node.operator() instanceof Operator.Scale scale && scale.factor().signum() < 0 && once) {
      Expr negated = signs.negatedInside(only);
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

  /** Returns {@code factors}, those that are numbers before the others. */
  static List<Expr> scalarsFirst(List<Expr> factors) {
    List<Expr> sorted = new ArrayList<>();
    factors.stream().filter(factor -> factor.shape().isScalarMatrix()).forEach(sorted::add);
    factors.stream().filter(factor -> !factor.shape().isScalarMatrix()).forEach(sorted::add);
    return sorted;
  }
}
