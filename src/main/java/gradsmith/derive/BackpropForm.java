package gradsmith.derive;

import gradsmith.algebra.Algebra;
import gradsmith.derive.Intermediate.Role;
import gradsmith.expr.Apply;
import gradsmith.expr.Binding;
import gradsmith.expr.Constant;
import gradsmith.expr.Expr;
import gradsmith.expr.Expressions;
import gradsmith.expr.Graph;
import gradsmith.expr.Operator;
import gradsmith.expr.Property;
import gradsmith.expr.Variable;
import gradsmith.expr.Vectors;
import gradsmith.language.Program;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Names what the gradients of a program share: a value of the forward pass by a letter, a cotangent
 * by d and the name of what it is the cotangent of, any other part by a number.
 */
final class BackpropForm {

  /** A part of a formula that nests deeper than this gets a name of its own. */
  private static final int DEPTH_LIMIT = 24;

  private final Program program;
  private final Algebra algebra;
  private final Expressions expressions;
  private final List<Binding> assignments;
  private final List<Intermediate> cotangents;
  private final List<Derivative> formulas;
  private final List<Expr> backwardRoots = new ArrayList<>();
  private final Set<Expr> usedBackward;
  private final Set<Expr> primal;
  private final List<Expr> order;
  private final Map<Expr, Variable> names = new LinkedHashMap<>();
  private final Map<Variable, Variable> partNames = new HashMap<>();
  private final Map<Expr, Expr> replaced = new HashMap<>();
  private final Set<Variable> written = new HashSet<>();
  private final List<Binding> forward = new ArrayList<>();
  private final List<Binding> backward = new ArrayList<>();
  private final List<Derivative> gradients = new ArrayList<>();

  BackpropForm(
      Program program,
      List<Binding> assignments,
      List<Intermediate> cotangents,
      List<Derivative> formulas,
      Algebra algebra) {
    this.program = program;
    this.algebra = algebra;
    this.expressions = program.expressions();
    this.assignments = assignments;
    this.cotangents = cotangents;
    this.formulas = formulas;
    List<Expr> forwardRoots = new ArrayList<>();
    for (Binding binding : assignments) {
      forwardRoots.add(binding.value());
    }
    for (Intermediate cotangent : cotangents) {
      backwardRoots.add(cotangent.value());
    }
    for (Derivative gradient : formulas) {
      backwardRoots.add(gradient.formula());
    }
    this.primal = new HashSet<>(Graph.postOrder(forwardRoots));
    this.usedBackward = new LinkedHashSet<>(Graph.postOrder(backwardRoots));
    forwardRoots.addAll(backwardRoots);
    this.order = Graph.postOrder(forwardRoots);
    chooseNames(new Naming(expressions, program.dimensions(), order));
    emit();
  }

  List<Binding> forward() {
    return forward;
  }

  List<Binding> backward() {
    return backward;
  }

  List<Derivative> gradients() {
    return gradients;
  }

  /** Returns the value in the names of the forward pass. */
  Expr value() {
    Binding last = assignments.getLast();
    return written.contains(last.variable())
        ? last.variable()
        : transposedIf(!last.variable().shape().equals(last.value().shape()), top(last.value()));
  }

