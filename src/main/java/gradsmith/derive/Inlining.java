package gradsmith.derive;

import gradsmith.algebra.Algebra;
import gradsmith.expr.Apply;
import gradsmith.expr.Expr;
import gradsmith.expr.ExprMap;
import gradsmith.expr.Graph;
import gradsmith.expr.Operator;
import gradsmith.expr.Operator.Primitive;
import gradsmith.expr.Variable;
import gradsmith.rules.Instantiation;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts cotangents that are used once where they are used; what they are used in is simplified
 * again.
 */
final class Inlining {

  /**
   * How many operations and names a cotangent that is used once may have to stay without a name.
   */
  private static final int LONGEST = 30;

  /** The same of the cotangent of a name of the user's own. */
  private static final int LONGEST_OF_NAMED = 14;

  private final Algebra algebra;
  private final Freed freed;
  private final List<Intermediate> all;
  private final List<Derivative> raw;
  private final List<Intermediate> kept = new ArrayList<>();
  private final List<Derivative> gradients = new ArrayList<>();

  Inlining(
      Algebra algebra, Freed freed, List<Intermediate> cotangents, List<Derivative> gradients) {
    this.algebra = algebra;
    this.freed = freed;
    this.all = cotangents;
    this.raw = gradients;
    ExprMap<Integer> uses = uses();
    Instantiation instantiation = freed.bound(algebra);
    for (Intermediate cotangent : cotangents) {
      Expr value = instantiation.build(cotangent.value());
      int used = uses.getOrDefault(cotangent.name(), 0);
      boolean once = used == 0 || used == 1 && !isToBeSeen(cotangent, value);
      if (once || !isComposite(value)) {
        instantiation.bind(cotangent.name(), value);
      } else {
        kept.add(
            new Intermediate(
                cotangent.name(), value, instantiation.build(cotangent.of()), cotangent.role()));
      }
    }
    for (Derivative gradient : gradients) {
      this.gradients.add(gradient.as(instantiation.build(gradient.formula())));
    }
  }

  /** Returns the cotangents that are used more than once. */
  List<Intermediate> cotangents() {
    return kept;
  }

  /** Returns the gradients in terms of those. */
  List<Derivative> gradients() {
    return gradients;
  }

  /** Returns the gradients without any names for cotangents. */
  List<Derivative> closed() {
    Instantiation instantiation = freed.bound(algebra);
    for (Intermediate cotangent : all) {
      instantiation.bind(cotangent.name(), instantiation.build(cotangent.value()));
    }
    List<Derivative> closed = new ArrayList<>();
    for (Derivative gradient : raw) {
      closed.add(gradient.as(instantiation.build(gradient.formula())));
    }
    return closed;
  }

  /** Tells whether what {@code value} is used in would be hard to read with it inside. */
  private static boolean isToBeSeen(Intermediate part, Expr value) {
    return switch (part.role()) {
      case COTANGENT -> size(value) > (part.of() instanceof Variable ? LONGEST_OF_NAMED : LONGEST);
      case TANGENT -> size(value) > LONGEST;
      case CONTRIBUTION, DIFFERENTIAL, JACOBIAN -> false;
    };
  }

  /** Returns the number of operations and names in {@code root}, or what is more than any limit. */
  private static int size(Expr root) {
    ExprMap<Integer> sizes = new ExprMap<>();
    for (Expr node : Graph.postOrder(root)) {
      int size = 1;
      if (node instanceof Apply apply) {
        for (Expr argument : apply.arguments()) {
          size = Math.min(size + sizes.getOrDefault(argument, 0), LONGEST + 1);
        }
      }
      sizes.put(node, size);
    }
    return sizes.getOrDefault(root, 0);
  }

  /** Tells whether {@code cotangent} is worth a name: more than a leaf, scaled or transposed. */
  static boolean isComposite(Expr cotangent) {
    if (!(bare(cotangent) instanceof Apply apply)) {
      return false;
    }
    for (Expr argument : apply.arguments()) {
      if (argument instanceof Apply) {
        return true;
      }
    }
    return apply.arguments().size() > 1;
  }

  /** Counts the places where each name of a cotangent is used. */
  private ExprMap<Integer> uses() {
    ExprMap<Integer> uses = new ExprMap<>();
    List<Expr> roots = new ArrayList<>();
    for (Intermediate cotangent : all) {
      uses.put(cotangent.name(), 0);
      roots.add(cotangent.value());
    }
    for (Derivative gradient : raw) {
      roots.add(gradient.formula());
    }
    for (Expr root : roots) {
      count(root, uses);
    }
    for (Expr node : Graph.postOrder(roots)) {
      if (node instanceof Apply apply && !isWrapper(node)) {
        for (Expr argument : apply.arguments()) {
          count(argument, uses);
        }
      }
    }
    return uses;
  }

  private static void count(Expr node, ExprMap<Integer> uses) {
    Expr bare = bare(node);
    Integer known = bare instanceof Variable ? uses.get(bare) : null;
    if (known != null) {
      uses.put(bare, known + 1);
    }
  }

  /** Tells whether {@code node} is another one transposed or scaled: nodes share that one. */
  static boolean isWrapper(Expr node) {
    return node instanceof Apply apply
        && (apply.operator() == Primitive.TRANSPOSE || apply.operator() instanceof Operator.Scale);
  }

  /** Returns {@code node} without transposes and numbers in front. */
  static Expr bare(Expr node) {
    Expr bare = node;
    while (isWrapper(bare)) {
      bare = ((Apply) bare).argument(0);
    }
    return bare;
  }
}
