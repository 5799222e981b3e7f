package gradsmith.verify;

import gradsmith.language.Ast;
import gradsmith.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** The slips of the pen: each change of a formula that undoes one, the more usual first. */
final class Edits {

  private static final Map<String, String> OTHER_AXIS =
      Map.of(
          "rowsum", "colsum",
          "colsum", "rowsum",
          "rowmean", "colmean",
          "colmean", "rowmean",
          "rowmax", "colmax");

  private final String text;
  private final Function<String, @Nullable String> derivatives;
  private final List<Edit> transposes = new ArrayList<>();
  private final List<Edit> others = new ArrayList<>();

  private Edits(String text, Function<String, @Nullable String> derivatives) {
    this.text = text;
    this.derivatives = derivatives;
  }

  /**
   * Returns changes of {@code formula}, whose source is its text alone.
   *
   * @param derivatives for an elementwise function its derivative in terms of {@code A}, or null
   */
  static List<Edit> of(Ast formula, Function<String, @Nullable String> derivatives) {
    Edits edits = new Edits(formula.span().source().text(), derivatives);
    edits.visit(formula);
    edits.whole(formula);
    List<Edit> all = new ArrayList<>(edits.transposes);
    all.addAll(edits.others);
    return all;
  }

  private void visit(Ast node) {
    if (!(node instanceof Ast.Numeral) && !(node instanceof Ast.Transposition)) {
      transpose(node);
    }
    switch (node) {
      case Ast.Numeral numeral -> {}
      case Ast.Name name -> probabilities(name.span());
      case Ast.Call call -> {
        call(call);
        call.arguments().forEach(this::visit);
      }
      case Ast.Negation negation -> visit(negation.operand());
      case Ast.Transposition transposition -> {
        Span outer = outer(transposition.operand().span());
        transposes.add(
            new Edit(
                transposition.span().start(),
                transposition.span().end(),
                cut(outer),
                cut(outer) + " for " + transposition.span().text()));
        visit(transposition.operand());
      }
      case Ast.Power power -> {
        visit(power.base());
        visit(power.exponent());
      }
      case Ast.Sum sum -> {
        for (Ast.Term term : sum.terms()) {
          if (term.operand() instanceof Ast.Product) {
            probabilities(term.operand().span());
          }
          visit(term.operand());
        }
      }
      case Ast.Product product -> {
        factors(product);
        product.factors().forEach(factor -> visit(factor.operand()));
      }
      case Ast.Comparison comparison -> {
        visit(comparison.left());
        visit(comparison.right());
      }
    }
  }

  private void probabilities(Span logits) {
    String softmax = "softmax(" + logits.text() + ")";
    replace(logits, softmax, softmax + ", the probabilities, for the logits " + logits.text());
  }

  private void transpose(Ast node) {
    Span outer = outer(node.span());
    boolean atom = node instanceof Ast.Name || node instanceof Ast.Call;
    boolean bracketed = outer.end() > node.span().end();
    String whole = cut(outer);
    transposes.add(
        new Edit(
            outer.start(),
            outer.end(),
            (atom || bracketed ? whole : "(" + whole + ")") + "'",
            whole + "' for " + whole));
  }

  private void call(Ast.Call call) {
    String other = OTHER_AXIS.get(call.name());
    if (other != null) {
      replace(call.nameSpan(), other, other + " for " + call.name());
    }
    if (call.arguments().size() == 1) {
      String argument = call.arguments().getFirst().span().text();
      String derivative = derivatives.apply(call.name());
      if (derivative != null) {
        String there =
            derivative.replaceAll("\\bA\\b", Matcher.quoteReplacement("(" + argument + ")"));
        String tidy = there.replace("((" + argument + "))", "(" + argument + ")");
        replace(
            call.span(), "(" + tidy + ")", tidy + ", the derivative, for " + call.span().text());
      }
      boolean softmax = call.name().equals("softmax");
      replace(
          call.span(),
          "(" + argument + ")",
          softmax
              ? argument + ", which are probabilities already, for " + call.span().text()
              : argument + " for " + call.span().text());
    }
  }

  private void factors(Ast.Product product) {
    for (Ast.Factor factor : product.factors()) {
      Span inner = factor.operand().span();
      replace(
          outer(inner),
          "diag(" + inner.text() + ")",
          "diag(" + inner.text() + ") for " + cut(outer(inner)));
    }
    for (int i = 1; i < product.factors().size(); i++) {
      Ast.Factor factor = product.factors().get(i);
      Span left = outer(product.factors().get(i - 1).operand().span());
      Span right = outer(factor.operand().span());
      boolean times = factor.operator() == Ast.ProductOperator.TIMES;
      boolean hadamard = factor.operator() == Ast.ProductOperator.HADAMARD;
      if (times || hadamard) {
        others.add(
            new Edit(
                /* start= */ left.end(),
                /* end= */ right.start(),
                times ? " .* " : " ",
                (times ? "the Hadamard product" : "the matrix product")
                    + " of "
                    + cut(left)
                    + " and "
                    + cut(right)));
      }
      if (times) {
        String first = factorText(right);
        String second = factorText(left);
        String there = text.substring(left.start(), right.end());
        for (String swapped :
            List.of(
                first + " " + second,
                first + "' " + second,
                first + " " + second + "'",
                first + "' " + second + "'")) {
          others.add(
              new Edit(
                  /* start= */ left.start(),
                  /* end= */ right.end(),
                  swapped,
                  swapped + " for " + there));
        }
      }
    }
  }

  /** What a gradient by something that was repeated lacks: a sum. */
  private void whole(Ast formula) {
    Span span = formula.span();
    for (String function : List.of("colsum", "rowsum", "sum", "diag")) {
      replace(span, function + "(" + span.text() + ")", function + "(…) around it");
    }
    replace(span, "colsum(" + span.text() + ")'", "colsum(…)' around it");
  }

  private void replace(Span span, String replacement, String description) {
    others.add(new Edit(span.start(), span.end(), replacement, description));
  }

  private String factorText(Span outer) {
    String factor = cut(outer);
    boolean safe = factor.startsWith("(") || factor.matches("[\\p{L}\\p{N}_]+'*|\\w+\\(.*\\)'*");
    return safe ? factor : "(" + factor + ")";
  }

  private String cut(Span span) {
    return text.substring(span.start(), span.end());
  }

  /** Adds the brackets around {@code span}, unless they belong to a call. */
  private Span outer(Span span) {
    int before = span.start() - 1;
    while (before >= 0 && text.charAt(before) == ' ') {
      before--;
    }
    int after = span.end();
    while (after < text.length() && text.charAt(after) == ' ') {
      after++;
    }
    boolean bracketed =
        before >= 0
            && after < text.length()
            && text.charAt(before) == '('
            && text.charAt(after) == ')'
            && (before == 0 || !Character.isLetterOrDigit(text.charAt(before - 1)));
    return bracketed ? new Span(span.source(), before, after + 1) : span;
  }
}