  private void chooseNames(Naming naming) {
    Set<Expr> chosen = shared();
    for (Intermediate cotangent : cotangents) {
      if (isWhole(cotangent) && cotangent.of() instanceof Apply node) {
        chosen.add(node);
      }
    }
    for (Binding binding : assignments) {
      if (binding.value() instanceof Apply apply) {
        names.putIfAbsent(binding.value(), binding.variable());
        if (apply.operator() == Operator.Primitive.TRANSPOSE && apply.argument(0).shape().isRow()) {
          names.putIfAbsent(apply.argument(0), binding.variable());
        }
      }
    }
    for (Expr node : order) {
      if (chosen.contains(node) && primal.contains(node) && !names.containsKey(node)) {
        naming.symmetric(isSymmetric(node));
        names.put(node, naming.primal(node));
      }
    }
    for (Intermediate cotangent : cotangents) {
      Variable of =
          !isWhole(cotangent)
              ? null
              : cotangent.of() instanceof Variable variable
                  ? partNames.getOrDefault(variable, variable)
                  : names.get(cotangent.of());
      naming.symmetric(isSymmetric(cotangent.value()));
      String prefix = cotangent.role().prefix();
      Variable name = naming.derived(prefix, of, cotangent.name());
      partNames.put(cotangent.name(), name);
      replaced.put(
          cotangent.name(), transposedIf(!name.shape().equals(cotangent.name().shape()), name));
    }
    for (Expr node : order) {
      if (chosen.contains(node) && !names.containsKey(node)) {
        naming.symmetric(isSymmetric(node));
        names.put(node, naming.derived("", null, node));
      }
    }
  }

  /** Tells whether {@code part} is all that there is to say of what it belongs to. */
  private static boolean isWhole(Intermediate part) {
    return part.role() != Role.CONTRIBUTION && !Inlining.isWrapper(part.of());
  }

  /** Returns the parts that the gradients use more than once, and those that nest too deep. */
  private Set<Expr> shared() {
    int[] uses = uses();
    Set<Expr> chosen = new LinkedHashSet<>();
    int[] sizes = new int[expressions.size()];
    int[] depths = new int[expressions.size()];
    for (Expr node : order) {
      int size = node instanceof Variable ? 1 : 0;
      int depth = 0;
      if (node instanceof Apply apply) {
        for (Expr argument : apply.arguments()) {
          size += sizes[argument.id()];
          depth = Math.max(depth, depths[argument.id()] + 1);
        }
        size = size == 0 ? 0 : size + 1; // what has no variable in it needs no name
      }
      boolean worthIt = size > 2 && uses[node.id()] > 1;
      if (node instanceof Apply
          && size > 0
          && !Inlining.isWrapper(node)
          && !Vectors.isRepeated(node)
          && !isSparse(node)
          && (worthIt || depth > DEPTH_LIMIT)) {
        chosen.add(node);
        size = 1;
        depth = 0;
      }
      sizes[node.id()] = size;
      depths[node.id()] = depth;
    }
    return chosen;
  }

  private boolean isSymmetric(Expr node) {
    return !node.shape().isScalarMatrix() && algebra.isSymmetric(node);
  }

  /** Tells whether {@code node} is large and of zeros mostly: better named by what is in it. */
  private static boolean isSparse(Expr node) {
    return node instanceof Apply apply
        && (apply.operator() == Operator.Primitive.DIAGONAL_MATRIX
            || apply.operator() == Operator.Primitive.KRONECKER);
  }

  /** Returns what the user's names stand for, which is computed in any case. */
  private List<Expr> assigned() {
    List<Expr> values = new ArrayList<>();
    for (Binding binding : assignments) {
      if (binding.variable() != program.value()) {
        values.add(binding.value());
      }
    }
    return values;
  }

  /**
   * Counts the places where each node, by its id, that is used in the backward pass is used, seen
   * through transposes and numbers in front.
   */
  private int[] uses() {
    int[] uses = new int[expressions.size()];
    for (Expr root : backwardRoots) {
      uses[Inlining.bare(root).id()]++;
    }
    for (Expr node : usedBackward) {
      if (node instanceof Apply apply && !Inlining.isWrapper(node)) {
        for (Expr argument : apply.arguments()) {
          if (!(argument instanceof Constant)) {
            uses[Inlining.bare(argument).id()]++;
          }
        }
      }
    }
    for (Expr node : Graph.postOrder(assigned())) {
      if (node instanceof Apply apply
          && !usedBackward.contains(node)
          && !Inlining.isWrapper(node)) {
        for (Expr argument : apply.arguments()) {
          int used = Inlining.bare(argument).id();
          uses[used] += uses[used] > 0 ? 1 : 0;
        }
      }
    }
    return uses;
  }

