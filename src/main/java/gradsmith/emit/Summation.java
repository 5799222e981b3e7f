package gradsmith.emit;

import gradsmith.expr.Apply;
import gradsmith.expr.Expr;
import gradsmith.expr.Operator.Primitive;
import gradsmith.expr.Rational;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sum of entries.
 *
 * @param key what targets call it: {@code total}, {@code rowsum} or {@code colsum}
 * @param summand what is summed
 */
record Summation(String key, Expr summand) {

  /** Returns what {@code node} sums, or null if it does not. */
  static @Nullable Summation of(Apply node) {
    if (node.operator() == Primitive.TOTAL) {
      Expr summand = node.argument(0);
      return summand.shape().isScalar() ? null : new Summation("total", summand);
    }
    if (node.operator() != Primitive.PRODUCT) {
      return null;
    }
    List<Expr> chain = Factors.matrices(node);
    if (chain.size() != 2 || Factors.isRepetition(chain.getFirst(), chain.getLast())) {
      return null;
    }
    boolean one = node.shape().isScalar();
    if (Factors.isOnesRow(chain.getFirst())) {
      return new Summation(one ? "total" : "colsum", chain.getLast());
    }
    return Factors.isOnesColumn(chain.getLast())
        ? new Summation(one ? "total" : "rowsum", chain.getFirst())
        : null;
  }

  /** What targets call the sum of a product entry by entry. */
  String ofProduct() {
    return key + "_of_product" + (summand.shape().leading().isEmpty() ? "" : "_stack");
  }

  /** Tells whether the summand is a product entry by entry, or a square. */
  boolean isOfProduct() {
    return factors().size() > 1;
  }

  /** Returns what is multiplied entry by entry and then summed. */
  List<Expr> factors() {
    if (!(summand instanceof Apply apply)) {
      return List.of(summand);
    }
    return apply.operator() == Primitive.HADAMARD
        ? apply.arguments()
        : Rational.of(2).equals(Factors.exponent(apply))
            ? List.of(apply.argument(0), apply.argument(0))
            : List.of(summand);
  }
}
