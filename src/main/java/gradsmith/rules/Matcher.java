package gradsmith.rules;

import gradsmith.algebra.Algebra;
import gradsmith.expr.Apply;
import gradsmith.expr.Constant;
import gradsmith.expr.Expr;
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
import org.jspecify.annotations.Nullable;

/**
 * Matches a pattern, whose variables are holes, against an expression; both are normal forms.
 * Inside, sums and elementwise products match in any order. At the top a pattern may match some of
 * the terms of a sum, some of the factors of an elementwise product, or a run of the factors of a
 * matrix product; inside, a product of two may match a longer one. It recurses over the pattern
 * only.
 */
final class Matcher {

  private record MadeLength(Polynomial schematic, Polynomial length) {}

  /** What the holes stand for, and what is left over at the top. */
  record Match(Map<Variable, Expr> values, List<Expr> before, List<Expr> after) {}

  private final Algebra algebra;

  /** What variables stand for that the pattern may take for it. */
  private final Map<Variable, Expr> definitions;

  private final Map<Variable, Expr> values = new HashMap<>();
  private final Map<String, Polynomial> lengths = new HashMap<>();

  /** The sums and products of lengths in the pattern, and what they are to be. */
  private final List<MadeLength> madeLengths = new ArrayList<>();

  /** The keys of all in the order of their binding, so that a failed attempt can be undone. */
  private final List<Object> trail = new ArrayList<>();

  Matcher(Algebra algebra) {
    this(algebra, Map.of());
  }

  /** Matches operations, too, where the expression has a name of {@code definitions} for them. */
  Matcher(Algebra algebra, Map<Variable, Expr> definitions) {
    this.algebra = algebra;
    this.definitions = definitions;
  }

  /**
   * Matches {@code pattern} with {@code node} or a part of it that can be replaced by itself. What
   * was matched before is forgotten.
   */
  @Nullable Match matchTop(Expr pattern, Apply node) {
    undo(0);
    Match match = matched(pattern, node);
    return match == null || !madeLengthsMatch() ? null : match;
  }

  private @Nullable Match matched(Expr pattern, Apply node) {
    if (!(pattern instanceof Apply top)
        || !top.operator().equals(node.operator())
        || !hasParts(node.arguments(), top.arguments())) {
      return null;
    }
    if (top.operator() == Primitive.PRODUCT) {
      return matchRun(top.arguments(), node.arguments());
    }
    if (top.operator() == Primitive.SUM || top.operator() == Primitive.HADAMARD) {
      List<Expr> rest = new ArrayList<>(node.arguments());
      return matchSome(top.arguments(), 0, rest) ? new Match(values, List.of(), rest) : null;
    }
    return matchEach(top.arguments(), node.arguments())
        ? new Match(values, List.of(), List.of())
        : null;
  }

  /** Tells, before any hole is bound, whether there is a node for each operation of a pattern. */
  private boolean hasParts(List<Expr> nodes, List<Expr> patterns) {
    for (Expr pattern : patterns) {
      if (pattern instanceof Apply apply
          && apply.operator() != Primitive.TRANSPOSE // these two match what is none
          && !(apply.operator() instanceof Operator.Scale)
          && !hasOne(nodes, apply.operator())) {
        return false;
      }
    }
    return true;
  }

  private boolean hasOne(List<Expr> nodes, Operator operator) {
    for (Expr node : nodes) {
      if (node instanceof Apply apply && apply.operator().equals(operator)
          || node instanceof Variable && definitions.containsKey(node)) {
        return true;
      }
    }
    return false;
  }

  private @Nullable Match matchRun(List<Expr> patterns, List<Expr> factors) {
    int patternScalars = scalars(patterns);
    int factorScalars = scalars(factors);
    List<Expr> chain = patterns.subList(patternScalars, patterns.size());
    for (int start = factorScalars; start + chain.size() <= factors.size(); start++) {
      undo(0);
      List<Expr> rest = new ArrayList<>(factors.subList(0, factorScalars));
      if (matchEach(chain, factors.subList(start, start + chain.size()))
          && matchSome(patterns.subList(0, patternScalars), 0, rest)) {
        rest.addAll(factors.subList(factorScalars, start));
        return new Match(values, rest, factors.subList(start + chain.size(), factors.size()));
      }
    }
    return null;
  }

  private void undo(int before) {
    while (trail.size() > before) {
      Object key = trail.removeLast();
      if (key instanceof Variable hole) {
        values.remove(hole);
      } else if (key instanceof MadeLength) {
        madeLengths.removeLast();
      } else {
        lengths.remove(key);
      }
    }
  }

  private static int scalars(List<Expr> factors) {
    int count = 0;
    while (count < factors.size() && factors.get(count).shape().isScalarMatrix()) {
      count++;
    }
    return count;
  }

  /**
   * Matches each pattern from {@code index} on with one of {@code rest}, which it is taken out of.
   */
  private boolean matchSome(List<Expr> patterns, int index, List<Expr> rest) {
    if (index == patterns.size()) {
      return true;
    }
    for (int i = 0; i < rest.size(); i++) {
      int before = trail.size();
      if (match(patterns.get(index), rest.get(i))) {
        Expr taken = rest.remove(i);
        if (matchSome(patterns, index + 1, rest)) {
          return true;
        }
        rest.add(i, taken);
      }
      undo(before);
    }
    return false;
  }