  private void emit() {
    for (Binding binding : assignments) {
      emitParts(binding.value());
      boolean isValue = binding.variable() == program.value();
      if (!isValue || valueIsUsed(binding)) {
        assign(binding.variable(), binding.value(), forward);
      }
    }
    for (Intermediate cotangent : cotangents) {
      emitParts(cotangent.value());
      Variable name = Objects.requireNonNull(partNames.get(cotangent.name()));
      boolean turned = !name.shape().equals(cotangent.value().shape());
      backward.add(new Binding(name, transposedIf(turned, reference(cotangent.value()))));
    }
    for (Derivative gradient : formulas) {
      emitParts(gradient.formula());
      gradients.add(gradient.as(reference(gradient.formula())));
    }
  }

  /** Tells whether the value itself, not its parts, stands in a gradient. */
  private boolean valueIsUsed(Binding value) {
    return value.value() instanceof Apply && usedBackward.contains(value.value());
  }

  /**
   * Assigns the named parts of {@code root}, and {@code root} itself unless that is an assignment
   * of its own.
   */
  private void emitParts(Expr root) {
    for (Expr node : Graph.postOrder(root)) {
      Variable name = names.get(node);
      if (name != null && !isAssignment(node, root)) {
        assign(name, node, primal.contains(node) ? forward : backward);
      }
    }
  }

  private boolean isAssignment(Expr node, Expr root) {
    return node == root && primal.contains(node) && names.get(node) == program.value();
  }

  private void assign(Variable name, Expr value, List<Binding> target) {
    if (written.add(name)) {
      target.add(new Binding(name, transposedIf(!name.shape().equals(value.shape()), top(value))));
    }
  }

  /** A row is named by the column that it is the transpose of: that reads as a vector. */
  private Expr transposedIf(boolean turn, Expr node) {
    if (!turn || (node instanceof Variable name && name.has(Property.SYMMETRIC))) {
      return node;
    }
    return node instanceof Apply apply && apply.operator() == Operator.Primitive.TRANSPOSE
        ? apply.argument(0)
        : expressions.apply(Operator.Primitive.TRANSPOSE, node);
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
    return made(apply.operator(), arguments);
  }

  /** Rebuilds {@code root} with names wherever there are names. */
  private Expr reference(Expr root) {
    for (Expr node : Graph.postOrder(root, replaced::containsKey)) {
      Variable name = names.get(node);
      replaced.put(
          node,
          name != null
              ? transposedIf(!name.shape().equals(node.shape()), name)
              : node instanceof Apply apply ? rebuilt(apply) : node);
    }
    return Objects.requireNonNull(replaced.get(root));
  }

  /** Terms that are one under their new name are added: dA + dA' of a symmetric dA is 2 dA. */
  private Expr made(Operator operator, List<Expr> arguments) {
    Set<Expr> distinct = new HashSet<>();
    boolean scaled = false;
    for (Expr argument : arguments) {
      boolean scale = argument instanceof Apply of && of.operator() instanceof Operator.Scale;
      scaled |= scale;
      distinct.add(scale ? ((Apply) argument).argument(0) : argument);
    }
    boolean unsettled =
        operator == Operator.Primitive.SUM && distinct.size() < arguments.size()
            || operator == Operator.Primitive.PRODUCT && scaled;
    return unsettled ? algebra.apply(operator, arguments) : expressions.apply(operator, arguments);
  }

  private Expr rebuilt(Apply node) {
    List<Expr> arguments = new ArrayList<>();
    for (Expr argument : node.arguments()) {
      arguments.add(Objects.requireNonNull(replaced.get(argument)));
    }
    return node.operator() == Operator.Primitive.TRANSPOSE
        ? transposedIf(true, arguments.getFirst())
        : made(node.operator(), arguments);
  }
}
