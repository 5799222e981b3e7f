package gradsmith.verify;

import gradsmith.expr.Expr;
import gradsmith.language.Ast;
import gradsmith.verify.Suspect.Cause;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Factors that the whole formula lacks, or its terms one by one: a sign, a 2, a 1/n. */
final class Factors {

  private static final int MOST_TERMS = 8;

  private Factors() {}

  /** Returns the cause if {@code suspect} is right but for a factor. */
  static @Nullable Cause ofTheWhole(Suspect suspect) {
    Expr claimed = suspect.fitting();
    List<Coefficient> found =
        claimed == null ? null : new Combination(suspect).of(List.of(claimed), suspect.right());
    if (found == null || found.getFirst().zero() || found.getFirst().one()) {
      return null;
    }
    Coefficient coefficient = found.getFirst();
    if (!coefficient.simple()) {
      Cause number = number(suspect);
      return number != null
          ? number
          : new Cause(List.of("it must be multiplied by " + coefficient.text()), null);
    }
    String surplus = withoutSurplus(suspect);
    String times = coefficient.times(suspect.formula(), suspect.text());
    String corrected = surplus != null ? surplus : suspect.isRight(times) ? times : null;
    return new Cause(List.of(coefficient.missing()), corrected);
  }

  /** What lacks a factor of n may be divided by n without need: returns it without, or null. */
  private static @Nullable String withoutSurplus(Suspect suspect) {
    if (!(suspect.formula() instanceof Ast.Product product)) {
      return null;
    }
    List<Ast.Factor> factors = product.factors();
    for (int i = 0; i < factors.size(); i++) {
      int start = i == 0 ? factors.get(i).span().start() : factors.get(i - 1).span().end();
      int end = i == 0 ? factors.get(1).span().start() : factors.get(i).span().end();
      String without = new Edit(start, end, "", "").apply(suspect.text());
      if (suspect.isRight(without)) {
        return without;
      }
    }
    return null;
  }

  /** A number in the formula may be one that is nearly a simple one. */
  private static @Nullable Cause number(Suspect suspect) {
    for (Ast.Numeral numeral : Edits.numerals(suspect.formula())) {
      String rounded = String.valueOf(Math.round(numeral.value().toDouble()));
      Edit edit = Edit.replacing(numeral.span(), rounded, rounded + " for " + numeral.text());
      if (suspect.isRight(edit.apply(suspect.text()))) {
        return new Cause(
            List.of("it is right with " + edit.description()), edit.apply(suspect.text()));
      }
    }
    return null;
  }

  /** Returns the cause if the terms of {@code suspect} are right but for a factor of each. */
  static @Nullable Cause ofTerms(Suspect suspect) {
    if (!(suspect.formula() instanceof Ast.Sum sum) || sum.terms().size() > MOST_TERMS) {
      return null;
    }
    List<Expr> values = new ArrayList<>();
    for (Ast.Term term : sum.terms()) {
      Expr value = suspect.read(term.operand().span().text());
      if (value == null || !value.shape().equals(suspect.right().shape())) {
        return null;
      }
      values.add(term.negative() ? suspect.negative(value) : value);
    }
    for (int i = 0; i < values.size(); i++) {
      List<Expr> others = new ArrayList<>(values);
      others.remove(i);
      if (suspect.points().isRight(suspect.sum(others))) {
        List<Ast.Term> terms = new ArrayList<>(sum.terms());
        String words = terms.remove(i).operand().span().text();
        return new Cause(
            List.of("the term " + words + " should not be there"),
            written(terms, terms.stream().map(term -> ONE).toList()));
      }
    }
    List<Coefficient> found = new Combination(suspect).of(values, suspect.right());
    if (found == null
        || found.stream().allMatch(Coefficient::zero)
        || found.stream().allMatch(Coefficient::one)) {
      return null;
    }
    List<String> findings = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      Coefficient coefficient = found.get(i);
      String words = sum.terms().get(i).operand().span().text();
      if (coefficient.zero()) {
        findings.add("the term " + words + " should not be there");
      } else if (coefficient.sign()) {
        findings.add("the sign of " + words + " is wrong");
      } else if (!coefficient.one()) {
        findings.add("the term " + words + " lacks a factor of " + coefficient.text());
      }
    }
    String corrected = written(sum.terms(), found);
    return new Cause(findings, suspect.isRight(corrected) ? corrected : null);
  }

  private static final Coefficient ONE = new Coefficient("1", false, true, false, true);

  private static String written(List<Ast.Term> terms, List<Coefficient> coefficients) {
    StringBuilder whole = new StringBuilder();
    for (int i = 0; i < terms.size(); i++) {
      Coefficient coefficient = coefficients.get(i);
      if (coefficient.zero()) {
        continue;
      }
      Ast.Term term = terms.get(i);
      String words = term.operand().span().text();
      boolean negative = term.negative() != coefficient.sign();
      whole.append(whole.isEmpty() ? (negative ? "-" : "") : negative ? " - " : " + ");
      whole.append(
          coefficient.one() || coefficient.sign()
              ? words
              : coefficient.times(term.operand(), words));
    }
    return whole.toString();
  }
}