  private boolean matchEach(List<Expr> patterns, List<Expr> nodes) {
    if (patterns.size() != nodes.size()) {
      return false;
    }
    for (int i = 0; i < patterns.size(); i++) {
      if (!match(patterns.get(i), nodes.get(i))) {
        return false;
      }
    }
    return true;
  }

  private boolean match(Expr pattern, Expr node) {
    return switch (pattern) {
      case Variable hole -> matchHole(hole, node);
      case Constant constant -> matchConstant(constant.value(), node);
      case Apply apply -> matchApply(apply, node);
    };
  }

  private boolean matchHole(Variable hole, Expr node) {
    Expr known = values.get(hole);
    if (known != null) {
      return known == node;
    }
    if (!matchShape(hole.shape(), node.shape())) {
      return false;
    }
    values.put(hole, node);
    trail.add(hole);
    return true;
  }

  private boolean matchShape(Shape schematic, Shape shape) {
    return matchLength(schematic.rows(), shape.rows())
        && matchLength(schematic.columns(), shape.columns());
  }

  private boolean matchLength(Polynomial schematic, Polynomial length) {
    String name = schematic.name();
    if (name == null) {
      return schematic.isNumber() ? schematic.equals(length) : matchLater(schematic, length);
    }
    Polynomial known = lengths.putIfAbsent(name, length);
    if (known == null) {
      trail.add(name);
    }
    return known == null || known.equals(length);
  }

  /** The names in a sum or product may only be bound by what is matched later. */
  private boolean matchLater(Polynomial schematic, Polynomial length) {
    MadeLength made = new MadeLength(schematic, length);
    madeLengths.add(made);
    trail.add(made);
    return true;
  }

  private boolean madeLengthsMatch() {
    for (MadeLength made : madeLengths) {
      if (!made.schematic.with(lengths::get).equals(made.length)) {
        return false;
      }
    }
    return true;
  }

  private boolean matchConstant(Constant.Value pattern, Expr node) {
    if (pattern instanceof Constant.Value.Size size) {
      Polynomial length = SizeExpressions.polynomial(node);
      return length != null && matchLength(Polynomial.of(size.dimension()), length);
    }
    return node instanceof Constant constant && matchConstant(pattern, constant.value());
  }

  private boolean matchConstant(Constant.Value pattern, Constant.Value value) {
    return switch (pattern) {
      case Constant.Value.Fill fill ->
          value instanceof Constant.Value.Fill other
              && fill.value().equals(other.value())
              && matchShape(fill.shape(), other.shape());
      case Constant.Value.Identity identity ->
          value instanceof Constant.Value.Identity other
              && matchLength(identity.size(), other.size());
      case Constant.Value.Commutation commutation ->
          value instanceof Constant.Value.Commutation other
              && matchLength(commutation.rows(), other.rows())
              && matchLength(commutation.columns(), other.columns());
      case Constant.Value.Size size -> value.equals(size);
      case Constant.Value.Pi pi -> value instanceof Constant.Value.Pi;
    };
  }

  private boolean matchApply(Apply pattern, Expr node) {
    if (node instanceof Variable name && definitions.containsKey(name)) {
      return matchApply(pattern, definitions.get(name));
    }
    if (pattern.operator() == Primitive.TRANSPOSE) {
      return match(pattern.argument(0), algebra.transpose(node));
    }
    if (pattern.operator() instanceof Operator.Scale scale
        && scale.factor().equals(Rational.MINUS_ONE)) {
      return match(pattern.argument(0), algebra.negated(node));
    }
    if (!(node instanceof Apply apply) || !pattern.operator().equals(apply.operator())) {
      return false;
    }
    if (pattern.operator() == Primitive.SUM || pattern.operator() == Primitive.HADAMARD) {
      List<Expr> parts = parts(apply, pattern.arguments().size());
      return pattern.arguments().size() == parts.size() && matchSome(pattern.arguments(), 0, parts);
    }
    return pattern.operator() == Primitive.PRODUCT && pattern.arguments().size() == 2
        ? matchSplit(pattern, apply.arguments())
        : matchEach(pattern.arguments(), apply.arguments());
  }

  /** Returns the terms or factors of {@code node}, with those of names while they are too few. */
  private List<Expr> parts(Apply node, int wanted) {
    List<Expr> parts = new ArrayList<>(node.arguments());
    for (int i = 0; i < parts.size() && parts.size() < wanted; i++) {
      Expr definition = parts.get(i) instanceof Variable name ? definitions.get(name) : null;
      if (definition instanceof Apply apply && apply.operator().equals(node.operator())) {
        parts.remove(i);
        parts.addAll(i, apply.arguments());
        i--;
      }
    }
    return parts;
  }

  /** Matches a product of two with a longer one, cut in two where that fits. */
  private boolean matchSplit(Apply pattern, List<Expr> factors) {
    int before = trail.size();
    for (int cut = 1; cut < factors.size(); cut++) {
      if (match(pattern.argument(0), algebra.product(factors.subList(0, cut)))
          && match(pattern.argument(1), algebra.product(factors.subList(cut, factors.size())))) {
        return true;
      }
      undo(before);
    }
    return false;
  }
}
