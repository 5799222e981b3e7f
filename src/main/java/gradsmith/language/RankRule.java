package gradsmith.language;

import gradsmith.language.RankState.Company;

/**
 * What an operation makes of the ranks of its operands, and what that costs. One operand stands for
 * both where there is one.
 */
enum RankRule {
  /** Entry by entry, of one operand. */
  ENTRYWISE,
  /** An elementwise function. */
  FUNCTION,
  TRANSPOSE,
  /** A sum so far, and the next term. */
  PLUS,
  /** A sum without what its terms have told each other. */
  END_OF_SUM,
  /** An elementwise product or quotient, or a comparison. */
  HADAMARD,
  /** An elementwise function of several arguments. */
  JOIN,
  TIMES,
  DIVIDE,
  SOLVE,
  KRONECKER,
  POWER,
  ELEMENTWISE_POWER,
  /** A power if the exponent H is a number, else a transpose. */
  HERMITIAN,
  /** A length of more than 1 if a name, read as no number, has the number beside it as a factor. */
  MEETS_NUMBER,
  /** The second operand if the first is a number, else the length 1. */
  IF_NUMBER,
  /** The first operand, which meets numbers only if the second is a length of more than 1. */
  AMONG_NUMBERS,
  /** A factor before the identity. */
  BEFORE_IDENTITY,
  /** All entries to one number. */
  REDUCE,
  /** What is seldom meant of a number. */
  OF_MANY,
  /** What has to be a number. */
  NUMBER_ARGUMENT,
  SQUARE,
  DIAGONAL,
  VEC,
  ROWS,
  COLUMNS,
  /** The rows of a value whose vectors are rows. */
  ROWS_OF_ROWS,
  COLUMNS_OF_ROWS,
  /** Two lengths that are one. */
  EQUAL,
  /** A value of so many rows and columns. */
  MADE,
  /** The same of written numbers. */
  FILLED,
  /** The first operand, a vector if it is a row and the second, whose vectors are rows, is one. */
  AS_GIVEN,
  /** Two values of one rank. */
  SAME,
  /** The value of the program. */
  VALUE;

  private static final int BITS = 5;

  /** Returns the place of this among all. */
  @SuppressWarnings("EnumOrdinal") // nothing but tables in memory depends on it
  int index() {
    return ordinal();
  }

  /** Returns the state in an outcome. */
  static int state(long outcome) {
    return (int) (outcome & ((1 << BITS) - 1));
  }

  /** Returns the cost in an outcome, in units of {@link RankCost}. */
  static long cost(long outcome) {
    return outcome >> BITS;
  }

  private static long outcome(RankState state, long cost) {
    return cost << BITS | state.index();
  }

