package gradsmith.derive;

import gradsmith.algebra.Algebra;
import gradsmith.derive.Intermediate.Role;
import gradsmith.expr.Apply;
import gradsmith.expr.Binding;
import gradsmith.expr.Constant;
import gradsmith.expr.Expr;
import gradsmith.expr.ExprMap;
import gradsmith.expr.ExprSet;
import gradsmith.expr.Expressions;
import gradsmith.expr.Graph;
import gradsmith.expr.Operator;
import gradsmith.expr.Property;
import gradsmith.expr.Variable;
import gradsmith.expr.Vectors;
import gradsmith.language.Program;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

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

  /** The names of values that nothing else is computed from: listed where gradients use them. */
  private final Set<Variable> results = new LinkedHashSet<>();

  /** The nodes of what the user's other names stand for, which is computed in any case. */
  private final List<Expr> assigned;

  /** Those and the nodes of the values. */
  private final ExprSet primal;

  private final List<Expr> usedBackward;
  private final ExprSet inBackward;

  /** All nodes. */
  private final List<Expr> order;

  private final ExprMap<Variable> names = new ExprMap<>();
  private final ExprMap<Variable> partNames = new ExprMap<>();
  private final ExprMap<Expr> replaced = new ExprMap<>();
  private final ExprSet written = new ExprSet();
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
    for (Intermediate cotangent : cotangents) {
      backwardRoots.add(cotangent.value());
    }
    for (Derivative gradient : formulas) {
      backwardRoots.add(gradient.formula());
    }
    results.addAll(program.values());
    assignments.forEach(binding -> results.removeAll(Graph.variables(List.of(binding.value()))));
    assigned = Graph.postOrder(values(binding -> !results.contains(binding.variable())));
    primal = new ExprSet(assigned);
    order = new ArrayList<>(assigned);
    for (Expr value : values(binding -> results.contains(binding.variable()))) {
      for (Expr node : Graph.postOrder(value, primal::contains)) {
        primal.add(node);
        order.add(node);
      }
    }
    usedBackward = Graph.postOrder(backwardRoots);
    inBackward = new ExprSet(usedBackward);
    for (Expr node : usedBackward) {
      if (!primal.contains(node)) {
        order.add(node);
      }
    }
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

  /** Returns the program's values in the names of the forward pass. */
  List<Expr> values() {
    List<Expr> values = new ArrayList<>();
    for (Variable name : program.values()) {
      for (Binding binding : assignments) {
        if (binding.variable() == name) {
          Expr value = binding.value();
          values.add(
              written.contains(name)
                  ? name
                  : transposedIf(!name.shape().equals(value.shape()), top(value)));
        }
      }
    }
    return values;
  }

  private List<Expr> values(Predicate<Binding> which) {
    return assignments.stream().filter(which).map(Binding::value).toList();
  }

  private void chooseNames(Naming naming) {
    ExprSet chosen = shared();
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
    List<Expr> unnamed = new ArrayList<>();
    for (Expr node : order) {
      if (chosen.contains(node) && !names.containsKey(node)) {
        unnamed.add(node);
      }
    }
    for (Expr node : unnamed) {
      if (primal.contains(node)) {
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
    for (Expr node : unnamed) {
      if (!primal.contains(node)) {
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
  private ExprSet shared() {
    int[] uses = uses();
    ExprSet chosen = new ExprSet();
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
    for (Expr node : assigned) {
      if (node instanceof Apply apply && !inBackward.contains(node) && !Inlining.isWrapper(node)) {
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
      inNames(binding.value());
      if (!results.contains(binding.variable()) || isUsed(binding)) {
        assign(binding.variable(), binding.value(), forward);
      }
    }
    for (Intermediate cotangent : cotangents) {
      Expr value = inNames(cotangent.value());
      Variable name = Objects.requireNonNull(partNames.get(cotangent.name()));
      boolean turned = !name.shape().equals(cotangent.value().shape());
      backward.add(new Binding(name, transposedIf(turned, value)));
    }
    for (Derivative gradient : formulas) {
      gradients.add(gradient.as(inNames(gradient.formula())));
    }
  }

  /** Tells whether the value itself, not its parts, stands in a gradient. */
  private boolean isUsed(Binding value) {
    return inBackward.contains(value.variable())
        || (value.value() instanceof Apply && inBackward.contains(value.value()));
  }

  /**
   * Assigns the named parts of {@code root}, and {@code root} itself unless that is an assignment
   * of its own; returns it with names wherever there are names.
   */
  private Expr inNames(Expr root) {
    for (Expr node : Graph.postOrder(root, replaced::containsKey)) {
      Variable name = names.get(node);
      if (name != null && !isAssignment(node, root)) {
        assign(name, node, primal.contains(node) ? forward : backward);
      }
      replaced.put(
          node,
          name != null
              ? transposedIf(!name.shape().equals(node.shape()), name)
              : node instanceof Apply apply ? rebuilt(apply) : node);
    }
    return Objects.requireNonNull(replaced.get(root));
  }

  private boolean isAssignment(Expr node, Expr root) {
    return node == root && primal.contains(node) && results.contains(names.get(node));
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
    return node instanceof Apply apply ? made(apply.operator(), replacedArguments(apply)) : node;
  }

  /** Terms that are one under their new name are added: dA + dA' of a symmetric dA is 2 dA. */
  private Expr made(Operator operator, List<Expr> arguments) {
    boolean unsettled = false;
    if (operator == Operator.Primitive.SUM) {
      ExprSet terms = new ExprSet();
      for (Expr argument : arguments) {
        unsettled |= !terms.add(isScaled(argument) ? ((Apply) argument).argument(0) : argument);
      }
    } else if (operator == Operator.Primitive.PRODUCT) {
      for (Expr argument : arguments) {
        unsettled |= isScaled(argument);
      }
    }
    return unsettled ? algebra.apply(operator, arguments) : expressions.apply(operator, arguments);
  }

  private static boolean isScaled(Expr node) {
    return node instanceof Apply apply && apply.operator() instanceof Operator.Scale;
  }

  private Expr rebuilt(Apply node) {
    List<Expr> arguments = replacedArguments(node);
    return node.operator() == Operator.Primitive.TRANSPOSE
        ? transposedIf(true, arguments.getFirst())
        : made(node.operator(), arguments);
  }

  private List<Expr> replacedArguments(Apply node) {
    List<Expr> arguments = new ArrayList<>(node.arguments().size());
    for (Expr argument : node.arguments()) {
      arguments.add(Objects.requireNonNull(replaced.get(argument)));
    }
    return arguments;
  }
}
