package gradsmith.algebra;

import gradsmith.algebra.Algebra.Scaled;
import gradsmith.expr.Apply;
import gradsmith.expr.Constant;
import gradsmith.expr.Expr;
import gradsmith.expr.Fact;
import gradsmith.expr.Operator;
import gradsmith.expr.Operator.Primitive;
import gradsmith.expr.Rational;
import gradsmith.expr.Variable;
import gradsmith.shape.Shape;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The normal form of sums: flat, like terms collected, common factors taken out, terms in the order
 * of their making. The numbers of the terms are integers without a common divisor, most of them
 * positive; what that takes stands in front. If the integers were long, as those of 0.044715, the
 * number of the leading term is 1 instead. All that is done within one magnitude ({@link
 * Magnitudes}): the 1e-5 below a root stays what it is.
 */
final class Sums {

  /** The bits of a number that is still short: 1023 is. */
  private static final int LONGEST = 10;

  private final Algebra algebra;
  private final Factoring factoring;

  Sums(Algebra algebra) {
    this.algebra = algebra;
    this.factoring = new Factoring(algebra);
  }

  Expr scale(Rational factor, Expr argument) {
    if (factor.isOne()) {
      return argument;
    }
    if (factor.signum() == 0 || Algebra.isZero(argument)) {
      return algebra.zeros(argument.shape());
    }
    Scaled scaled = algebra.split(argument);
    Rational all = factor.times(scaled.factor());
    Expr base = scaled.base();
    if (base instanceof Constant constant
        && constant.value() instanceof Constant.Value.Fill fill
        && fill.shape().isScalar()) {
      return algebra.number(all.times(fill.value()));
    }
    if (all.isOne()) {
      return base;
    }
    return algebra.node(new Operator.Scale(all), List.of(base));
  }

  Expr sum(List<Expr> terms) {
    Shape first = terms.getFirst().shape();
    Shape shape = new Shape(Algebra.leading(terms), first.rows(), first.columns());
    Map<Expr, Rational> collected = collect(terms);
    if (collected.isEmpty()) {
      return algebra.zeros(shape);
    }
    List<Map<Expr, Rational>> magnitudes = Magnitudes.apart(collected);
    if (magnitudes.size() == 1 || collected.keySet().stream().allMatch(Sums::isOfOnes)) {
      return algebra.conform(ofOneMagnitude(collected), shape);
    }
    Map<Expr, Rational> sums = new LinkedHashMap<>();
    for (Map<Expr, Rational> magnitude : magnitudes) {
      Scaled sum = algebra.split(ofOneMagnitude(magnitude));
      sums.merge(sum.base(), sum.factor(), Rational::plus);
    }
    boolean turn = isNegative(sums);
    List<Expr> apart = new ArrayList<>();
    sums.forEach((base, number) -> apart.add(scale(turn ? number.negated() : number, base)));
    Expr sum = node(apart);
    return algebra.conform(turn ? algebra.negated(sum) : sum, shape);
  }

  private Expr ofOneMagnitude(Map<Expr, Rational> collected) {
    Rational common = commonNumber(collected);
    if (common.isOne()) {
      return build(collected);
    }
    collected.replaceAll((base, number) -> number.times(common.reciprocal()));
    return scale(common, build(collected));
  }

  private Map<Expr, Rational> collect(List<Expr> terms) {
    Map<Expr, Rational> collected = new LinkedHashMap<>();
    Deque<Scaled> open = new ArrayDeque<>();
    for (int i = terms.size() - 1; i >= 0; i--) {
      open.push(new Scaled(Rational.ONE, terms.get(i)));
    }
    while (!open.isEmpty()) {
      Scaled next = open.pop();
      Scaled inner = algebra.split(next.base());
      Scaled plain = algebra.split(algebra.unrepeated(inner.base()));
      Rational number = next.factor().times(inner.factor()).times(plain.factor());
      Expr base = plain.base();
      List<Expr> nested = nestedTerms(base);
      if (nested != null) {
        for (int i = nested.size() - 1; i >= 0; i--) {
          open.push(new Scaled(number, nested.get(i)));
        }
      } else if (!Algebra.isZero(base) && number.signum() != 0) {
        collected.merge(base, number, Rational::plus);
      }
    }
    if (collected.size() > 1) {
      List.copyOf(collected.keySet()).forEach(base -> openRepeated(base, collected));
    }
    collected.values().removeIf(number -> number.signum() == 0);
    return collected;
  }

