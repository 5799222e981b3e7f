package gradsmith.verify;

import gradsmith.language.Ast;
import gradsmith.source.Span;
import java.util.ArrayList;
import java.util.List;

/** The changes of a formula that put brackets where they were forgotten. */
final class BracketEdits {

  /** No more are tried; those around the least come first. */
  private static final int MOST = 500;

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

  /** In {@code A B - C} the A may be meant for both terms, or for more. */
  private void sum(Ast.Sum sum) {
    List<Ast.Term> terms = sum.terms();
    for (int more = 1; more < terms.size(); more++) {
      for (int i = 0; i + more < terms.size() && edits.size() < MOST; i++) {
        if (terms.get(i).operand() instanceof Ast.Product product) {
          Span last = Edits.outer(terms.get(i + more).operand().span());
          for (Ast.Factor factor : product.factors().subList(1, product.factors().size())) {
            around(factor.span().to(last));
          }
        }
      }
    }
  }

  /** Factors are read from left to right: in {@code A b .* c} the A may be meant for both. */
  private void product(Ast.Product product) {
    List<Ast.Factor> factors = product.factors();
    for (int more = 1; more < factors.size(); more++) {
      for (int first = 1; first + more < factors.size() && edits.size() < MOST; first++) {
        around(factors.get(first).span().to(factors.get(first + more).span()));
      }
    }
  }

  private void around(Span span) {
    edits.add(Edit.replacing(span, "(" + span.text() + ")", "brackets around " + span.text()));
  }
}
