package gradsmith.verify;

import gradsmith.expr.Expr;
import gradsmith.expr.Rational;
import gradsmith.render.FormulaPrinter;
import gradsmith.verify.Suspect.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Terms of the right formula that someone has lost. */
final class MissingTerms {

  private static final int MOST_TERMS = 8;

  private MissingTerms() {}

  /** Returns the cause if {@code suspect} is right with some more of the right terms. */
  static @Nullable Cause cause(Suspect suspect) {
    Expr claimed = suspect.fitting();
    if (claimed == null) {
      return null;
    }
    Expansion expansion = new Expansion(suspect);
    List<Expr> terms = new ArrayList<>();
    List<Expr> values = new ArrayList<>();
    for (Map.Entry<Expr, Rational> term : expansion.of(suspect.shown()).entrySet()) {
      Expr whole = expansion.times(term.getValue(), term.getKey());
      Expr value = suspect.derived().inlined(whole);
      if (!value.shape().equals(suspect.right().shape())) {
        return null;
      }
      terms.add(whole);
      values.add(value);
    }
    if (terms.size() < 2 || terms.size() > MOST_TERMS) {
      return null;
    }
    // Most often it is one.
    for (int missing = 1; missing <= Math.min(2, terms.size() - 1); missing++) {
      for (int set = 1; set < 1 << terms.size(); set++) {
        if (Integer.bitCount(set) == missing
            && suspect.points().isRight(suspect.sum(with(claimed, values, set)))) {
          return cause(suspect, terms, set);
        }
      }
    }
    return null;
  }

  private static List<Expr> with(Expr claimed, List<Expr> values, int set) {
    List<Expr> all = new ArrayList<>(List.of(claimed));
    for (int i = 0; i < values.size(); i++) {
      if ((set >> i & 1) == 1) {
        all.add(values.get(i));
      }
    }
    return all;
  }

  private static Cause cause(Suspect suspect, List<Expr> terms, int set) {
    StringBuilder whole = new StringBuilder(suspect.text());
    List<String> findings = new ArrayList<>();
    for (int i = 0; i < terms.size(); i++) {
      if ((set >> i & 1) == 1) {
        String term = FormulaPrinter.typed().print(terms.get(i));
        findings.add("the term " + term + " is missing");
        whole.append(term.startsWith("-") ? " - " + term.substring(1) : " + " + term);
      }
    }
    return new Cause(findings, suspect.isRight(whole.toString()) ? whole.toString() : null);
  }
}