  /**
   * A + b 1' - (A 1 + b n) 1' / n: adds a repeated sum term by term if some of them are collected,
   * or are numbers, which would be beside the sum if they had come by themselves.
   */
  private void openRepeated(Expr base, Map<Expr, Rational> collected) {
    if (!Repetition.isRepeated(base)) {
      return;
    }
    boolean turned = Algebra.is(base, Primitive.TRANSPOSE);
    List<Expr> factors = new ArrayList<>(Algebra.arguments(Algebra.untransposed(base)));
    int at = 0;
    while (at < factors.size()
        && !Algebra.is(Algebra.untransposed(factors.get(at)), Primitive.SUM)) {
      at++;
    }
    if (at == factors.size()) {
      return;
    }
    List<Scaled> terms = new ArrayList<>();
    boolean merges = false;
    for (Expr term : Objects.requireNonNull(nestedTerms(factors.get(at)))) {
      factors.set(at, term);
      Expr repeated = algebra.product(factors);
      Scaled scaled = algebra.split(turned ? algebra.transpose(repeated) : repeated);
      merges |=
          collected.containsKey(scaled.base()) || (!isOfOnes(base) && isOfOnes(scaled.base()));
      terms.add(scaled);
    }
    if (merges) {
      Rational number = Objects.requireNonNull(collected.remove(base));
      for (Scaled term : terms) {
        collected.merge(term.base(), number.times(term.factor()), Rational::plus);
      }
    }
  }

  /**
   * Returns the sum of what the linear {@code map} gives of each term of {@code sum}, or of its
   * transpose, if some of them are repeated, or have rows that sum to 1, and fewer terms are left;
   * else null: (A - A 1 1' / d) 1 = 0. The terms are counted before common factors are taken out of
   * them, as that is what undoes the map: 1' A + 1' B is 1' (A + B), and no terms are fewer.
   */
  @Nullable Expr apart(Expr sum, UnaryOperator<Expr> map) {
    List<Expr> terms = nestedTerms(sum);
    if (terms == null || terms.stream().noneMatch(this::mayVanish)) {
      return null;
    }
    List<Expr> mapped = terms.stream().map(map).toList();
    return collect(mapped).size() < terms.size() ? algebra.sum(mapped) : null;
  }

  /** Tells whether {@code term} is repeated, or has rows that sum to 1. */
  private boolean mayVanish(Expr term) {
    Expr base = Algebra.untransposed(algebra.split(term).base());
    return Repetition.isRepeated(base)
        || (base instanceof Apply apply
            && apply.operator() instanceof Operator.Function function
            && function.symbol().has(Fact.STOCHASTIC));
  }

  /**
   * Returns the terms of {@code node} if it is a sum, or the transpose of one, or a sum of numbers
   * that stands for every entry, else null.
   */
  private @Nullable List<Expr> nestedTerms(Expr node) {
    if (Algebra.is(node, Primitive.SUM)) {
      return Algebra.arguments(node);
    }
    if (Repetition.isOfOnes(node)
        && Algebra.is(Algebra.arguments(node).get(0), Primitive.SUM)
        && !Algebra.arguments(node).get(1).shape().isScalarMatrix()) {
      List<Expr> ones = Algebra.arguments(node).subList(1, Algebra.arguments(node).size());
      List<Expr> terms = new ArrayList<>();
      for (Expr term : Algebra.arguments(Algebra.arguments(node).get(0))) {
        terms.add(algebra.product(term, algebra.product(ones)));
      }
      return terms;
    }
    if (Algebra.is(node, Primitive.TRANSPOSE)
        && Algebra.is(Algebra.arguments(node).getFirst(), Primitive.SUM)) {
      List<Expr> terms = new ArrayList<>();
      for (Expr term : Algebra.arguments(Algebra.arguments(node).getFirst())) {
        terms.add(algebra.transpose(term));
      }
      return terms;
    }
    return null;
  }

  /**
   * Returns the number that stands in front: the greatest common divisor, with the sign of most, or
   * if half are negative that of the leading term.
   */
  private Rational commonNumber(Map<Expr, Rational> collected) {
    if (collected.size() == 1) {
      return Rational.ONE;
    }
    Rational divisor = commonDivisor(collected.values());
    if (isLong(collected, divisor.reciprocal())) {
      return leading(collected).getValue();
    }
    return isNegative(collected) ? divisor.negated() : divisor;
  }

  private boolean isNegative(Map<Expr, Rational> collected) {
    int positive = 0;
    for (Rational number : collected.values()) {
      positive += number.signum();
    }
    return positive < 0 || (positive == 0 && leading(collected).getValue().signum() < 0);
  }

