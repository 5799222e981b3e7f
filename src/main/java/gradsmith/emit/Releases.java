package gradsmith.emit;

import gradsmith.expr.Apply;
import gradsmith.expr.Expr;
import gradsmith.expr.Graph;
import gradsmith.expr.Operator.Primitive;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * After which statement a large array is used no more. An array that is let go of is memory for the
 * next: where everything is computed entry by entry, to ask the system for memory takes as long as
 * the arithmetic; beside a product of matrices it takes less, but still counts.
 */
final class Releases {

  private Releases() {}

  /** Tells whether each large array counts, as no two matrices are multiplied for {@code roots}. */
  static boolean payEach(List<Expr> roots) {
    return Graph.postOrder(roots).stream().noneMatch(Releases::isMatrixProduct);
  }

  private static boolean isMatrixProduct(Expr node) {
    if (!(node instanceof Apply apply) || apply.operator() != Primitive.PRODUCT) {
      return false;
    }
    List<Expr> chain = Factors.matrices(apply);
    return chain.size() > 1 && chain.stream().allMatch(Releases::isMatrix);
  }

  private static boolean isMatrix(Expr node) {
    boolean vector = node.shape().rows().isOne() || node.shape().columns().isOne();
    return !vector && !Factors.isDiagonal(node) && !Factors.isIdentity(node);
  }

  /**
   * Returns for each of {@code statements} the names of the large arrays that none after it reads,
   * as long as another large one is made after it.
   */
  static List<List<String>> of(List<Statement> statements, Set<String> results) {
    Map<String, Statement> made = new HashMap<>();
    statements.forEach(statement -> made.put(statement.name(), statement));
    Set<String> alive = new HashSet<>(results);
    List<List<String>> releases = new ArrayList<>();
    boolean more = false;
    for (Statement statement : statements.reversed()) {
      List<String> dead = new ArrayList<>();
      for (String word : statement.words()) {
        Statement read = made.get(word);
        if (read != null
            && alive.add(word)
            && more
            && read.isLarge()
            && !word.equals(statement.over())) {
          dead.add(word);
        }
      }
      more |= statement.isLarge();
      releases.addFirst(dead);
    }
    return releases;
  }
}
