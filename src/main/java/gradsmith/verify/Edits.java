package gradsmith.verify;

import gradsmith.language.Ast;
import gradsmith.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

  private static final Map<String, String> SUM_OR_MEAN =
      Map.of(
          "rowsum", "rowmean",
          "rowmean", "rowsum",
          "colsum", "colmean",
          "colmean", "colsum",
          "sum", "mean",
          "mean", "sum");

  /** Functions of rows, which of a matrix give a column or a row. */
  private static final Set<String> REDUCTIONS = Set.of("rowsum", "colsum", "rowmean", "colmean");

  /** Those that make probabilities of logits. */
  static final List<String> PROBABILITIES = List.of("softmax", "sigmoid");

  private final String text;
  private final FunctionDerivatives derivatives;
  private final List<Edit> signs = new ArrayList<>();
  private final List<Edit> transposes = new ArrayList<>();
  private final List<Edit> others = new ArrayList<>();
  private final List<Edit> dropped = new ArrayList<>();
  private final List<Edit> squares = new ArrayList<>();

  private Edits(String text, FunctionDerivatives derivatives) {
    this.text = text;
    this.derivatives = derivatives;
  }

  /**
   * Returns changes of {@code formula}, whose source is its text alone.
   *
   * @param derivatives those of the program
   */
  static List<Edit> of(Ast formula, FunctionDerivatives derivatives) {
    Edits edits = new Edits(formula.span().source().text(), derivatives);
    edits.visit(formula);
    edits.whole(formula);
    List<Edit> all = new ArrayList<>(edits.transposes);
    all.addAll(edits.signs);
    all.addAll(edits.others);
    all.addAll(edits.dropped);
    all.addAll(edits.squares);
    return all;
  }

  /** Returns the changes of {@code formula} that transpose something in it. */
  static List<Edit> transposes(Ast formula, FunctionDerivatives derivatives) {
    Edits edits = new Edits(formula.span().source().text(), derivatives);
    edits.visit(formula);
    return edits.transposes;
  }

  /** Returns the changes of {@code formula} that change a sign in it. */
  static List<Edit> signs(Ast formula, FunctionDerivatives derivatives) {
    Edits edits = new Edits(formula.span().source().text(), derivatives);
    edits.visit(formula);
    return edits.signs;
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
      case Ast.Name name -> {
        derivative(name.span(), derivatives.ofName(name.name()));
        probabilities(name.span());
        square(name);
      }
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
        String turned = outer.text();
        replace(
            transposes,
            transposition.span(),
            turned,
            turned + " for " + transposition.span().text());
        visit(transposition.operand());
      }
      case Ast.Power power -> {
        String base = power.base().span().text();
        replace(squares, power.span(), base, base + " for " + power.span().text());
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
    String words = term.operand().asFactor();
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
    String transposed = node.asFactor() + "'";
    replace(transposes, outer, transposed, transposed + " for " + outer.text());
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
    String otherKind = SUM_OR_MEAN.get(call.name());
    if (otherKind != null) {
      replace(call.nameSpan(), otherKind, otherKind + " for " + call.name());
    }
    if (call.arguments().size() == 1) {
      String argument = call.arguments().getFirst().span().text();
      String negative = "-" + call.arguments().getFirst().asFactor();
      replace(
          signs,
          call.arguments().getFirst().span(),
          negative,
          negative + " for " + argument + " in " + call.span().text());
      String derivative = derivatives.of(call.name());
      derivative(
          call.span(),
          derivative == null ? null : FunctionDerivatives.substituted(derivative, argument));
      overOneAxis(call, argument);
      square(call);
      boolean probabilities = PROBABILITIES.contains(call.name());
      replace(
          call.span(),
          "(" + argument + ")",
          probabilities
              ? argument + ", which are probabilities already, for " + call.span().text()
              : argument + " for " + call.span().text());
    }
  }

  private void derivative(Span span, @Nullable String derivative) {
    if (derivative != null) {
      replace(span, "(" + derivative + ")", derivative + ", the derivative, for " + span.text());
    }
  }

  /** A gradient by something that was repeated is a sum over one axis only. */
  private void overOneAxis(Ast.Call call, String argument) {
    if (call.name().equals("sum") || call.name().equals("mean")) {
      for (String one : List.of("col%s(%s)'", "row%s(%s)")) {
        String words = one.formatted(call.name(), argument);
        replace(call.span(), words, words + " for " + call.span().text());
      }
    }
  }

  private void square(Ast node) {
    String square = node.span().text() + ".^2";
    replace(squares, node.span(), square, square + " for " + node.span().text());
  }

  private static String otherAxis(Ast.Call call) {
    return OTHER_AXIS.get(call.name()) + call.span().text().substring(call.name().length());
  }

  private void factors(Ast.Product product) {
    for (int i = 0; i < product.factors().size(); i++) {
      Span factor = outer(product.factors().get(i).operand().span());
      int next = i + 1;
      boolean last = next == product.factors().size();
      int start =
          last ? outer(product.factors().get(i - 1).operand().span()).end() : factor.start();
      int end = last ? factor.end() : outer(product.factors().get(next).operand().span()).start();
      Edit without = new Edit(start, end, "", "no factor " + factor.text());
      if (last || i > 0 || product.factors().get(next).operator() != Ast.ProductOperator.DIVIDE) {
        dropped.add(without);
      }
    }
    for (Ast.Factor factor : product.factors()) {
      Span inner = factor.operand().span();
      replace(
          outer(inner),
          "diag(" + inner.text() + ")",
          "diag(" + inner.text() + ") for " + outer(inner).text());
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
                    + left.text()
                    + " and "
                    + right.text()));
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
    String factor = formula.asFactor();
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

  private static String factorText(Span outer) {
    String factor = outer.text();
    boolean safe = factor.startsWith("(") || factor.matches("[\\p{L}\\p{N}_]+'*|\\w+\\(.*\\)'*");
    return safe ? factor : "(" + factor + ")";
  }

  /** Adds the brackets around {@code span}, unless they belong to a call. */
  static Span outer(Span span) {
    String text = span.source().text();
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
