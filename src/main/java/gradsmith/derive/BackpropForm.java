package gradsmith.derive;

import gradsmith.expr.Apply;
import gradsmith.expr.Binding;
import gradsmith.expr.Constant;
import gradsmith.expr.Expr;
import gradsmith.expr.Expressions;
import gradsmith.expr.Graph;
import gradsmith.expr.Operator;
import gradsmith.expr.Operator.Primitive;
import gradsmith.expr.Variable;
import gradsmith.language.Program;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Names what the gradients of a program share: a value of the forward pass by a letter, a cotangent by d and the name of
 * what it is the cotangent of.
 */
final class BackpropForm {

  /** A part of a formula that nests deeper than this gets a name of its own. */
  private static final int DEPTH_LIMIT = 24;

  /** A closed form with more symbols, or deeper, is not for reading. */
  private static final int CLOSED_SIZE_LIMIT = 600;

  private static final int CLOSED_DEPTH_LIMIT = 100;

  private final Program program;
  private final Expressions expressions;
  private final Map<Expr, Expr> cotangents;
  private final List<Binding> forwardRaw;
  private final List<Binding> backwardRaw;
  private final List<Gradient> gradientsRaw;
  private final List<Expr> order;
  private final Set<Expr> primal = new HashSet<>();
  private final Map<Expr, Variable> names = new LinkedHashMap<>();
  private final Map<Expr, Expr> replaced = new HashMap<>();
  private final Naming naming;
  private final List<Binding> forward = new ArrayList<>();
  private final List<Binding> backward = new ArrayList<>();
  private final List<Gradient> gradients = new ArrayList<>();

  BackpropForm(
      Program program,
      List<Binding> forward,
      List<Binding> backward,
      Map<Expr, Expr> cotangents,
      List<Gradient> gradients) {
    this.program = program;
    this.expressions = program.expressions();
    this.forwardRaw = forward;
    this.backwardRaw = backward;
    this.cotangents = cotangents;
    this.gradientsRaw = gradients;
    List<Expr> roots = new ArrayList<>();
    for (Binding binding : forward) {
      roots.add(binding.value());
    }
    primal.addAll(Graph.postOrder(roots));
    for (Binding binding : backward) {
      roots.add(binding.value());
    }
    for (Gradient gradient : gradients) {
      roots.add(gradient.formula());
    }
    this.order = Graph.postOrder(roots);
    this.naming = new Naming(expressions, program.dimensions(), order);
    chooseNames();
    emit();
  }

  List<Binding> forward() {
    return forward;
  }

  List<Binding> backward() {
    return backward;
  }

  List<Gradient> gradients() {
    return gradients;
  }

  /** Tells whether the gradients can be read without names for their parts. */
  boolean isReadableClosed() {
    Map<Expr, Integer> sizes = new HashMap<>();
    Map<Expr, Integer> depths = new HashMap<>();
    for (Expr node : order) {
      int size = 1;
      int depth = 0;
      if (node instanceof Apply apply) {
        for (Expr argument : apply.arguments()) {
          size = Math.min(size + sizes.get(argument), CLOSED_SIZE_LIMIT + 1);
          depth = Math.max(depth, depths.get(argument));
        }
      }
      sizes.put(node, size);
      depths.put(node, depth + 1);
    }
    for (Gradient gradient : gradientsRaw) {
      if (sizes.get(gradient.formula()) > CLOSED_SIZE_LIMIT
          || depths.get(gradient.formula()) > CLOSED_DEPTH_LIMIT) {
        return false;
      }
    }
    return true;
  }

  private void chooseNames() {
    Map<Expr, Integer> uses = uses();
    Set<Expr> chosen = new LinkedHashSet<>();
    Map<Expr, Integer> sizes = new HashMap<>();
    Map<Expr, Integer> depths = new HashMap<>();
    for (Expr node : order) {
      int size = node instanceof Constant ? 0 : 1;
      int depth = 0;
      boolean varies = node instanceof Variable;
      if (node instanceof Apply apply) {
        for (Expr argument : apply.arguments()) {
          size += sizes.get(argument);
          depth = Math.max(depth, depths.get(argument) + 1);
          varies |= sizes.get(argument) > 0;
        }
      }
      boolean shared = uses.getOrDefault(node, 0) > 1 && size > 2;
      if (node instanceof Apply && varies && !isWrapper(node) && (shared || depth > DEPTH_LIMIT)) {
        chosen.add(node);
        size = 1;
        depth = 0;
      }
      sizes.put(node, varies ? size : 0);
      depths.put(node, depth);
    }
    Set<Expr> primalChosen = new LinkedHashSet<>();
    for (Expr node : chosen) {
      Expr of = cotangentOf(node);
      if (primal.contains(node)) {
        primalChosen.add(node);
      } else if (of instanceof Apply && primal.contains(of) && !isWrapper(of)) {
        primalChosen.add(of);
      }
    }
    for (Binding binding : forwardRaw) {
      names.putIfAbsent(binding.value(), binding.variable());
    }
    for (Expr node : order) {
      if (primalChosen.contains(node) && !names.containsKey(node)) {
        names.put(node, naming.primal(node));
      }
    }
    for (Expr node : order) {
      if (chosen.contains(node) && !names.containsKey(node)) {
        Expr of = cotangentOf(node);
        Variable name = of instanceof Variable variable ? variable : of == null ? null : names.get(of);
        names.put(node, naming.cotangent(name, shapeOf(node)));
      }
    }
  }

