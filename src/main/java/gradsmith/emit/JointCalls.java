package gradsmith.emit;

import gradsmith.expr.Apply;
import gradsmith.expr.Expr;
import gradsmith.expr.FunctionSymbol;
import gradsmith.expr.Graph;
import gradsmith.expr.Operator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The calls in a graph that give several arrays at once. */
final class JointCalls {

  private record Call(JointWord word, List<Expr> arguments) {}

  private final Target target;
  private final Map<Call, Map<FunctionSymbol, Expr>> given = new HashMap<>();

  /** Finds those in what {@code roots} depend on. */
  JointCalls(List<Expr> roots, Target target) {
    this.target = target;
    for (Expr node : Graph.postOrder(roots)) {
      JointWord word = word(node);
      if (word != null) {
        Apply apply = (Apply) node;
        given
            .computeIfAbsent(new Call(word, apply.arguments()), unused -> new HashMap<>())
            .put(symbol(apply), node);
      }
    }
  }

  /** Returns the word that gives {@code node}, or null if it is no part of such a call. */
  @Nullable JointWord word(Expr node) {
    return node instanceof Apply apply && apply.operator() instanceof Operator.Function function
        ? target.jointWord(function.symbol())
        : null;
  }

  /** Returns what the call that gives {@code node} gives, as far as it is in the graph. */
  Map<FunctionSymbol, Expr> beside(Apply node, JointWord word) {
    return given.getOrDefault(new Call(word, node.arguments()), Map.of());
  }

  private static FunctionSymbol symbol(Apply call) {
    return ((Operator.Function) call.operator()).symbol();
  }
}
