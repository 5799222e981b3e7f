package gradsmith.algebra;

import gradsmith.algebra.Algebra.Scaled;
import gradsmith.expr.Apply;
import gradsmith.expr.Constant;
import gradsmith.expr.Expr;
import gradsmith.expr.Operator;
import gradsmith.expr.Operator.Primitive;
import gradsmith.expr.Rational;
import gradsmith.shape.Polynomial;
import gradsmith.shape.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The normal forms of sums over entries, of traces, and of what rearranges entries. */
final class Reductions {

  private final Algebra algebra;

  Reductions(Algebra algebra) {
    this.algebra = algebra;
  }

  /** Returns the sum of all entries of {@code argument}. */
  Expr total(Expr argument) {
    if (argument.shape().isScalar()) {
      return argument;
    }
    Scaled scaled = algebra.split(argument);
    if (!scaled.factor().isOne()) {
      return algebra.scale(scaled.factor(), total(scaled.base()));
    }
    if (argument instanceof Constant) {
      return constantTotal(argument);
    }
    boolean overAxis =
        argument instanceof Apply apply && apply.operator() instanceof Operator.AxisSum;
    if (Algebra.is(argument, Primitive.TRANSPOSE) || overAxis) {
      return total(Algebra.arguments(argument).getFirst());
    }
    boolean single = argument.shape().leading().isEmpty();
    if (single && Algebra.is(argument, Primitive.PRODUCT)) {
      List<Expr> scalars = new ArrayList<>();
      List<Expr> chain = new ArrayList<>();
      for (Expr factor : Algebra.arguments(argument)) {
        (factor.shape().isScalarMatrix() ? scalars : chain).add(factor);
      }
      if (!scalars.isEmpty()
          || Algebra.isOnes(chain.getFirst())
          || Algebra.isOnes(chain.getLast())
          || hasRankOneBond(chain)) {
        scalars.add(algebra.onesRow(argument.shape().rows()));
        scalars.addAll(chain);
        scalars.add(algebra.onesColumn(argument.shape().columns()));
        return algebra.product(scalars);
      }
    }
    boolean vector = argument.shape().isVector();
    if ((vector || argument.shape().isRow()) && Algebra.is(argument, Primitive.HADAMARD)) {
      List<Expr> factors = Algebra.arguments(argument);
      Expr first = factors.getFirst();
      Expr rest = algebra.hadamard(factors.subList(1, factors.size()));
      return vector
          ? algebra.product(algebra.transpose(first), rest)
          : algebra.product(first, algebra.transpose(rest));
    }
    if (!single && Repetition.isOfOnes(argument)) {
      return repeatedNumbers(argument);
    }
    Expr apart = algebra.apart(argument, term -> total(algebra.conform(term, argument.shape())));
    if (apart != null) {
      return apart;
    }
    Expr summed = single ? argument : summed(argument);
    if (summed != argument) {
      return total(summed);
    }
    Expr once = algebra.unrepeated(argument);
    if (once != argument) {
      return algebra.product(repetitions(once.shape(), argument.shape()), total(once));
    }
    Expr onDiagonal = withoutIdentity(argument);
    return onDiagonal == null
        ? algebra.node(Primitive.TOTAL, List.of(argument))
        : total(trace(onDiagonal));
  }

  /** Returns the total of a stack of numbers, each repeated at all entries of a matrix. */
  private Expr repeatedNumbers(Expr argument) {
    List<Expr> numbers = new ArrayList<>(Algebra.arguments(argument));
    numbers.removeIf(factor -> !factor.shape().isScalarMatrix());
    numbers.add(algebra.number(Rational.ONE));
    Expr once = algebra.product(numbers);
    return algebra.product(
        List.of(
            repetitions(once.shape(), argument.shape()),
            algebra.size(argument.shape().rows()),
            algebra.size(argument.shape().columns()),
            total(once)));
  }

  /** Returns the stack that {@code argument} is a sum over an axis of, or {@code argument}. */
  private Expr summed(Expr argument) {
    if (!Algebra.is(argument, Primitive.PRODUCT)) {
      return argument;
    }
    List<Expr> factors = new ArrayList<>(Algebra.arguments(argument));
    if (Algebra.isOnesColumn(factors.getLast())) {
      factors.removeLast();
    }
    if (Algebra.isOnesRow(factors.getFirst())) {
      factors.removeFirst();
    }
    return factors.size() == Algebra.arguments(argument).size()
        ? argument
        : algebra.product(factors);
  }

  /** Returns how often what has {@code once} is repeated in {@code shape}. */
  private Expr repetitions(Shape once, Shape shape) {
    List<Expr> lengths = new ArrayList<>(List.of(algebra.number(Rational.ONE)));
    int missing = shape.leading().size() - once.leading().size();
    for (int i = 0; i < shape.leading().size(); i++) {
      if (i < missing || !once.leading().get(i - missing).equals(shape.leading().get(i))) {
        lengths.add(algebra.size(shape.leading().get(i)));
      }
    }
    return algebra.product(lengths);
  }