  private Map.Entry<Expr, Rational> leading(Map<Expr, Rational> collected) {
    Map.Entry<Expr, Rational> leading = collected.entrySet().iterator().next();
    for (Map.Entry<Expr, Rational> entry : collected.entrySet()) {
      leading = leads(entry, leading) ? entry : leading;
    }
    return leading;
  }

  private static Rational commonDivisor(Collection<Rational> numbers) {
    BigInteger numerator = BigInteger.ZERO;
    BigInteger denominator = BigInteger.ONE;
    for (Rational number : numbers) {
      BigInteger divisor = denominator.gcd(number.denominator());
      numerator = numerator.gcd(number.numerator());
      denominator = denominator.multiply(number.denominator().divide(divisor));
    }
    return new Rational(numerator, denominator);
  }

  /** Tells whether {@code factor} makes integers of the numbers that are long to write. */
  private static boolean isLong(Map<Expr, Rational> collected, Rational factor) {
    for (Rational number : collected.values()) {
      if (number.times(factor).numerator().bitLength() > LONGEST) {
        return true;
      }
    }
    return false;
  }

  /**
   * Tells which of two terms has the plus sign if the other has the minus: 1 - S, A x - b, X - 1
   * m', and else the older one; of A and its transpose that with the larger number, so that 4 A' -
   * A has the sign of its own transpose.
   */
  private boolean leads(Map.Entry<Expr, Rational> term, Map.Entry<Expr, Rational> other) {
    int rank = Integer.compare(rank(term.getKey()), rank(other.getKey()));
    if (rank != 0) {
      return rank < 0;
    }
    int age =
        Integer.compare(
            Orientation.baseId(term.getKey(), algebra),
            Orientation.baseId(other.getKey(), algebra));
    if (age != 0) {
      return age < 0;
    }
    int number = magnitude(term).compareTo(magnitude(other));
    return number > 0 || (number == 0 && !Algebra.is(term.getKey(), Primitive.TRANSPOSE));
  }

  private static Rational magnitude(Map.Entry<Expr, Rational> term) {
    Rational number = term.getValue();
    return number.signum() < 0 ? number.negated() : number;
  }

  private static int rank(Expr term) {
    return switch (Algebra.untransposed(term)) {
      case Constant constant -> 0;
      case Apply apply ->
          apply.operator() == Primitive.SUM ? 4 : Repetition.isRepeated(apply) ? 3 : 1;
      case Variable variable -> 2;
    };
  }

  private Expr build(Map<Expr, Rational> collected) {
    List<Expr> terms = new ArrayList<>();
    for (Map.Entry<Expr, Rational> entry : collected.entrySet()) {
      terms.add(scale(entry.getValue(), entry.getKey()));
    }
    if (terms.size() == 1) {
      return terms.getFirst();
    }
    if (terms.stream().allMatch(term -> isOfOnes(algebra.split(term).base()))) {
      Shape shape = terms.getFirst().shape();
      List<Expr> numbers = new ArrayList<>();
      terms.forEach(term -> numbers.add(number(term)));
      return algebra.product(
          algebra.sum(numbers), algebra.ones(Shape.matrix(shape.rows(), shape.columns())));
    }
    Expr factored = factoring.factor(terms);
    if (factored != null) {
      return factored;
    }
    return node(terms);
  }

  private Expr node(List<Expr> terms) {
    if (Orientation.shouldFlip(terms, algebra)) {
      List<Expr> turned = terms.stream().map(algebra::transpose).toList();
      return algebra.transpose(algebra.node(Primitive.SUM, inOrder(turned)));
    }
    return algebra.node(Primitive.SUM, inOrder(terms));
  }

  private static boolean isOfOnes(Expr base) {
    return !base.shape().isScalarMatrix() && (Algebra.isOnes(base) || Repetition.isOfOnes(base));
  }

  /** Returns the number that each entry of {@code term} is. */
  private Expr number(Expr term) {
    Scaled scaled = algebra.split(term);
    List<Expr> factors = new ArrayList<>(List.of(algebra.number(scaled.factor())));
    if (Repetition.isOfOnes(scaled.base())) {
      for (Expr factor : Algebra.arguments(scaled.base())) {
        if (factor.shape().isScalarMatrix()) {
          factors.add(factor);
        }
      }
    }
    return algebra.product(factors);
  }

  private List<Expr> inOrder(List<Expr> terms) {
    List<Expr> result = new ArrayList<>(terms);
    result.sort(
        (a, b) -> Integer.compare(algebra.split(a).base().id(), algebra.split(b).base().id()));
    return result;
  }
}