  /** Returns what comes of operands in the states {@code left} and {@code right}, and its cost. */
  long apply(int left, int right) {
    RankState a = RankState.at(left);
    RankState b = RankState.at(right);
    if (a == RankState.UNKNOWN || b == RankState.UNKNOWN) {
      return ofUnknown(a, b);
    }
    return switch (this) {
      case ENTRYWISE,
          FUNCTION,
          END_OF_SUM,
          OF_MANY,
          BEFORE_IDENTITY,
          VALUE,
          REDUCE,
          NUMBER_ARGUMENT,
          SQUARE ->
          demand(a);
      case TRANSPOSE -> transposed(a);
      case HERMITIAN -> b.isNumber() ? power(a, b) : transposed(a);
      case DIAGONAL ->
          a.isNumber()
              ? outcome(a, RankCost.MIXTURE)
              : switch (a.rank()) {
                case VECTOR -> plain(Rank.MATRIX, 0);
                case MATRIX -> plain(Rank.VECTOR, 0);
                case NUMBER, ROW -> plain(Rank.MATRIX, RankCost.ERROR);
              };
      case VEC -> a.isNumber() ? outcome(a, RankCost.MIXTURE) : plain(Rank.VECTOR, 0);
      case ROWS -> length(a.rank().hasOneRow());
      case COLUMNS -> length(a.rank().hasOneColumn());
      case ROWS_OF_ROWS -> length(a.rank() != Rank.MATRIX);
      case COLUMNS_OF_ROWS -> length(a.isNumber());
      case PLUS -> plus(a, b);
      case HADAMARD -> hadamard(a, b);
      case JOIN -> joined(a, b);
      case TIMES -> times(a, b);
      case DIVIDE -> divide(a, b);
      case SOLVE ->
          a.rank() == Rank.VECTOR || a.rank() == Rank.ROW
              ? outcome(b, RankCost.ERROR)
              : times(a, b);
      case KRONECKER ->
          a.isNumber() || b.isNumber()
              ? times(a, b)
              : plain(
                  Rank.of(
                      a.rank().hasOneRow() && b.rank().hasOneRow(),
                      a.rank().hasOneColumn() && b.rank().hasOneColumn()),
                  0);
      case POWER -> power(a, b);
      case ELEMENTWISE_POWER ->
          b.isNumber() ? scaled(a, b) : outcome(joinedState(a, b), RankCost.ONLY_NUMBERS);
      case MEETS_NUMBER -> length(a.company() != Company.NONE || b != RankState.NUMBER);
      case IF_NUMBER -> a.isNumber() ? outcome(b, 0) : length(true);
      case AMONG_NUMBERS -> outcome(b == RankState.MATRIX ? a.in(Company.NUMBERS) : a, 0);
      case EQUAL -> outcome(a, a.isNumber() == b.isNumber() ? 0 : RankCost.ERROR);
      case MADE -> outcome(RankState.of(made(a, b), Company.ANY), 0);
      case FILLED -> outcome(RankState.declared(made(a, b)), 0);
      case AS_GIVEN ->
          a.rank() == Rank.ROW && b.rank() == Rank.VECTOR ? plain(Rank.VECTOR, 0) : outcome(a, 0);
      case SAME -> outcome(a, a.rank() == b.rank() ? 0 : RankCost.ERROR);
    };
  }

  /** Of a value of unknown rank nothing is demanded. */
  private long ofUnknown(RankState a, RankState b) {
    return switch (this) {
      case REDUCE -> outcome(RankState.NUMBER, 0);
      case NUMBER_ARGUMENT -> outcome(RankState.WRITTEN, 0);
      case MEETS_NUMBER, IF_NUMBER -> length(true);
      case AMONG_NUMBERS, AS_GIVEN -> outcome(a, 0);
      case EQUAL, SAME -> outcome(a == RankState.UNKNOWN ? b : a, 0);
      default -> outcome(RankState.UNKNOWN, 0);
    };
  }

  /** What one operand is where it stands. */
  private long demand(RankState a) {
    long ofNumber = a.isFoundNumber() ? RankCost.MIXTURE : 0;
    return switch (this) {
      case END_OF_SUM -> outcome(a.company() == Company.TERM ? a.in(Company.ANY) : a, 0);
      case FUNCTION -> outcome(a == RankState.WRITTEN ? RankState.WRITTEN_VALUE : a, 0);
      case OF_MANY -> outcome(a, ofNumber);
      case REDUCE -> outcome(a.isFoundNumber() || !a.isNumber() ? RankState.NUMBER : a, ofNumber);
      case BEFORE_IDENTITY -> outcome(a, a.company() == Company.NONE ? RankCost.ONLY_NUMBERS : 0);
      case NUMBER_ARGUMENT -> outcome(RankState.WRITTEN, a.isNumber() ? 0 : RankCost.ERROR);
      case SQUARE ->
          a.isNumber() || a.rank() == Rank.MATRIX
              ? outcome(a.in(Company.ANY), ofNumber)
              : plain(Rank.MATRIX, RankCost.ERROR);
      case VALUE ->
          outcome(
              a,
              (a.isNumber() ? 0 : RankCost.VALUE)
                  + (a.company() == Company.NUMBERS ? RankCost.ONLY_NUMBERS : 0));
      default -> outcome(a, 0);
    };
  }

  private static long transposed(RankState a) {
    if (a.isNumber()) {
      return outcome(a, a.isFoundNumber() ? RankCost.TRANSPOSED_NUMBER : 0);
    }
    return a.rank() == Rank.VECTOR
        ? outcome(RankState.TRANSPOSED_VECTOR, 0)
        : plain(a.rank().transposed(), 0);
  }

  private static long plain(Rank rank, long cost) {
    return outcome(RankState.of(rank, Company.ANY), cost);
  }

