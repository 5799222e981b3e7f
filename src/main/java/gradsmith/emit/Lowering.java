package gradsmith.emit;

import gradsmith.expr.Apply;
import gradsmith.expr.Binding;
import gradsmith.expr.Constant;
import gradsmith.expr.Expr;
import gradsmith.expr.Expressions;
import gradsmith.expr.FunctionSymbol;
import gradsmith.expr.Graph;
import gradsmith.expr.Lambda;
import gradsmith.expr.Operator;
import gradsmith.expr.Operator.Primitive;
import gradsmith.expr.Variable;
import gradsmith.rules.FunctionRules;
import gradsmith.rules.Instantiation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Copies a graph into a session of its own, with definitions for the functions that a target has no
 * word for, and with products of two.
 */
final class Lowering {

  private final Expressions expressions = new Expressions();
  private final ChainOrder chains = new ChainOrder(expressions);
  private final FunctionRules rules;
  private final Target target;
  private final Map<Expr, Expr> copies = new HashMap<>();
  private final Map<Expr, Expr> lowered = new HashMap<>();
  private final Set<Expr> present = new HashSet<>();
  private final Map<Expr, Expr> sharing = new HashMap<>();
  private final Map<Expr, Expr> ordered = new HashMap<>();

  Lowering(FunctionRules rules, Target target) {
    this.rules = rules;
    this.target = target;
  }

  /** Returns the values of {@code bindings}, and then {@code others}, in the target's terms. */
  List<Expr> lower(List<Binding> bindings, List<Expr> others) throws NotEmittableException {
    List<Expr> roots = new ArrayList<>();
    Map<Variable, Expr> definitions = new HashMap<>();
    for (Binding binding : bindings) {
      roots.add(copy(binding.value()));
      definitions.put((Variable) copy(binding.variable()), roots.getLast());
    }
    for (Expr other : others) {
      roots.add(copy(other));
    }
    AdjointWords words = new AdjointWords(expressions, rules, target, definitions, roots);
    List<Expr> plain = new ArrayList<>();
    for (Expr root : roots) {
      plain.add(defined(words.said(root)));
    }
    present.addAll(Graph.postOrder(plain));
    List<Expr> result = new ArrayList<>();
    for (Expr root : plain) {
      result.add(shared(root));
    }
    result = new Tidying(expressions, result).tidied();
    result = new SharedFactors(expressions, Primitive.HADAMARD).shared(result);
    result = new SharedFactors(expressions, Primitive.PRODUCT).shared(result);
    for (Expr node : Graph.postOrder(result)) {
      if (node instanceof Apply apply && apply.operator() == Primitive.PRODUCT) {
        List<Expr> chain = Factors.matrices(apply);
        if (chain.size() > 1) {
          chains.add(chain);
        }
      }
    }
    chains.share();
    return new Orientation(expressions).turned(result.stream().map(this::ordered).toList());
  }

  private Expr copy(Expr root) {
    for (Expr node : Graph.postOrder(root)) {
      if (!copies.containsKey(node)) {
        copies.put(
            node,
            switch (node) {
              case Variable variable ->
                  expressions.variable(
                      variable.name(), variable.shape(), variable.rank(), variable.properties());
              case Constant constant ->
                  expressions.constant(
                      constant.value(), UnaryOperator.identity(), expressions::apply);
              case Apply apply -> expressions.apply(apply.operator(), all(apply, copies));
            });
      }
    }
    return Objects.requireNonNull(copies.get(root));
  }

  private static List<Expr> all(Apply node, Map<Expr, Expr> made) {
    List<Expr> arguments = new ArrayList<>();
    for (Expr argument : node.arguments()) {
      arguments.add(Objects.requireNonNull(made.get(argument)));
    }
    return arguments;
  }

  /** Puts definitions in the place of what the target has no word for. */
  private Expr defined(Expr root) throws NotEmittableException {
    for (Expr node : Graph.postOrder(root)) {
      if (!lowered.containsKey(node)) {
        lowered.put(node, node instanceof Apply apply ? defined(apply, all(apply, lowered)) : node);
      }
    }
    return Objects.requireNonNull(lowered.get(root));
  }

