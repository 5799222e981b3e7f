package gradsmith.verify;

import gradsmith.language.Ast;
import gradsmith.source.Span;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
          "rows", "cols",
          "cols", "rows");

  /** Functions of rows, which of a matrix give a column or a row. */
  private static final Set<String> REDUCTIONS = Set.of("rowsum", "colsum", "rowmean", "colmean");

  /** Those that make probabilities of logits. */
  private static final List<String> PROBABILITIES = List.of("softmax", "sigmoid");

  private final String text;
  private final Function<String, @Nullable String> derivatives;
  private final List<Edit> signs = new ArrayList<>();
  private final List<Edit> transposes = new ArrayList<>();
  private final List<Edit> others = new ArrayList<>();
  private final List<Edit> dropped = new ArrayList<>();

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
    all.addAll(edits.signs);
    all.addAll(edits.others);
    all.addAll(edits.dropped);
    return all;
  }

  /** Returns the changes of {@code formula} that transpose something in it. */
  static List<Edit> transposes(Ast formula) {
    Edits edits = new Edits(formula.span().source().text(), function -> null);
    edits.visit(formula);
    return edits.transposes;
  }

  /** Returns the changes that multiply a factor of {@code formula}, or all, by one of others. */
  static List<Edit> factors(Ast formula, Collection<String> factors) {
    Edits edits = new Edits(formula.span().source().text(), function -> null);
    for (Ast node : parts(formula)) {
      if (node instanceof Ast.Numeral) {
        continue;
      }
      Span outer = edits.outer(node.span());
      String whole = Layout.bracketed(node);
      for (String factor : factors) {
        edits.multiplied(outer, "(" + whole + " .* " + factor + ")", factor, whole);
        edits.multiplied(outer, "(" + factor + " " + whole + ")", factor, whole);
        edits.multiplied(outer, "(" + whole + " " + factor + ")", factor, whole);
        edits.multiplied(outer, "(" + whole + " " + factor + "')", factor + "'", whole);
        edits.multiplied(outer, "(" + whole + " ./ " + factor + ")", "1 ./ " + factor, whole);
      }
      if (node instanceof Ast.Product product) {
        edits.runs(product, factors);
      }
    }
    return edits.others;
  }

  /** Multiplies neighbouring factors of {@code product}, not all of them, entry by entry. */
  private void runs(Ast.Product product, Collection<String> factors) {
    int count = product.factors().size();
    for (int from = 0; from < count - 1; from++) {
      for (int to = from == 0 ? count - 2 : count - 1; to > from; to--) {
        Span first = outer(product.factors().get(from).operand().span());
        Span run = first.to(outer(product.factors().get(to).operand().span()));
        String whole = "(" + cut(run) + ")";
        for (String factor : factors) {
          multiplied(run, "(" + whole + " .* " + factor + ")", factor, whole);
        }
      }
    }
  }

  private void multiplied(Span outer, String replacement, String factor, String whole) {
    boolean all = outer.end() - outer.start() >= text.length();
    replace(
        outer,
        all ? replacement.substring(1, replacement.length() - 1) : replacement,
        "the factor " + factor + (all ? "" : " of " + whole) + ", which is missing");
  }

  /** Returns the numbers in {@code formula}. */
  static List<Ast.Numeral> numerals(Ast formula) {
    List<Ast.Numeral> numerals = new ArrayList<>();
    for (Ast part : parts(formula)) {
      if (part instanceof Ast.Numeral numeral) {
        numerals.add(numeral);
      }
    }
    return numerals;
  }

  /** Returns {@code formula} and everything in it, the larger before the smaller. */
  static List<Ast> parts(Ast formula) {
    List<Ast> parts = new ArrayList<>(List.of(formula));
    for (int i = 0; i < parts.size(); i++) {
      switch (parts.get(i)) {
        case Ast.Numeral numeral -> {}
        case Ast.Name name -> {}
        case Ast.Call call -> parts.addAll(call.arguments());
        case Ast.Negation negation -> parts.add(negation.operand());
        case Ast.Transposition transposition -> parts.add(transposition.operand());
        case Ast.Power power -> {
          parts.add(power.base());
          parts.add(power.exponent());
        }
        case Ast.Sum sum -> sum.terms().forEach(term -> parts.add(term.operand()));
        case Ast.Product product ->
            product.factors().forEach(factor -> parts.add(factor.operand()));
        case Ast.Comparison comparison -> {
          parts.add(comparison.left());
          parts.add(comparison.right());
        }
      }
    }
    return parts;
  }

  private void visit(Ast node) {
    if (!(node instanceof Ast.Numeral) && !(node instanceof Ast.Transposition)) {
      transpose(node);
    }
    descend(node);
  }

  private void descend(Ast node) {
    switch (node) {
      case Ast.Numeral numeral -> {}
      case Ast.Name name -> probabilities(name.span());
      case Ast.Call call -> {
        call(call);
        // There the other axis is the likelier slip.
        call.arguments().forEach(OTHER_AXIS.containsKey(call.name()) ? this::descend : this::visit);
      }
      case Ast.Negation negation -> visit(negation.operand());
      case Ast.Transposition transposition -> {
        if (transposition.operand() instanceof Ast.Call call && REDUCTIONS.contains(call.name())) {
          String turned = otherAxis(call);
          replace(transposition.span(), turned, turned + " for " + transposition.span().text());
        }
        Span outer = outer(transposition.operand().span());
        String turned = cut(outer);
        replace(
            transposes,
            transposition.span(),
            turned,
            turned + " for " + transposition.span().text());
        visit(transposition.operand());
      }
      case Ast.Power power -> {
        visit(power.base());
        visit(power.exponent());
      }
      case Ast.Sum sum -> {
        for (Ast.Term term : sum.terms()) {
          sign(term);
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

  private void sign(Ast.Term term) {
    Span sign = term.signSpan();
    String words = Layout.bracketed(term.operand());
    String right = term.negative() ? "+ " : "- ";
    boolean first = sign.start() == sign.end();
    signs.add(
        first && term.negative()
            ? new Edit(sign.start(), term.operand().span().start(), "", "+ " + words)
            : Edit.replacing(
                sign, first ? "-" : right.strip(), "the sign of " + words + " changed"));
  }

  private void probabilities(Span logits) {
    for (String function : PROBABILITIES) {
      String probabilities = function + "(" + logits.text() + ")";
      replace(
          logits,
          probabilities,
          probabilities + ", the probabilities, for the logits " + logits.text());
    }
  }

  private void transpose(Ast node) {
    Span outer = outer(node.span());
    String transposed = Layout.bracketed(node) + "'";
    replace(transposes, outer, transposed, transposed + " for " + cut(outer));
  }

  private void call(Ast.Call call) {
    String other = OTHER_AXIS.get(call.name());
    if (other != null) {
      replace(call.nameSpan(), other, other + " for " + call.name());
      if (REDUCTIONS.contains(call.name())) {
        String turned = otherAxis(call) + "'";
        replace(call.span(), turned, turned + " for " + call.span().text());
      }
    }
    if (call.arguments().size() == 1) {
      String argument = call.arguments().getFirst().span().text();
      String derivative = derivatives.apply(call.name());
      if (derivative != null) {
        String tidy = substituted(derivative, argument);
        replace(
            call.span(), "(" + tidy + ")", tidy + ", the derivative, for " + call.span().text());
      }
      boolean probabilities = PROBABILITIES.contains(call.name());
      replace(
          call.span(),
          "(" + argument + ")",
          probabilities
              ? argument + ", which are probabilities already, for " + call.span().text()
              : argument + " for " + call.span().text());
    }
  }

  private static String otherAxis(Ast.Call call) {
    return OTHER_AXIS.get(call.name()) + call.span().text().substring(call.name().length());
  }

  /** Returns {@code derivative} with {@code argument} for its A. */
  static String substituted(String derivative, String argument) {
    return derivative
        .replaceAll("\\bA\\b", Matcher.quoteReplacement("(" + argument + ")"))
        .replace("((" + argument + "))", "(" + argument + ")");
  }

  private void factors(Ast.Product product) {
    for (int i = 0; i < product.factors().size(); i++) {
      Span factor = outer(product.factors().get(i).operand().span());
      int next = i + 1;
      boolean last = next == product.factors().size();
      int start =
          last ? outer(product.factors().get(i - 1).operand().span()).end() : factor.start();
      int end = last ? factor.end() : outer(product.factors().get(next).operand().span()).start();
      Edit without = new Edit(start, end, "", "no factor " + cut(factor));
      if (last || i > 0 || product.factors().get(next).operator() != Ast.ProductOperator.DIVIDE) {
        dropped.add(without);
      }
    }
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
    String factor = Layout.bracketed(formula);
    for (String ones : List.of("vector(1)", "matrix(1)", "I")) {
      String times = span.text().equals("1") ? ones : factor + " * " + ones;
      replace(span, times, times + " for " + span.text());
    }
  }

  private void replace(Span span, String replacement, String description) {
    replace(others, span, replacement, description);
  }

  private static void replace(List<Edit> edits, Span span, String replacement, String description) {
    edits.add(Edit.replacing(span, replacement, description));
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