  /** Returns A if {@code argument} is I .* A, else null. */
  private @Nullable Expr withoutIdentity(Expr argument) {
    if (!Algebra.is(argument, Primitive.HADAMARD)) {
      return null;
    }
    List<Expr> factors = new ArrayList<>(Algebra.arguments(argument));
    boolean has = factors.removeIf(Algebra::isIdentity);
    Expr rest = has && !factors.isEmpty() ? algebra.hadamard(factors) : null;
    return rest != null && rest.shape().equals(argument.shape()) ? rest : null;
  }

  private static boolean hasRankOneBond(List<Expr> chain) {
    for (int i = 1; i < chain.size(); i++) {
      if (chain.get(i).shape().rows().isOne()) {
        return true;
      }
    }
    return false;
  }

  private Expr constantTotal(Expr constant) {
    if (Algebra.isZero(constant)) {
      return algebra.number(Rational.ZERO);
    }
    if (Algebra.isIdentity(constant)) {
      return algebra.size(constant.shape().rows());
    }
    List<Expr> sizes = new ArrayList<>();
    for (Polynomial axis : constant.shape().axes()) {
      sizes.add(algebra.size(axis));
    }
    return algebra.product(sizes);
  }

  Expr trace(Expr argument) {
    if (argument.shape().isScalarMatrix()) {
      return argument;
    }
    Scaled scaled = algebra.split(argument);
    if (!scaled.factor().isOne()) {
      return algebra.scale(scaled.factor(), trace(scaled.base()));
    }
    if (Algebra.isZero(argument)) {
      return algebra.number(Rational.ZERO);
    }
    if (argument instanceof Constant) {
      return algebra.size(argument.shape().rows());
    }
    if (Algebra.is(argument, Primitive.TRANSPOSE)) {
      return trace(Algebra.arguments(argument).getFirst());
    }
    if (Algebra.is(argument, Primitive.PRODUCT)) {
      return traceOfProduct(argument);
    }
    return algebra.node(Primitive.TRACE, List.of(argument));
  }

  /** tr(s A) = s tr(A); tr(u v') = v' u: a trace of rank one is an inner product. */
  private Expr traceOfProduct(Expr product) {
    List<Expr> scalars = new ArrayList<>();
    List<Expr> chain = new ArrayList<>();
    for (Expr factor : Algebra.arguments(product)) {
      (factor.shape().isScalarMatrix() ? scalars : chain).add(factor);
    }
    for (int i = 1; i < chain.size(); i++) {
      if (chain.get(i).shape().rows().isOne()) {
        List<Expr> turned = new ArrayList<>(scalars);
        turned.addAll(chain.subList(i, chain.size()));
        turned.addAll(chain.subList(0, i));
        return algebra.product(turned);
      }
    }
    Expr trace =
        algebra.node(
            Primitive.TRACE, List.of(scalars.isEmpty() ? product : algebra.product(chain)));
    if (scalars.isEmpty()) {
      return trace;
    }
    scalars.add(trace);
    return algebra.product(scalars);
  }

  Expr diagonal(Expr argument) {
    if (Algebra.is(argument, Primitive.DIAGONAL_MATRIX)) {
      return Algebra.arguments(argument).getFirst();
    }
    if (Algebra.isIdentity(argument)) {
      return algebra.onesColumn(argument.shape().rows());
    }
    if (Algebra.isZero(argument) || Algebra.isOnes(argument)) {
      return algebra
          .expressions()
          .fill(
              ((Constant.Value.Fill) ((Constant) argument).value()).value(),
              new gradsmith.shape.Shape(
                  argument.shape().leading(), argument.shape().rows(), Polynomial.ONE));
    }
    if (Algebra.is(argument, Primitive.TRANSPOSE)) {
      return diagonal(Algebra.arguments(argument).getFirst());
    }
    Expr column = algebra.repeatedColumn(argument);
    if (column != null) {
      return column;
    }
    return linear(Primitive.DIAGONAL, argument);
  }

  Expr diagonalMatrix(Expr argument) {
    if (argument.shape().isScalarMatrix()) {
      return argument;
    }
    if (Algebra.isOnes(argument) && argument.shape().leading().isEmpty()) {
      return algebra.expressions().identity(argument.shape().rows());
    }
    if (Algebra.isZero(argument)) {
      return algebra.zeros(
          new gradsmith.shape.Shape(
              argument.shape().leading(), argument.shape().rows(), argument.shape().rows()));
    }
    return linear(Primitive.DIAGONAL_MATRIX, argument);
  }

  Expr vec(Expr argument) {
    if (argument.shape().columns().isOne()) {
      return argument;
    }
    if (argument.shape().rows().isOne()) {
      return algebra.transpose(argument);
    }
    if (argument instanceof gradsmith.expr.Apply apply
        && apply.operator() instanceof Operator.Unvec) {
      return apply.argument(0);
    }
    if (Algebra.isZero(argument) || Algebra.isOnes(argument)) {
      return algebra
          .expressions()
          .fill(
              ((Constant.Value.Fill) ((Constant) argument).value()).value(),
              new gradsmith.shape.Shape(
                  argument.shape().leading(),
                  argument.shape().rows().times(argument.shape().columns()),
                  Polynomial.ONE));
    }
    return linear(Primitive.VEC, argument);
  }

