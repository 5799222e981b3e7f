package gradsmith.derive;

import gradsmith.algebra.Algebra;
import gradsmith.derive.Intermediate.Role;
import gradsmith.derive.JacobianMatrix.NoMatrixForm;
import gradsmith.expr.Binding;
import gradsmith.expr.Expr;
import gradsmith.expr.Expressions;
import gradsmith.expr.Variable;
import gradsmith.rules.FunctionRules;
import gradsmith.rules.Pushforward;
import java.util.List;

/**
 * Forward accumulation, one pass over assignments from first to last: the tangent of each name in
 * terms of those before it, as a differential, as a matrix, or along a direction.
 */
final class ForwardSweep {

  private final List<Binding> assignments;
  private final Recognition recognition;
  private final Parts parts;
  private final Algebra algebra;
  private final FunctionRules functions;
  private final Expressions expressions;

  ForwardSweep(
      List<Binding> assignments,
      Recognition recognition,
      Parts parts,
      Algebra algebra,
      FunctionRules functions) {
    this.assignments = assignments;
    this.recognition = recognition;
    this.parts = parts;
    this.algebra = algebra;
    this.functions = functions;
    this.expressions = algebra.expressions();
  }

  /** Returns the derivative of {@code root} along {@code tangent} of {@code by}. */
  Expr tangent(Expr root, Variable by, Variable tangent, Role role) {
    Pushforward push = new Pushforward(algebra, functions);
    push.bind(by, tangent);
    for (Binding binding : assignments) {
      Variable name = binding.variable();
      if (name != by) {
        Expr differential = recognition.named(push.differential(binding.value()));
        push.bind(name, parts.named(name, role, differential));
      }
    }
    return recognition.named(push.differential(root));
  }

  /**
   * Returns ∂vec(root)/∂vec(by)'.
   *
   * @throws NoMatrixForm if it passes through stacks of matrices
   */
  Expr jacobian(Expr root, Variable by) throws NoMatrixForm {
    Pushforward push = new Pushforward(algebra, functions);
    JacobianMatrix matrices = new JacobianMatrix(algebra);
    if (!by.shape().leading().isEmpty()) {
      throw new NoMatrixForm(by.name() + " is a stack of matrices, " + by.shape());
    }
    if (!root.shape().leading().isEmpty()) {
      throw new NoMatrixForm("a side of it is a stack of matrices, " + root.shape());
    }
    JacobianMatrix.requireSide(by.shape());
    JacobianMatrix.requireSide(root.shape());
    bind(push, matrices, by, expressions.identity(length(by)));
    for (Binding binding : assignments) {
      Variable name = binding.variable();
      Expr differential = recognition.named(push.differential(binding.value()));
      if (name != by && !Algebra.isZero(differential)) {
        Expr matrix = parts.named(name, Role.JACOBIAN, matrices.of(differential));
        bind(push, matrices, name, matrix);
      }
    }
    Expr differential = recognition.named(push.differential(root));
    return Algebra.isZero(differential)
        ? algebra.zeros(gradsmith.shape.Shape.matrix(length(root), length(by)))
        : matrices.of(differential);
  }

  private static gradsmith.shape.Polynomial length(Expr node) {
    return node.shape().rows().times(node.shape().columns());
  }

  private void bind(Pushforward push, JacobianMatrix matrices, Variable name, Expr matrix) {
    String label = "\u2202" + name.name() + "\u2202" + expressions.size(); // no program's name
    Variable tangent = expressions.variable(label, name.shape(), name.rank(), java.util.Set.of());
    push.bind(name, tangent);
    matrices.bind(tangent, matrix);
  }
}
