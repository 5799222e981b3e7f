package gradsmith.algebra;

import gradsmith.expr.Apply;
import gradsmith.expr.Expr;
import org.jspecify.annotations.Nullable;

/** Identities beyond the algebra's own, tried on every new node. */
public interface Identities {

  /** No identities. */
  Identities NONE = (node, algebra) -> null;

  /** Returns what {@code node} equals and costs less, or null. */
  @Nullable Expr rewrite(Apply node, Algebra algebra);
}