  /** Returns what {@code node} or its transpose is the cotangent of, or null. */
  private @org.jspecify.annotations.Nullable Expr cotangentOf(Expr node) {
    Expr of = cotangents.get(node);
    return of != null ? of : cotangents.get(transposed(node));
  }

  private Expr transposed(Expr node) {
    return expressions.apply(Primitive.TRANSPOSE, node);
  }

  /** A cotangent is named the way round that has the shape of what it is the cotangent of. */
  private Expr shapeOf(Expr node) {
    return isTurned(node) ? transposed(node) : node;
  }

  private boolean isTurned(Expr node) {
    return !cotangents.containsKey(node) && cotangents.containsKey(transposed(node));
  }

  private static boolean isWrapper(Expr node) {
    return node instanceof Apply apply
        && (apply.operator() == Primitive.TRANSPOSE || apply.operator() instanceof Operator.Scale);
  }

  /** Counts the places where each node is used, in gradients and where those need them, seen through wrappers. */
  private Map<Expr, Integer> uses() {
    Map<Expr, Integer> uses = new HashMap<>();
    List<Expr> roots = new ArrayList<>();
    for (Gradient gradient : gradientsRaw) {
      roots.add(gradient.formula());
    }
    for (Binding binding : backwardRaw) {
      roots.add(binding.value());
    }
    for (Expr root : roots) {
      use(root, uses);
    }
    for (Expr node : Graph.postOrder(roots)) {
      if (node instanceof Apply apply && !isWrapper(node)) {
        for (Expr argument : apply.arguments()) {
          use(argument, uses);
        }
      }
    }
    return uses;
  }

  private static void use(Expr node, Map<Expr, Integer> uses) {
    Expr bare = node;
    while (isWrapper(bare)) {
      bare = ((Apply) bare).argument(0);
    }
    uses.merge(bare, 1, Integer::sum);
  }

  private void emit() {
    Set<Variable> assigned = new HashSet<>();
    for (Binding binding : forwardRaw) {
      emitNamed(binding.value(), forward, assigned);
      if (binding.variable() != program.value() || assigned.contains(binding.variable())) {
        assignOnce(binding.variable(), binding.value(), forward, assigned);
      } else if (isUsedByName(binding)) {
        assignOnce(binding.variable(), binding.value(), forward, assigned);
      }
    }
    for (Binding binding : backwardRaw) {
      emitNamed(binding.value(), backward, assigned);
      backward.add(new Binding(binding.variable(), top(binding.value())));
    }
    for (Gradient gradient : gradientsRaw) {
      emitNamed(gradient.formula(), backward, assigned);
      gradients.add(new Gradient(gradient.variable(), reference(gradient.formula())));
    }
  }

  /** Tells whether the value itself stands in a gradient. */
  private boolean isUsedByName(Binding binding) {
    List<Expr> roots = new ArrayList<>();
    for (Gradient gradient : gradientsRaw) {
      roots.add(gradient.formula());
    }
    return binding.value() instanceof Apply && Graph.postOrder(roots).contains(binding.value());
  }

  private void emitNamed(Expr root, List<Binding> target, Set<Variable> assigned) {
    for (Expr node : Graph.postOrder(root)) {
      Variable name = names.get(node);
      if (name != null && node != root) {
        assignOnce(name, node, primal.contains(node) ? forward : target, assigned);
      }
    }
    Variable own = names.get(root);
    if (own != null && target == backward) {
      assignOnce(own, root, primal.contains(root) ? forward : target, assigned);
    }
  }

  private void assignOnce(Variable name, Expr node, List<Binding> target, Set<Variable> assigned) {
    if (assigned.add(name)) {
      Expr value = top(node);
      target.add(new Binding(name, isTurned(node) && !primal.contains(node) ? transposed(value) : value));
    }
  }

  /** Rebuilds {@code node} with names for its parts but not for itself. */
  private Expr top(Expr node) {
    if (!(node instanceof Apply apply)) {
      return node;
    }
    List<Expr> arguments = new ArrayList<>();
    for (Expr argument : apply.arguments()) {
      arguments.add(reference(argument));
    }
    return expressions.apply(apply.operator(), arguments);
  }

  /** Rebuilds {@code node} with names wherever there are names. */
  private Expr reference(Expr root) {
    for (Expr node : Graph.postOrder(root)) {
      if (replaced.containsKey(node)) {
        continue;
      }
      Variable name = names.get(node);
      if (name != null) {
        replaced.put(node, isTurned(node) && !primal.contains(node) ? transposed(name) : name);
      } else if (node instanceof Apply apply) {
        List<Expr> arguments = new ArrayList<>();
        for (Expr argument : apply.arguments()) {
          arguments.add(replaced.get(argument));
        }
        replaced.put(node, expressions.apply(apply.operator(), arguments));
      } else {
        replaced.put(node, node);
      }
    }
    return replaced.get(root);
  }
}
