package gradsmith.algebra;

import gradsmith.algebra.Algebra.Scaled;
import gradsmith.expr.Constant;
import gradsmith.expr.Expr;
import gradsmith.expr.Operator;
import gradsmith.expr.Operator.Primitive;
import gradsmith.expr.Rational;
import gradsmith.shape.Shape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The normal form of sums: flat, like terms collected, common factors taken out, terms in the order
 * of their making. A number in front of a sum stays there exactly if all the terms' own numbers are
 * ±1.
 */
final class Sums {

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
    if (Algebra.is(base, Primitive.SUM) && !hasUnitNumbers(Algebra.arguments(base))) {
      List<Expr> terms = new ArrayList<>();
      for (Expr term : Algebra.arguments(base)) {
        terms.add(scale(all, term));
      }
      return sum(terms);
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
    Rational common = commonNumber(collected);
    if (common != null && !common.isOne()) {
      collected.replaceAll((base, number) -> number.times(common.reciprocal()));
      return algebra.conform(scale(common, build(collected)), shape);
    }
    return algebra.conform(build(collected), shape);
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
      Rational number = next.factor().times(inner.factor());
      Expr base = inner.base();
      List<Expr> nested = nestedTerms(base);
      if (nested != null) {
        for (int i = nested.size() - 1; i >= 0; i--) {
          open.push(new Scaled(number, nested.get(i)));
        }
      } else if (!Algebra.isZero(base) && number.signum() != 0) {
        collected.merge(base, number, Rational::plus);
      }
    }
    collected.values().removeIf(number -> number.signum() == 0);
    return collected;
  }

  /** Returns the terms of {@code node} if it is a sum or the transpose of one, else null. */
  private @Nullable List<Expr> nestedTerms(Expr node) {
    if (Algebra.is(node, Primitive.SUM)) {
      return Algebra.arguments(node);
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
   * Returns the number that may stand in front: all have its size, and its sign if most are
   * negative.
   */
  private static @Nullable Rational commonNumber(Map<Expr, Rational> collected) {
    if (collected.size() == 1) {
      return null;
    }
    Rational size = null;
    int negative = 0;
    for (Rational number : collected.values()) {
      Rational absolute = number.signum() < 0 ? number.negated() : number;
      if (size != null && !size.equals(absolute)) {
        return null;
      }
      size = absolute;
      negative += number.signum() < 0 ? 1 : 0;
    }
    return size == null || 2 * negative <= collected.size() ? size : size.negated();
  }

  private static boolean hasUnitNumbers(List<Expr> terms) {
    for (Expr term : terms) {
      if (term instanceof gradsmith.expr.Apply apply
          && apply.operator() instanceof Operator.Scale scale
          && !scale.factor().equals(Rational.MINUS_ONE)) {
        return false;
      }
      if (term instanceof Constant constant
          && constant.value() instanceof Constant.Value.Fill fill
          && !fill.value().isOne()
          && !fill.value().equals(Rational.MINUS_ONE)) {
        return false;
      }
    }
    return true;
  }

  private Expr build(Map<Expr, Rational> collected) {
    List<Expr> terms = new ArrayList<>();
    for (Map.Entry<Expr, Rational> entry : collected.entrySet()) {
      terms.add(scale(entry.getValue(), entry.getKey()));
    }
    if (terms.size() == 1) {
      return terms.getFirst();
    }
    Expr factored = factoring.factor(terms);
    if (factored != null) {
      return factored;
    }
    if (Orientation.shouldFlip(terms, algebra)) {
      terms.replaceAll(algebra::transpose);
      return algebra.transpose(algebra.node(Primitive.SUM, inOrder(terms)));
    }
    return algebra.node(Primitive.SUM, inOrder(terms));
  }

  private List<Expr> inOrder(List<Expr> terms) {
    List<Expr> result = new ArrayList<>(terms);
    result.sort(
        (a, b) -> Integer.compare(algebra.split(a).base().id(), algebra.split(b).base().id()));
    return result;
  }
}
