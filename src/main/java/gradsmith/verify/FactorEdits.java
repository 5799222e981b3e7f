package gradsmith.verify;

import gradsmith.language.Ast;
import gradsmith.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;

/**
 * The changes of a formula that multiply a part of it by something that may have been forgotten.
 */
final class FactorEdits {

  /**
   * What may have been forgotten.
   *
   * @param text how one writes it, as a factor
   * @param of what it is, or nothing
   */
  record Forgotten(String text, String of) {}

  private final List<Forgotten> factors;
  private final BiPredicate<String, String> alike;
  private final List<Edit> likely = new ArrayList<>();
  private final List<Edit> others = new ArrayList<>();

  private FactorEdits(List<Forgotten> factors, BiPredicate<String, String> alike) {
    this.factors = factors;
    this.alike = alike;
  }

  /**
   * Returns the changes of {@code formula}, whose source is its text alone, the larger parts before
   * the smaller.
   *
   * @param alike whether a part and a factor may have the same shape: the product entry by entry of
   *     others is no usual one
   */
  static List<Edit> of(Ast formula, List<Forgotten> factors, BiPredicate<String, String> alike) {
    FactorEdits edits = new FactorEdits(factors, alike);
    for (Ast node : Edits.parts(formula)) {
      if (!(node instanceof Ast.Numeral)) {
        edits.visit(node);
      }
    }
    List<Edit> all = new ArrayList<>(edits.likely);
    all.addAll(edits.others);
    return all;
  }

  private void visit(Ast node) {
    Span outer = Edits.outer(node.span());
    String whole = node.asFactor();
    for (Forgotten factor : factors) {
      String text = factor.text();
      add(
          alike.test(whole, text) ? likely : others,
          outer,
          "(" + whole + " .* " + text + ")",
          factor,
          text,
          whole);
      add(others, outer, "(" + text + " " + whole + ")", factor, text, whole);
      add(others, outer, "(" + whole + " " + text + ")", factor, text, whole);
      add(others, outer, "(" + whole + " " + text + "')", factor, text + "'", whole);
      add(others, outer, "(" + whole + " ./ " + text + ")", factor, "1 ./ " + text, whole);
    }
    if (node instanceof Ast.Product product) {
      runs(product);
    }
  }

  /** Multiplies neighbouring factors of {@code product}, not all of them, entry by entry. */
  private void runs(Ast.Product product) {
    int count = product.factors().size();
    for (int from = 0; from < count - 1; from++) {
      for (int to = from == 0 ? count - 2 : count - 1; to > from; to--) {
        Span first = Edits.outer(product.factors().get(from).operand().span());
        Span run = first.to(Edits.outer(product.factors().get(to).operand().span()));
        String whole = "(" + run.text() + ")";
        for (Forgotten factor : factors) {
          add(
              alike.test(whole, factor.text()) ? likely : others,
              run,
              "(" + whole + " .* " + factor.text() + ")",
              factor,
              factor.text(),
              whole);
        }
      }
    }
  }

  private static void add(
      List<Edit> edits,
      Span outer,
      String replacement,
      Forgotten factor,
      String written,
      String whole) {
    boolean all = outer.end() - outer.start() >= outer.source().text().length();
    edits.add(
        Edit.replacing(
            outer,
            all ? replacement.substring(1, replacement.length() - 1) : replacement,
            "the factor "
                + written
                + (all ? "" : " of " + whole)
                + (factor.of().isEmpty() ? "" : ", " + factor.of())
                + ", which is missing"));
  }
}
