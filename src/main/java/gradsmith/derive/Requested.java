package gradsmith.derive;

import gradsmith.algebra.Algebra;
import gradsmith.derive.Derivative.Kind;
import gradsmith.derive.Intermediate.Role;
import gradsmith.derive.JacobianMatrix.NoMatrixForm;
import gradsmith.expr.Binding;
import gradsmith.expr.Expr;
import gradsmith.expr.Expressions;
import gradsmith.expr.Variable;
import gradsmith.language.Program;
import gradsmith.rules.FunctionRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Derives each thing that is asked of one program, in terms of named parts. */
final class Requested {

  private final Program program;
  private final List<Binding> assignments;
  private final Freed freed;
  private final Parts parts;
  private final Algebra algebra;
  private final Map<String, Variable> named = new HashMap<>();
  private final List<String> remarks = new ArrayList<>();

  /** Differentiates {@code assignments}, in which the variables are free of structure. */
  Requested(Program program, List<Binding> assignments, Freed freed, Parts parts, Algebra algebra) {
    this.program = program;
    this.assignments = assignments;
    this.freed = freed;
    this.parts = parts;
    this.algebra = algebra;
  }

  Parts parts() {
    return parts;
  }

  /** Returns why something was answered otherwise than asked. */
  List<String> remarks() {
    return remarks;
  }

  List<Derivative> derive(Request request, FunctionRules functions) {
    List<Derivative> result = new ArrayList<>();
    boolean layer = !program.given().isEmpty();
    Recognition recognition =
        new Recognition(
            layer ? assignments : assignments.subList(0, assignments.size() - 1), algebra);
    ForwardSweep ahead = new ForwardSweep(assignments, recognition, parts, algebra, functions);
    for (Variable value : program.values()) {
      for (Variable variable : request.differentials()) {
        result.add(differential(value, variable, ahead));
      }
      for (Variable variable : request.jacobians()) {
        jacobian(value, variable, ahead, result);
      }
      for (Variable variable : request.besides()) {
        if (value.rank() <= 1 && variable.rank() <= 1) {
          beside(value, variable, ahead, result);
        }
      }
    }
    List<Variable> firstOrder = request.firstOrder();
    if (firstOrder.isEmpty()) {
      return result;
    }
    List<Variable> free = firstOrder.stream().map(freed::of).toList();
    Map<Variable, Expr> gradients =
        new ReverseSweep(assignments, recognition, parts, algebra, functions)
            .gradients(program, free);
    List<Binding> both = new ArrayList<>(assignments);
    for (Intermediate part : parts.all()) {
      both.add(new Binding(part.name(), part.value()));
    }
    int first = 0;
    for (Variable variable : request.gradients()) {
      result.add(
          first++, Derivative.gradient(program.value(), variable, gradient(gradients, variable)));
    }
    ForwardSweep over = new ForwardSweep(both, recognition, parts, algebra, functions);
    for (Request.Block block : request.hessians()) {
      hessian(block, gradient(gradients, block.row()), over, result);
    }
    for (Variable variable : request.products()) {
      Expr gradient = gradient(gradients, variable);
      result.add(
          along(Kind.HVP, program.value(), variable, variable, gradient, over, "v_", Role.TANGENT));
    }
    return result;
  }

  private Expr gradient(Map<Variable, Expr> gradients, Variable variable) {
    return Objects.requireNonNull(gradients.get(freed.of(variable)));
  }

  private void jacobian(
      Variable value, Variable variable, ForwardSweep sweep, List<Derivative> result) {
    String why = null;
    try {
      result.add(
          matrix(
              Kind.JACOBIAN, value, List.of(variable), sweep.jacobian(value, freed.of(variable))));
    } catch (NoMatrixForm e) {
      why = "the Jacobian by " + variable.name() + " is no matrix: " + e.getMessage();
      remarks.add(why + "; the differential says the same");
    }
    if (why != null || value.rank() > 1 || variable.rank() > 1) {
      result.add(differential(value, variable, sweep));
    }
  }

  private void beside(
      Variable value, Variable variable, ForwardSweep sweep, List<Derivative> result) {
    try {
      Expr jacobian = sweep.jacobian(value, freed.of(variable));
      result.add(matrix(Kind.JACOBIAN, value, List.of(variable), jacobian));
    } catch (NoMatrixForm e) {
      // It was not asked for: the gradient says the same.
    }
  }

  private Derivative differential(Variable value, Variable variable, ForwardSweep sweep) {
    return along(Kind.DIFFERENTIAL, value, variable, value, value, sweep, "δ", Role.DIFFERENTIAL);
  }

  private void hessian(
      Request.Block block, Expr gradient, ForwardSweep sweep, List<Derivative> result) {
    try {
      List<Variable> by =
          block.row() == block.column()
              ? List.of(block.row())
              : List.of(block.row(), block.column());
      result.add(
          matrix(
              Kind.HESSIAN,
              program.value(),
              by,
              sweep.jacobian(gradient, freed.of(block.column()))));
    } catch (NoMatrixForm e) {
      remarks.add(
          "the Hessian by "
              + block.row().name()
              + " is no matrix: "
              + e.getMessage()
              + "; --hvp gives its product with a direction");
    }
  }

  private static Derivative matrix(Kind kind, Variable of, List<Variable> by, Expr matrix) {
    return new Derivative(
        kind, of, by, null, List.of(matrix.shape().rows(), matrix.shape().columns()), matrix);
  }

  /** Returns the derivative of {@code root}, of the shape of {@code like}, along a direction. */
  private Derivative along(
      Kind kind,
      Variable of,
      Variable by,
      Variable like,
      Expr root,
      ForwardSweep sweep,
      String prefix,
      Role role) {
    Variable direction = named.computeIfAbsent(prefix + by.name(), name -> direction(name, by));
    Expr formula = sweep.tangent(root, freed.of(by), direction, role);
    return new Derivative(
        kind, of, List.of(by), direction, like.axes(), algebra.conform(formula, like.shape()));
  }

  private Variable direction(String wanted, Variable like) {
    Expressions expressions = algebra.expressions();
    String name = wanted;
    while (expressions.variable(name) != null || program.dimensions().contains(name)) {
      name += "_";
    }
    return expressions.variable(name, like.shape(), like.rank(), Set.of());
  }
}
