package gradsmith.expr;

import java.util.Locale;

/** What is true of every value of a function of the library. */
public enum Fact {
  /** Every entry is positive, where the function is differentiable. */
  POSITIVE,
  /** Each row sums to 1. */
  STOCHASTIC,
  /** f(A') = f(A)', for the first argument. */
  EQUIVARIANT,
  /** f(A') = f(A), for the first argument. */
  INVARIANT,
  /** f(A, B) = f(B, A). */
  COMMUTATIVE,
  /** f(c A) = c f(A) for every number c, for the last argument. */
  HOMOGENEOUS;

  /** Returns the word for it in a rule file. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
