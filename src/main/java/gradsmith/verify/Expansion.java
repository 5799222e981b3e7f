package gradsmith.verify;

import gradsmith.algebra.Algebra;
import gradsmith.expr.Apply;
import gradsmith.expr.Expr;
import gradsmith.expr.Graph;
import gradsmith.expr.Operator;
import gradsmith.expr.Operator.Primitive;
import gradsmith.expr.Rational;
import gradsmith.rules.Assumptions;
import gradsmith.rules.Instantiation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A formula as someone would have it who takes out no common factors: a sum of single terms. */
final class Expansion {

  /** What has more terms than this is left as it is. */
  private static final int MOST_TERMS = 24;

  private static final int MOST_NODES = 2000;

  private final Algebra algebra;

  /** Expands in the session of {@code suspect}. */
  Expansion(Suspect suspect) {
    this(
        new Algebra(
            suspect.program().expressions(),
            suspect
                .identities()
                .session(
                    Assumptions.of(suspect.program(), suspect.by()),
                    (identity, before, after) -> {})));
  }

  /** Expands with {@code algebra}. */
  Expansion(Algebra algebra) {
    this.algebra = algebra;
  }

  /** Returns the terms of {@code formula} in normal form, each with the number in front of it. */
  Map<Expr, Rational> of(Expr formula) {
    Map<Expr, List<Expr>> expanded = new HashMap<>();
    List<Expr> nodes = Graph.postOrder(formula);
    for (Expr node : nodes) {
      boolean linear =
          node instanceof Apply apply && nodes.size() <= MOST_NODES && isLinear(apply.operator());
      expanded.put(node, linear ? terms((Apply) node, expanded) : List.of(node));
    }
    Map<Expr, Rational> numbers = new LinkedHashMap<>();
    Instantiation normal = new Instantiation(algebra);
    for (Expr term : Objects.requireNonNull(expanded.get(formula))) {
      Expr made = normal.build(term);
      Rational number = Rational.ONE;
      if (made instanceof Apply apply && apply.operator() instanceof Operator.Scale scale) {
        number = scale.factor();
        made = apply.argument(0);
      }
      numbers.merge(made, number, Rational::plus);
    }
    numbers.values().removeIf(number -> number.equals(Rational.ZERO));
    numbers.keySet().removeIf(Algebra::isZero);
    return numbers;
  }

  /** Returns the sum of {@code terms}. */
  Expr sum(List<Expr> terms) {
    return algebra.sum(terms);
  }

  /** Returns {@code number} times {@code term}. */
  Expr times(Rational number, Expr term) {
    return algebra.scale(number, term);
  }

  private List<Expr> terms(Apply apply, Map<Expr, List<Expr>> expanded) {
    List<List<Expr>> chosen = List.of(List.of());
    List<Expr> terms = new ArrayList<>();
    for (Expr argument : apply.arguments()) {
      List<Expr> choices = Objects.requireNonNull(expanded.get(argument));
      if (apply.operator() == Primitive.SUM) {
        terms.addAll(choices);
        continue;
      }
      List<List<Expr>> longer = new ArrayList<>();
      for (List<Expr> before : chosen) {
        for (Expr choice : choices) {
          List<Expr> next = new ArrayList<>(before);
          next.add(choice);
          longer.add(next);
        }
      }
      chosen = longer;
      if (chosen.size() > MOST_TERMS) {
        return List.of(apply);
      }
    }
    if (apply.operator() != Primitive.SUM) {
      chosen.forEach(
          arguments -> terms.add(algebra.expressions().apply(apply.operator(), arguments)));
    }
    return terms.size() > MOST_TERMS ? List.of(apply) : terms;
  }

  private static boolean isLinear(Operator operator) {
    return switch (operator) {
      case Operator.Function function -> false;
      case Operator.Unknown unknown -> false;
      case Operator.Primitive primitive -> primitive != Primitive.POWER;
      case Operator.Scale scale -> true;
      case Operator.AxisSum sum -> true;
      case Operator.NewAxis axis -> true;
      case Operator.Unvec unvec -> true;
      case Operator.BlockContraction contraction -> true;
    };
  }
}
