package gradsmith.render;

import gradsmith.shape.Polynomial;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns rowsum(A) / d into rowmean(A), where d is the length that is summed over. */
final class Means {

  private Means() {}

  /** A formula in which means replace sums, and the divisors that they take up. */
  record Taken(Formula formula, Polynomial lengths) {}

  /** Divides {@code formula} by a part of {@code lengths} if it has sums to take it, else null. */
  static @Nullable Taken take(Formula formula, Polynomial lengths) {
    return switch (formula) {
      case Formula.Reduction reduction -> reduction(reduction, lengths);
      case Formula.Negative negative -> {
        Taken taken = take(negative.operand(), lengths);
        yield taken == null ? null : new Taken(new Formula.Negative(taken.formula), taken.lengths);
      }
      case Formula.Transpose transpose -> {
        Taken taken = take(transpose.operand(), lengths);
        yield taken == null ? null : new Taken(new Formula.Transpose(taken.formula), taken.lengths);
      }
      case Formula.Sum sum -> sum(sum, lengths);
      case Formula.Product product -> {
        List<Formula> factors = new ArrayList<>(product.factors());
        Polynomial taken = any(factors, lengths);
        yield taken == null ? null : new Taken(new Formula.Product(factors), taken);
      }
      case Formula.Hadamard product -> {
        List<Formula> factors = new ArrayList<>(product.factors());
        Polynomial taken = any(factors, lengths);
        yield taken == null
            ? null
            : new Taken(new Formula.Hadamard(factors, product.divisors()), taken);
      }
      case Formula.Name name -> null;
      case Formula.Numeral number -> null;
      case Formula.Call call -> null;
      case Formula.Norm norm -> null;
      case Formula.Quotient quotient -> null;
      case Formula.Power power -> null;
      case Formula.Kronecker product -> null;
      case Formula.Comparison comparison -> null;
    };
  }

  private static @Nullable Taken reduction(Formula.Reduction reduction, Polynomial lengths) {
    Polynomial over = Polynomial.ONE;
    for (Polynomial length : reduction.over()) {
      over = over.times(length);
    }
    return reduction.mean() || over.isOne() || lengths.dividedBy(over) == null
        ? null
        : new Taken(
            new Formula.Reduction(reduction.axis(), reduction.over(), true, reduction.argument()),
            over);
  }

  /** Replaces the first of {@code factors} that can take lengths. */
  private static @Nullable Polynomial any(List<Formula> factors, Polynomial lengths) {
    for (int i = 0; i < factors.size(); i++) {
      Taken taken = take(factors.get(i), lengths);
      if (taken != null) {
        factors.set(i, taken.formula);
        return taken.lengths;
      }
    }
    return null;
  }

  /** Each term of a sum is divided, or none. */
  private static @Nullable Taken sum(Formula.Sum sum, Polynomial lengths) {
    List<Formula.Term> terms = new ArrayList<>();
    Polynomial common = null;
    for (Formula.Term term : sum.terms()) {
      Taken taken = take(term.formula(), common == null ? lengths : common);
      if (taken == null || (common != null && !taken.lengths.equals(common))) {
        return null;
      }
      common = taken.lengths;
      terms.add(new Formula.Term(term.negative(), taken.formula));
    }
    return common == null ? null : new Taken(new Formula.Sum(terms), common);
  }
}