  Expr unvec(Operator.Unvec unvec, Expr argument) {
    if (unvec.columns().isOne()) {
      return argument;
    }
    if (Algebra.is(argument, Primitive.VEC)
        && Algebra.arguments(argument).getFirst().shape().rows().equals(unvec.rows())) {
      return Algebra.arguments(argument).getFirst();
    }
    if (Algebra.isZero(argument) || Algebra.isOnes(argument)) {
      return algebra
          .expressions()
          .fill(
              ((Constant.Value.Fill) ((Constant) argument).value()).value(),
              new gradsmith.shape.Shape(argument.shape().leading(), unvec.rows(), unvec.columns()));
    }
    return linear(unvec, argument);
  }

  Expr axisSum(Operator.AxisSum sum, Expr argument) {
    List<Polynomial> leading = argument.shape().leading();
    Polynomial axis = leading.get(leading.size() - 1 - sum.fromRight());
    if (axis.isOne() && sum.keep()) {
      return argument;
    }
    if (Algebra.isZero(argument) || Algebra.isOnes(argument)) {
      Expr fill =
          algebra
              .expressions()
              .fill(
                  ((Constant.Value.Fill) ((Constant) argument).value()).value(),
                  algebra.expressions().apply(sum, argument).shape());
      return algebra.product(algebra.size(axis), fill);
    }
    return linear(sum, argument);
  }

  Expr newAxis(Operator.NewAxis axis, Expr argument) {
    if (argument instanceof Apply apply
        && apply.operator() instanceof Operator.AxisSum sum
        && !sum.keep()
        && sum.fromRight() == axis.fromRight()) {
      return axisSum(new Operator.AxisSum(sum.fromRight(), true), apply.argument(0));
    }
    if (argument.shape().leading().size() == axis.fromRight()) {
      return algebra.node(axis, List.of(argument));
    }
    return linear(axis, argument);
  }

  Expr blockContraction(Operator.BlockContraction contraction, List<Expr> arguments) {
    Scaled G = algebra.split(arguments.get(0));
    Scaled B = algebra.split(arguments.get(1));
    Rational number = G.factor().times(B.factor());
    if (Algebra.isZero(G.base()) || Algebra.isZero(B.base())) {
      return algebra.zeros(algebra.expressions().apply(contraction, arguments).shape());
    }
    return algebra.scale(number, algebra.node(contraction, List.of(G.base(), B.base())));
  }

  /**
   * Moves numbers and single-number factors out of a linear operator, and transposes where they
   * commute.
   */
  private Expr linear(Operator operator, Expr argument) {
    Scaled scaled = algebra.split(argument);
    if (!scaled.factor().isOne()) {
      return algebra.scale(scaled.factor(), algebra.apply(operator, List.of(scaled.base())));
    }
    boolean movesTransposes =
        operator instanceof Operator.AxisSum || operator instanceof Operator.NewAxis;
    if (movesTransposes && Algebra.is(argument, Primitive.TRANSPOSE)) {
      return algebra.transpose(algebra.apply(operator, Algebra.arguments(argument)));
    }
    if (Algebra.is(argument, Primitive.PRODUCT)) {
      List<Expr> numbers = new ArrayList<>();
      List<Expr> rest = new ArrayList<>();
      for (Expr factor : Algebra.arguments(argument)) {
        (factor.shape().isScalar() ? numbers : rest).add(factor);
      }
      if (!numbers.isEmpty() && !rest.isEmpty()) {
        numbers.add(algebra.apply(operator, List.of(algebra.product(rest))));
        return algebra.product(numbers);
      }
      if (movesTransposes) {
        return withoutConstants(operator, (Apply) argument);
      }
    }
    return algebra.node(operator, List.of(argument));
  }

  /** Moves the constants at the ends of a product out of an operator on stacks. */
  private Expr withoutConstants(Operator operator, Apply product) {
    List<Expr> factors = product.arguments();
    int scalars = 0;
    while (scalars < factors.size() && factors.get(scalars).shape().isScalarMatrix()) {
      scalars++;
    }
    int from = scalars;
    int to = factors.size();
    while (from < to && isOneMatrix(factors.get(from))) {
      from++;
    }
    while (from < to && isOneMatrix(factors.get(to - 1))) {
      to--;
    }
    List<Expr> stacked = new ArrayList<>(factors.subList(0, scalars));
    stacked.addAll(factors.subList(from, to));
    if (stacked.size() == factors.size()) {
      return algebra.node(operator, List.of(product));
    }
    List<Expr> all = new ArrayList<>(factors.subList(scalars, from));
    all.add(from < to ? all.size() : 0, algebra.apply(operator, List.of(algebra.product(stacked))));
    all.addAll(factors.subList(to, factors.size()));
    return algebra.product(all);
  }

  private static boolean isOneMatrix(Expr factor) {
    return factor instanceof Constant && factor.shape().leading().isEmpty();
  }
}
