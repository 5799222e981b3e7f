package gradsmith.emit;

import gradsmith.algebra.Algebra;
import gradsmith.algebra.Identities;
import gradsmith.expr.Apply;
import gradsmith.expr.Constant;
import gradsmith.expr.Expr;
import gradsmith.expr.Expressions;
import gradsmith.expr.FunctionSymbol;
import gradsmith.expr.Graph;
import gradsmith.expr.Lambda;
import gradsmith.expr.Operator;
import gradsmith.expr.Rational;
import gradsmith.expr.Variable;
import gradsmith.rules.FunctionRules;
import gradsmith.rules.Occurrence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Says the adjoint of a function by the target's word for it where the formulas spell it out. As
 * such a word takes what the function's own call has saved, that is said by its word, too.
 */
final class AdjointWords {

  /** The adjoint of {@code call}, said by {@code word}. */
  private record Found(JointWord word, Apply call, Occurrence occurrence) {}

  private final Expressions expressions;
  private final Target target;
  private final Map<Expr, Found> found = new HashMap<>();
  private final Map<Expr, JointWord> saving = new HashMap<>();
  private final Map<Expr, Expr> said = new HashMap<>();

  /**
   * Looks for adjoints in {@code roots}.
   *
   * @param definitions what variables stand for
   */
  AdjointWords(
      Expressions expressions,
      FunctionRules rules,
      Target target,
      Map<Variable, Expr> definitions,
      List<Expr> roots) {
    this.expressions = expressions;
    this.target = target;
    List<Expr> order = Graph.postOrder(roots);
    Algebra algebra = new Algebra(expressions, Identities.NONE);
    for (FunctionSymbol symbol : symbols(order)) {
      Lambda adjoint = rules.adjoint(symbol, 0);
      for (Expr node : order) {
        Occurrence occurrence =
            node instanceof Apply apply
                ? Occurrence.of(adjoint, apply, definitions, algebra)
                : null;
        if (occurrence != null) {
          add(node, symbol, occurrence);
        }
      }
    }
    for (Expr node : order) {
      said.put(node, node instanceof Apply apply ? said(apply) : node);
    }
  }

  /** Returns {@code root} with the target's words. */
  Expr said(Expr root) {
    return Objects.requireNonNull(said.get(root));
  }

  private Set<FunctionSymbol> symbols(List<Expr> order) {
    Set<FunctionSymbol> symbols = new LinkedHashSet<>();
    for (Expr node : order) {
      if (node instanceof Apply apply
          && apply.operator() instanceof Operator.Function function
          && target.jointWord(function.symbol()) != null) {
        symbols.add(function.symbol());
      }
    }
    return symbols;
  }

  /** A library takes plain numbers for parameters, and does not repeat a cotangent. */
  private void add(Expr node, FunctionSymbol symbol, Occurrence occurrence) {
    List<Expr> arguments = occurrence.arguments().subList(0, symbol.arity());
    Expr cotangent = occurrence.arguments().getLast();
    boolean plain = cotangent.shape().equals(arguments.getFirst().shape());
    for (int i = 0; i < arguments.size(); i++) {
      boolean number = symbol.signature().parameters().get(i).isEmpty();
      plain &= !number || arguments.get(i) instanceof Constant;
    }
    if (plain) {
      Apply call = expressions.apply(new Operator.Function(symbol), arguments);
      JointWord word = Objects.requireNonNull(target.jointWord(symbol));
      found.put(node, new Found(word, call, occurrence));
      saving.put(call, word);
    }
  }

  private Expr said(Apply node) {
    Found adjoint = found.get(node);
    JointWord word = saving.get(node);
    if (adjoint == null) {
      return word == null
          ? made(node.operator(), all(node.arguments()))
          : call(word.value(), all(node.arguments()));
    }
    List<Expr> parts = all(adjoint.occurrence.before());
    parts.add(call(adjoint));
    parts.addAll(all(adjoint.occurrence.after()));
    Expr product = parts.size() == 1 ? parts.getFirst() : expressions.apply(node.operator(), parts);
    return scaled(adjoint.occurrence.factor(), product);
  }

  private Expr made(Operator operator, List<Expr> arguments) {
    return operator instanceof Operator.Scale scale
        ? scaled(scale.factor(), arguments.getFirst())
        : expressions.apply(operator, arguments);
  }

  /** Returns {@code factor} times {@code node}, whose own number is taken with it. */
  private Expr scaled(Rational factor, Expr node) {
    if (node instanceof Apply apply && apply.operator() instanceof Operator.Scale scale) {
      return scaled(factor.times(scale.factor()), apply.argument(0));
    }
    return factor.isOne() ? node : expressions.apply(new Operator.Scale(factor), List.of(node));
  }

  private Expr call(Found adjoint) {
    List<Expr> arguments = all(adjoint.call.arguments());
    List<Expr> operands = new ArrayList<>(List.of(said(adjoint.occurrence.arguments().getLast())));
    operands.addAll(arguments);
    adjoint.word.saved().forEach(saved -> operands.add(call(saved, arguments)));
    return call(adjoint.word.adjoint(), operands);
  }

  private Expr call(FunctionSymbol function, List<Expr> arguments) {
    return expressions.apply(new Operator.Function(function), arguments);
  }

  private List<Expr> all(List<Expr> nodes) {
    List<Expr> all = new ArrayList<>();
    nodes.forEach(node -> all.add(said(node)));
    return all;
  }
}
