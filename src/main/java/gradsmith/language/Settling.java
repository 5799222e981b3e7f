package gradsmith.language;

import gradsmith.expr.Expressions;
import gradsmith.shape.Dimension;
import gradsmith.shape.Length;
import gradsmith.source.Diagnostic;
import gradsmith.source.Diagnostics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gives names to the lengths that stayed free, in order of first use. */
final class Settling {

  private Settling() {}

  /**
   * Settles every length of {@code nodes}; the names chosen are added to {@code taken} and
   * returned.
   */
  static List<String> settle(
      List<Proto> nodes,
      List<Inference.LengthProduct> products,
      Set<String> taken,
      Diagnostics diagnostics) {
    Iterator<String> letters = new Letters(taken);
    List<String> chosen = new ArrayList<>();
    Set<Length> made = new HashSet<>();
    for (Inference.LengthProduct product : products) {
      made.add(product.product().root());
    }
    matchFactors(products, made);
    for (Proto node : nodes) {
      for (Length axis : node.leading) {
        name(axis, made, letters, chosen);
      }
      name(node.rows, made, letters, chosen);
      name(node.columns, made, letters, chosen);
    }
    for (Inference.LengthProduct product : products) {
      multiply(product, nodes, diagnostics);
    }
    return chosen;
  }

  /**
   * Where a length is n·d and p·q, of which one is free, it is taken to be that factor by factor.
   */
  private static void matchFactors(List<Inference.LengthProduct> products, Set<Length> made) {
    Map<Length, Inference.LengthProduct> firsts = new HashMap<>();
    for (Inference.LengthProduct product : products) {
      Inference.LengthProduct first = firsts.putIfAbsent(product.product().root(), product);
      if (first != null
          && canMatch(first.left(), product.left(), made)
          && canMatch(first.right(), product.right(), made)) {
        String because = "both are factors of one length";
        first.left().unify(product.left(), because);
        first.right().unify(product.right(), because);
      }
    }
  }

  private static boolean canMatch(Length a, Length b, Set<Length> products) {
    boolean product = products.contains(a.root()) || products.contains(b.root());
    return a.same(b) || !product && (a.value() == null || b.value() == null);
  }

  private static void name(
      Length length, Set<Length> products, Iterator<String> letters, List<String> chosen) {
    if (length.value() == null && !products.contains(length.root())) {
      String letter = letters.next();
      length.settle(Dimension.of(letter));
      chosen.add(letter);
    }
  }

  private static void multiply(
      Inference.LengthProduct product, List<Proto> nodes, Diagnostics diagnostics) {
    Dimension left = Emission.dimension(product.left());
    Dimension right = Emission.dimension(product.right());
    Dimension result;
    try {
      result = Expressions.product(left, right);
    } catch (ArithmeticException e) {
      diagnostics.add(
          Diagnostic.error(
              nodes.getFirst().span,
              "a dimension of " + left + "·" + right + " is too large",
              null));
      result = Dimension.of(Integer.MAX_VALUE);
    }
    product.product().settle(result);
    Dimension settled = product.product().value();
    if (settled != null && !settled.equals(result)) {
      diagnostics.add(
          Diagnostic.error(
              nodes.getFirst().span,
              "a length is " + result + " here and " + settled + " there",
              null));
    }
  }

  /** The names for dimensions, without end. */
  private static final class Letters implements Iterator<String> {
    private final Set<String> taken;
    private int index;

    Letters(Set<String> taken) {
      this.taken = taken;
    }

    @Override
    public boolean hasNext() {
      return true;
    }

    @Override
    public String next() {
      String name;
      do {
        name =
            index < DimensionNames.LETTERS.size()
                ? DimensionNames.LETTERS.get(index)
                : "n" + (index - DimensionNames.LETTERS.size() + 1);
        index++;
      } while (!taken.add(name));
      return name;
    }
  }
}