  private static long length(boolean one) {
    return outcome(RankState.length(one), 0);
  }

  private static Rank made(RankState rows, RankState columns) {
    return Rank.of(rows.isNumber(), columns.isNumber());
  }

  /** What is made of two numbers is as little written as either. */
  private static RankState number(RankState a, RankState b) {
    return a.compareTo(b) < 0 ? b : a;
  }

  private static RankState joinedState(RankState a, RankState b) {
    if (a.isNumber()) {
      return b.isNumber() ? number(a, b) : b;
    }
    if (b.isNumber() || a == b && a == RankState.TRANSPOSED_VECTOR) {
      return a;
    }
    boolean asRow =
        a.rank() == Rank.VECTOR && b.rank() == Rank.ROW && b != RankState.TRANSPOSED_VECTOR
            || b.rank() == Rank.VECTOR && a.rank() == Rank.ROW && a != RankState.TRANSPOSED_VECTOR;
    return RankState.of(asRow ? Rank.ROW : a.rank().join(b.rank()), Company.ANY);
  }

  private static long joined(RankState a, RankState b) {
    return outcome(joinedState(a, b), 0);
  }

  /** A sum pays once for numbers beside vectors or matrices, however many there are. */
  private static long plus(RankState a, RankState b) {
    if (a.isNumber() != b.isNumber()) {
      RankState number = a.isNumber() ? a : b;
      RankState other = a.isNumber() ? b : a;
      return !number.isFoundNumber()
          ? outcome(other, 0)
          : outcome(other.in(Company.TERM), other.company() == Company.TERM ? 0 : RankCost.MIXTURE);
    }
    if (a.isNumber()) {
      return outcome(number(a, b), 0);
    }
    boolean mixed = a.company() == Company.TERM || b.company() == Company.TERM;
    boolean numbers =
        a.company() == Company.NUMBERS && isScaled(b)
            || b.company() == Company.NUMBERS && isScaled(a);
    Company company = mixed ? Company.TERM : numbers ? Company.NUMBERS : Company.ANY;
    RankState both = joinedState(a, b);
    return outcome(company == Company.ANY ? both : both.in(company), 0);
  }

  private static boolean isScaled(RankState state) {
    return state.company() == Company.NUMBERS || state.company() == Company.WRITTEN;
  }

  private static long hadamard(RankState a, RankState b) {
    if (a.isNumber() == b.isNumber()) {
      return joined(a, b);
    }
    boolean mixture = (a.isNumber() ? a : b).isFoundNumber();
    return scaled(a.isNumber() ? b : a, a.isNumber() ? a : b, mixture ? RankCost.MIXTURE : 0);
  }

  private static long scaled(RankState a, RankState number) {
    return a.isNumber() ? outcome(number(a, number), 0) : outcome(a, 0);
  }

  /** A name that was alone is among numbers once it is scaled by one that is not written. */
  private static long scaled(RankState a, RankState number, long cost) {
    boolean alone = a.company() == Company.NONE || a.company() == Company.WRITTEN;
    boolean met = number == RankState.NUMBER || number == RankState.WORD_NUMBER;
    RankState made =
        alone && met
            ? a.in(Company.NUMBERS)
            : alone && number == RankState.WRITTEN_VALUE ? a.in(Company.WRITTEN) : a;
    return outcome(made, cost);
  }

  private static long times(RankState a, RankState b) {
    if (a.isNumber()) {
      return b.isNumber() ? outcome(number(a, b), 0) : scaled(b, a, 0);
    }
    if (b.isNumber()) {
      long behind = a.rank() == Rank.VECTOR ? RankCost.SIZE : RankCost.UNUSUAL;
      return scaled(a, b, b.isName() ? behind : 0);
    }
    boolean fits = a.rank().multiplies(b.rank());
    return plain(a.rank().times(b.rank()), fits ? 0 : RankCost.ERROR);
  }

  private static long divide(RankState a, RankState b) {
    return b.isNumber() ? scaled(a, b) : outcome(a, RankCost.ERROR);
  }

  private static long power(RankState base, RankState exponent) {
    boolean vector = base.rank() == Rank.VECTOR || base.rank() == Rank.ROW;
    return vector || !exponent.isNumber() ? outcome(base, RankCost.ERROR) : scaled(base, exponent);
  }
}
