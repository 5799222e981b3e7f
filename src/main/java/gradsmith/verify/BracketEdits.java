package gradsmith.verify;

import gradsmith.language.Ast;
import gradsmith.source.Span;
import java.util.ArrayList;
import java.util.List;

/** The changes of a formula that put brackets where they were forgotten. */
final class BracketEdits {

  private final List<Edit> edits = new ArrayList<>();

  private BracketEdits() {}

  /** Returns changes of {@code formula}, whose source is its text alone. */
  static List<Edit> of(Ast formula) {
    BracketEdits brackets = new BracketEdits();
    for (Ast part : Edits.parts(formula)) {
      switch (part) {
        case Ast.Sum sum -> brackets.sum(sum);
        case Ast.Product product -> brackets.product(product);
        default -> {}
      }
    }
    return brackets.edits;
  }

  /** In {@code A B - C} the A may be meant for both terms. */
  private void sum(Ast.Sum sum) {
    for (int i = 0; i < sum.terms().size() - 1; i++) {
      if (sum.terms().get(i).operand() instanceof Ast.Product product) {
        for (Ast.Factor factor : product.factors().subList(1, product.factors().size())) {
          for (Ast.Term last : sum.terms().subList(i + 1, sum.terms().size())) {
            around(factor.span().to(Edits.outer(last.operand().span())));
          }
        }
      }
    }
  }

  /** Factors are read from left to right: in {@code A b .* c} the A may be meant for both. */
  private void product(Ast.Product product) {
    List<Ast.Factor> factors = product.factors();
    for (int first = 1; first < factors.size(); first++) {
      for (int last = first + 1; last < factors.size(); last++) {
        around(factors.get(first).span().to(factors.get(last).span()));
      }
    }
  }

  private void around(Span span) {
    edits.add(Edit.replacing(span, "(" + span.text() + ")", "brackets around " + span.text()));
  }
}
