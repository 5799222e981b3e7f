package gradsmith.expr;

import java.util.Locale;

/** What is known of the entries of a matrix. */
public enum Property {
  /** A' = A. */
  SYMMETRIC,
  /** Symmetric positive definite. */
  SPD,
  /** Zero off the diagonal. */
  DIAGONAL,
  /** A' A = I. */
  ORTHOGONAL,
  /** Each row has one 1 and zeros. */
  ONEHOT,
  /** Each row sums to 1 and no entry is negative. */
  STOCHASTIC,
  /** Every entry is positive. */
  POSITIVE,
  /** Not differentiated unless asked for. */
  CONSTANT,
  /** A whole number, which has no derivative. */
  INTEGER;

  /** Returns how a declaration spells it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Tells whether a matrix with this property also has {@code other}. */
  public boolean implies(Property other) {
    return this == other
        || (this == SPD && other == SYMMETRIC)
        || (this == DIAGONAL && other == SYMMETRIC)
        || (this == ONEHOT && other == STOCHASTIC);
  }
}