  private Expr defined(Apply node, List<Expr> arguments) throws NotEmittableException {
    if (node.operator() instanceof Operator.Unknown unknown) {
      throw new NotEmittableException(
          "the function " + unknown.name() + " has no definition that could be emitted",
          unknown.name(),
          "define it: " + unknown.name() + "(A) = …");
    }
    if (!(node.operator() instanceof Operator.Function function)
        || target.has(Target.key(function.symbol()))
        || isWord(function.symbol())) {
      return expressions.apply(node.operator(), arguments);
    }
    Lambda definition = rules.definition(function.symbol());
    if (definition == null) {
      throw target.lacking(Target.key(function.symbol()), function.symbol().name(), null);
    }
    return defined(called(definition, arguments)); // definitions nest a few levels deep
  }

  /**
   * Tells whether {@code function} is a word of the target for what the library has no name for.
   */
  private boolean isWord(FunctionSymbol function) {
    return rules.library().entry(function.name(), function.arity()) == null;
  }

  /** Puts definitions in the place of functions where these use what is computed anyway. */
  private Expr shared(Expr root) throws NotEmittableException {
    for (Expr node : Graph.postOrder(root)) {
      if (!sharing.containsKey(node)) {
        sharing.put(node, node instanceof Apply apply ? shared(apply) : node);
      }
    }
    return Objects.requireNonNull(sharing.get(root));
  }

  private Expr shared(Apply node) throws NotEmittableException {
    Expr definition = definition(node);
    if (definition == null || !usesWhatIsPresent(definition)) {
      return expressions.apply(node.operator(), all(node, sharing));
    }
    for (Expr part : Graph.postOrder(definition)) {
      if (part instanceof Apply apply && !sharing.containsKey(part)) {
        sharing.put(part, expressions.apply(apply.operator(), all(apply, sharing)));
      } else {
        sharing.putIfAbsent(part, part);
      }
    }
    return Objects.requireNonNull(sharing.get(definition));
  }

  /** Returns what a function with a word in the target is defined as, or null. */
  private @Nullable Expr definition(Apply node) throws NotEmittableException {
    if (!(node.operator() instanceof Operator.Function function) || isWord(function.symbol())) {
      return null;
    }
    Lambda definition = rules.definition(function.symbol());
    return definition == null ? null : defined(called(definition, node.arguments()));
  }

  private Expr called(Lambda lambda, List<Expr> arguments) {
    Instantiation instantiation = Instantiation.plain(expressions);
    for (int i = 0; i < arguments.size(); i++) {
      instantiation.bind(lambda.parameters().get(i), arguments.get(i));
    }
    return instantiation.build(lambda.body());
  }

  private boolean usesWhatIsPresent(Expr definition) {
    for (Expr part : Graph.postOrder(definition)) {
      if (part instanceof Apply apply
          && apply.operator() instanceof Operator.Function
          && present.contains(part)) {
        return true;
      }
    }
    return false;
  }

  /** Returns {@code root} with products of scalars and at most two matrices. */
  private Expr ordered(Expr root) {
    for (Expr node : Graph.postOrder(root)) {
      if (!ordered.containsKey(node)) {
        ordered.put(node, node instanceof Apply apply ? ordered(apply) : node);
      }
    }
    return Objects.requireNonNull(ordered.get(root));
  }

  private Expr ordered(Apply node) {
    if (node.operator() != Primitive.PRODUCT) {
      return expressions.apply(node.operator(), all(node, ordered));
    }
    List<Expr> chain = Factors.matrices(node);
    int scalars = node.arguments().size() - chain.size();
    if (chain.size() < 2) {
      return expressions.apply(Primitive.PRODUCT, all(node, ordered));
    }
    Expr product = orderedFactors(chains.order(chain));
    if (scalars == 0) {
      return product;
    }
    List<Expr> factors = new ArrayList<>();
    for (Expr scalar : node.arguments().subList(0, scalars)) {
      factors.add(Objects.requireNonNull(ordered.get(scalar)));
    }
    factors.add(product);
    return expressions.apply(Primitive.PRODUCT, factors);
  }

  /**
   * The factors of a tree of products of two, which may be deep, are still to be ordered inside.
   */
  private Expr orderedFactors(Expr tree) {
    Deque<Expr> open = new ArrayDeque<>(List.of(tree));
    while (!open.isEmpty()) {
      Expr node = open.peek();
      if (ordered.containsKey(node)) {
        open.pop();
        continue;
      }
      Apply product = (Apply) node;
      int before = open.size();
      product.arguments().stream().filter(part -> !ordered.containsKey(part)).forEach(open::push);
      if (open.size() == before) {
        ordered.put(node, expressions.apply(product.operator(), all(product, ordered)));
      }
    }
    return Objects.requireNonNull(ordered.get(tree));
  }
}
