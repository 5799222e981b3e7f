package gradsmith.verify;

import gradsmith.expr.Expr;
import gradsmith.expr.Rational;
import gradsmith.render.FormulaPrinter;
import gradsmith.verify.Suspect.Cause;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Terms that differ once both formulas are multiplied out, wherever they stand in brackets. */
final class WrongTerms {

  /** Where more terms differ than this, it is another formula altogether. */
  private static final int MOST_DIFFERENCES = 3;

  private static final int LONGEST = 120;

  private WrongTerms() {}

  /** Returns the cause if most terms of {@code suspect} are those of the right formula. */
  static @Nullable Cause cause(Suspect suspect) {
    if (suspect.fitting() == null) {
      return null;
    }
    Expansion expansion = new Expansion(suspect);
    Map<Expr, Rational> right = expansion.of(suspect.right());
    Map<Expr, Rational> claimed = expansion.of(suspect.fitting());
    Set<Expr> all = new LinkedHashSet<>(claimed.keySet());
    all.addAll(right.keySet());
    List<String> findings = new ArrayList<>();
    List<Expr> repaired = new ArrayList<>(List.of(suspect.fitting()));
    boolean shared = false;
    for (Expr term : all) {
      Rational is = claimed.getOrDefault(term, Rational.ZERO);
      Rational should = right.getOrDefault(term, Rational.ZERO);
      shared |= claimed.containsKey(term) && right.containsKey(term);
      if (is.equals(should)) {
        continue;
      }
      String text = FormulaPrinter.typed().print(expansion.times(should, term));
      String wrong = FormulaPrinter.typed().print(expansion.times(is, term));
      if (text.length() > LONGEST || wrong.length() > LONGEST) {
        return null;
      }
      repaired.add(expansion.times(should.plus(is.negated()), term));
      findings.add(
          is.equals(Rational.ZERO)
              ? "the term " + text + " is missing"
              : should.equals(Rational.ZERO)
                  ? "the term " + wrong + " should not be there"
                  : should.equals(is.negated())
                      ? "the sign of " + wrong + " is wrong"
                      : "the term " + wrong + " should be " + text);
    }
    return shared
            && !findings.isEmpty()
            && findings.size() <= MOST_DIFFERENCES
            && suspect.points().isRight(suspect.sum(repaired))
        ? new Cause(findings, null)
        : null;
  }
}
