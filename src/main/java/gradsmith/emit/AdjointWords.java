package gradsmith.emit;

import gradsmith.algebra.Algebra;
import gradsmith.algebra.Identities;
import gradsmith.expr.Apply;
import gradsmith.expr.Constant;
import gradsmith.expr.Expr;
import gradsmith.expr.Expressions;
import gradsmith.expr.FunctionSymbol;
import gradsmith.expr.Graph;
import gradsmith.expr.Operator;
import gradsmith.expr.Rational;
import gradsmith.expr.Variable;
import gradsmith.rules.CallPattern;
import gradsmith.rules.FunctionRules;
import gradsmith.rules.Occurrence;
import gradsmith.shape.Polynomial;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says functions and their adjoints by a target's words for them where the formulas spell them out:
 * a word for the adjoints takes what the word for the function has saved.
 */
final class AdjointWords {

  /**
   * A place that a word says.
   *
   * @param result what the word gives for it
   * @param cotangent that of the value if an adjoint is said, else null
   * @param arguments those of the function
   * @param saved what of the call's is needed for it
   * @param among the other factors or terms there, and the number in front
   */
  private record Said(
      FunctionSymbol result,
      @Nullable Expr cotangent,
      List<Expr> arguments,
      List<FunctionSymbol> saved,
      Occurrence among) {}

  /** A call of a function of {@code arguments}, with its value and its adjoints. */
  private record Call(List<Expr> arguments, Expr node, Said value, Map<Expr, Said> adjoints) {}

  private final Expressions expressions;
  private final FunctionRules rules;
  private final Map<Variable, Expr> definitions;
  private final List<Expr> order;
  private final Algebra algebra;

  /** The calls by their first argument. */
  private final Map<Expr, List<Call>> calls = new LinkedHashMap<>();

  private final Map<Expr, Said> found = new HashMap<>();
  private final Map<Expr, Expr> said = new HashMap<>();

  /**
   * Looks for what {@code target} has words for in {@code roots}.
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
    this.rules = rules;
    this.definitions = definitions;
    algebra = new Algebra(expressions, Identities.NONE);
    List<AdjointWord> words = target.adjointWords(rules);
    order = words.isEmpty() ? List.of() : Graph.postOrder(roots);
    words.forEach(this::find);
    for (List<Call> some : calls.values()) {
      for (Call call : some) {
        found.put(call.node, call.value);
        found.putAll(call.adjoints);
      }
    }
    for (Expr node : found.isEmpty() ? List.<Expr>of() : order) {
      said.put(node, node instanceof Apply apply ? said(apply) : node);
    }
  }

  /** Returns {@code root} with the target's words. */
  Expr said(Expr root) {
    return said.getOrDefault(root, root);
  }

  private void find(AdjointWord word) {
    List<List<Polynomial>> none = Collections.nCopies(word.function().arity(), List.of());
    CallPattern pattern = CallPattern.of(word.function(), none, rules);
    Map<List<List<Polynomial>>, AdjointOccurrences> known = new HashMap<>();
    for (Expr node : order) {
      Occurrence value =
          node instanceof Apply apply
              ? Occurrence.of(pattern.value(), apply, definitions, algebra)
              : null;
      if (value != null && value.factor().isOne() && numbersAreConstant(pattern, value)) {
        List<Expr> arguments = new ArrayList<>();
        pattern.arguments().forEach(hole -> arguments.add(value.arguments().get(hole)));
        AdjointOccurrences occurrences =
            known.computeIfAbsent(
                arguments.stream().map(argument -> argument.shape().leading()).toList(),
                leading ->
                    new AdjointOccurrences(
                        CallPattern.of(word.function(), leading, rules),
                        order,
                        definitions,
                        algebra));
        FunctionSymbol saving = word.saving().results().getFirst();
        Map<Expr, Said> adjoints = adjoints(word, arguments, occurrences.of(arguments));
        Said call = new Said(saving, null, arguments, List.of(), value);
        add(new Call(arguments, node, call, adjoints));
      }
    }
  }

  private static Map<Expr, Said> adjoints(
      AdjointWord word, List<Expr> arguments, List<AdjointOccurrences.Place> places) {
    List<FunctionSymbol> saving = word.saving().results();
    Map<Expr, Said> adjoints = new LinkedHashMap<>();
    for (AdjointOccurrences.Place place : places) {
      adjoints.put(
          place.node(),
          new Said(
              word.adjoint().results().get(place.index()),
              place.cotangent(),
              arguments,
              saving.subList(1, saving.size()),
              place.occurrence()));
    }
    return adjoints;
  }

  /** Adds {@code call} if it says all adjoints that earlier ones of the same arguments say. */
  private void add(Call call) {
    List<Call> known =
        calls.computeIfAbsent(call.arguments.getFirst(), unused -> new ArrayList<>());
    List<Call> parts =
        known.stream().filter(other -> call.arguments.containsAll(other.arguments)).toList();
    boolean saysAll =
        parts.stream().allMatch(part -> call.adjoints.keySet().containsAll(part.adjoints.keySet()));
    if (saysAll && !call.adjoints.isEmpty()) {
      known.removeAll(parts);
      known.add(call);
    }
  }

  /** Libraries take plain numbers for numbers. */
  private static boolean numbersAreConstant(CallPattern pattern, Occurrence occurrence) {
    return pattern.arguments().stream()
        .filter(hole -> hole.rank() == 0)
        .allMatch(hole -> occurrence.arguments().get(hole) instanceof Constant);
  }

  private Expr said(Apply node) {
    Said word = found.get(node);
    List<Expr> arguments = all(node.arguments());
    if (word == null) {
      return node.operator() instanceof Operator.Scale scale
          ? scaled(scale.factor(), arguments.getFirst())
          : expressions.apply(node.operator(), arguments);
    }
    List<Expr> taken = all(word.arguments);
    List<Expr> operands = new ArrayList<>(taken);
    if (word.cotangent != null) {
      operands.addFirst(said(word.cotangent));
    }
    word.saved.forEach(symbol -> operands.add(call(symbol, taken)));
    List<Expr> parts = all(word.among.before());
    parts.add(call(word.result, operands));
    parts.addAll(all(word.among.after()));
    Expr product = parts.size() == 1 ? parts.getFirst() : expressions.apply(node.operator(), parts);
    return scaled(word.among.factor(), product);
  }

  /** Returns {@code factor} times {@code node}, whose own number is taken with it. */
  private Expr scaled(Rational factor, Expr node) {
    if (node instanceof Apply apply && apply.operator() instanceof Operator.Scale scale) {
      return scaled(factor.times(scale.factor()), apply.argument(0));
    }
    return factor.isOne() ? node : expressions.apply(new Operator.Scale(factor), List.of(node));
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
