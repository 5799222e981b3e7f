package gradsmith.verify;

import gradsmith.algebra.Algebra;
import gradsmith.expr.Expr;
import gradsmith.expr.Rational;
import gradsmith.expr.Variable;
import gradsmith.language.Program;
import gradsmith.render.FormulaPrinter;
import gradsmith.rules.Assumptions;
import gradsmith.rules.IdentityRules;
import gradsmith.rules.Instantiation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the rules say of two formulas: that they are equal, or what is left of their difference. */
final class SymbolicComparison {

  /** Numbers that differ by no more than this share may be one, rounded to double precision. */
  private static final double ROUNDED = 2e-15;

  /** What is less than this share of its terms may be rounding. */
  private static final double VANISHING = 1e-6;

  private final Assumptions assumptions;
  private final Expansion expansion;
  private final boolean sameForm;
  private final Map<Expr, Rational> rest = new LinkedHashMap<>();

  /** Compares {@code claimed} with {@code right}, both in the inputs of {@code program}. */
  SymbolicComparison(
      Expr claimed, Expr right, Program program, IdentityRules identities, List<Variable> by) {
    assumptions = Assumptions.of(program, by);
    Algebra algebra =
        new Algebra(
            program.expressions(),
            identities.session(assumptions, (identity, before, after) -> {}));
    expansion = new Expansion(algebra);
    sameForm = new Instantiation(algebra).build(claimed) == new Instantiation(algebra).build(right);
    if (!sameForm) {
      rest.putAll(expansion.of(claimed));
      expansion
          .of(right)
          .forEach((term, number) -> rest.merge(term, number.negated(), Rational::plus));
      rest.values().removeIf(number -> number.signum() == 0);
    }
  }

  /** Tells whether the rules say that they are equal. */
  boolean isProved() {
    return rest.isEmpty();
  }

  /** Returns the labels whose rows sum to 1, where that has been used. */
  Set<Variable> usedStochastic() {
    return assumptions.usedStochastic();
  }

  /** Returns how they compare, as a sentence about the one that is claimed. */
  String sentence(String other) {
    return sameForm
        ? "it has the same normal form as " + other
        : isProved()
            ? "multiplied out, it has the same terms as " + other
            : "only numbers say so: the rules do not lead from it to " + other;
  }

  /**
   * Tells whether the difference is real although numbers do not show it: its coefficients are
   * tiny, but no roundings of a double, and what they belong to does not vanish.
   */
  boolean isReal(Points points) {
    double largest =
        rest.values().stream().mapToDouble(number -> Math.abs(number.toDouble())).max().orElse(0);
    if (!(largest > 0 && largest < VANISHING)) {
      return false;
    }
    for (int point = 0; point < points.count(); point++) {
      double[] sum = new double[points.expected(point).length];
      double most = 0;
      for (Map.Entry<Expr, Rational> term : rest.entrySet()) {
        double share = term.getValue().toDouble() / largest;
        double[] entries = points.entries(term.getKey(), point);
        if (entries == null || entries.length != sum.length) {
          return false;
        }
        Arrays.setAll(sum, i -> sum[i] + share * entries[i]);
        most = Math.max(most, Math.abs(share) * size(entries));
      }
      if (size(sum) > VANISHING * most
          && size(sum) * largest > ROUNDED * size(points.expected(point))) {
        return true;
      }
    }
    return false;
  }

  /** Returns what is left. */
  String difference() {
    List<Expr> terms = new ArrayList<>();
    rest.forEach((term, number) -> terms.add(expansion.times(number, term)));
    return FormulaPrinter.ascii().print(expansion.sum(terms));
  }

  private static double size(double[] entries) {
    return Arrays.stream(entries).map(Math::abs).max().orElse(0);
  }
}
