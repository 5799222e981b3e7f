package gradsmith.derive;

import gradsmith.derive.Intermediate.Role;
import gradsmith.expr.Expr;
import gradsmith.expr.ExprSet;
import gradsmith.expr.Expressions;
import gradsmith.expr.Variable;
import gradsmith.expr.Vectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Gives composite parts of derivatives names, so that what shares them does not repeat them. */
final class Parts {

  private final Expressions expressions;
  private final List<Intermediate> all = new ArrayList<>();

  private int next;

  Parts(Expressions expressions) {
    this.expressions = expressions;
  }

  /** Returns the parts, in an order in which they can be computed. */
  List<Intermediate> all() {
    return all;
  }

  /**
   * Makes the cotangents from the one at {@code first} on contributions, if they belong to one of
   * {@code nodes}.
   */
  void contributions(int first, ExprSet nodes) {
    all.subList(first, all.size())
        .replaceAll(part -> nodes.contains(part.of()) ? part.as(Role.CONTRIBUTION) : part);
  }

  /** Returns what stands for {@code value}: itself if it is short, else a new name. */
  Expr named(Expr of, Role role, Expr value) {
    return Inlining.isComposite(value) ? name(of, role, value) : value;
  }

  /** Returns a new name for {@code value}. */
  Variable name(Expr of, Role role, Expr value) {
    String name;
    do {
      name = "\u2202" + next++; // no name that a program can have; another derivation may
    } while (expressions.variable(name) != null);
    int rank =
        role == Role.JACOBIAN
            ? 2
            : of instanceof Variable variable ? variable.rank() : isVector(of) ? 1 : 2;
    Variable made = expressions.variable(name, value.shape(), rank, Set.of());
    all.add(new Intermediate(made, value, of, role));
    return made;
  }

  private static boolean isVector(Expr node) {
    boolean line = node.shape().isVector() || node.shape().isRow();
    return line && Vectors.isVector(node);
  }
}
