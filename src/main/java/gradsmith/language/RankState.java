package gradsmith.language;

/**
 * What a value is while ranks are found: its rank, and what the undeclared name that makes it more
 * than a number has met.
 */
enum RankState {
  /** A number that is written or declared: it mixes with everything. */
  WRITTEN(Rank.NUMBER, Company.ANY),
  /** A function of such numbers. */
  WRITTEN_VALUE(Rank.NUMBER, Company.ANY),
  /** An undeclared name that is a number by its spelling. */
  NAMED_NUMBER(Rank.NUMBER, Company.ANY),
  /** An undeclared name that is a number against its spelling. */
  WORD_NUMBER(Rank.NUMBER, Company.ANY),
  NUMBER(Rank.NUMBER, Company.ANY),
  /** A vector that was transposed: it fills a matrix with another vector. */
  TRANSPOSED_VECTOR(Rank.ROW, Company.ANY),
  VECTOR(Rank.VECTOR, Company.ANY),
  ROW(Rank.ROW, Company.ANY),
  MATRIX(Rank.MATRIX, Company.ANY),
  NEW_VECTOR(Rank.VECTOR, Company.NONE),
  NEW_ROW(Rank.ROW, Company.NONE),
  NEW_MATRIX(Rank.MATRIX, Company.NONE),
  SCALED_VECTOR(Rank.VECTOR, Company.WRITTEN),
  SCALED_ROW(Rank.ROW, Company.WRITTEN),
  SCALED_MATRIX(Rank.MATRIX, Company.WRITTEN),
  VECTOR_AMONG_NUMBERS(Rank.VECTOR, Company.NUMBERS),
  ROW_AMONG_NUMBERS(Rank.ROW, Company.NUMBERS),
  MATRIX_AMONG_NUMBERS(Rank.MATRIX, Company.NUMBERS),
  VECTOR_AND_NUMBER(Rank.VECTOR, Company.TERM),
  ROW_AND_NUMBER(Rank.ROW, Company.TERM),
  MATRIX_AND_NUMBER(Rank.MATRIX, Company.TERM),
  /** Nothing is known of it, and it says nothing of others. */
  UNKNOWN(Rank.MATRIX, Company.ANY);

  /** What a value has met. */
  enum Company {
    /** A vector or matrix, or it does not rest on a name. */
    ANY,
    /** Nothing: it is an undeclared name. */
    NONE,
    /** Functions of written numbers, and nothing else. */
    WRITTEN,
    /** Numbers that depend on names, and nothing but numbers. */
    NUMBERS,
    /** A number as another term of the same sum, which is not ended. */
    TERM
  }

  private static final RankState[] ALL = values();

  private final Rank rank;
  private final Company company;

  RankState(Rank rank, Company company) {
    this.rank = rank;
    this.company = company;
  }

  Rank rank() {
    return rank;
  }

  Company company() {
    return company;
  }

  boolean isNumber() {
    return rank == Rank.NUMBER;
  }

  /** Returns the place of this among all, by which tables are indexed. */
  @SuppressWarnings("EnumOrdinal") // nothing but tables in memory depends on it
  int index() {
    return ordinal();
  }

  /** Returns the state at the place {@code index}. */
  static RankState at(int index) {
    return ALL[index];
  }

  /** Returns the state of a value of {@code rank} in {@code company}. */
  static RankState of(Rank rank, Company company) {
    int offset = rank.index() - Rank.VECTOR.index();
    return rank == Rank.NUMBER
        ? NUMBER
        : switch (company) {
          case ANY -> ALL[VECTOR.index() + offset];
          case NONE -> ALL[NEW_VECTOR.index() + offset];
          case WRITTEN -> ALL[SCALED_VECTOR.index() + offset];
          case NUMBERS -> ALL[VECTOR_AMONG_NUMBERS.index() + offset];
          case TERM -> ALL[VECTOR_AND_NUMBER.index() + offset];
        };
  }

  /** Returns the state of a declared value. */
  static RankState declared(Rank rank) {
    return rank == Rank.NUMBER ? WRITTEN : of(rank, Company.ANY);
  }

  /** Returns the state of an undeclared name that is {@code spelled} and read as {@code rank}. */
  static RankState read(Rank rank, Rank spelled) {
    return rank != Rank.NUMBER
        ? of(rank, Company.NONE)
        : spelled == Rank.NUMBER ? NAMED_NUMBER : WORD_NUMBER;
  }

  /** Tells whether this is a number that is neither written nor declared. */
  boolean isFoundNumber() {
    return isName() || this == NUMBER;
  }

  /** Tells whether this is a number that rests on undeclared names alone. */
  boolean isName() {
    return this == NAMED_NUMBER || this == WORD_NUMBER;
  }

  /** Returns a value of the same rank in {@code company}. */
  RankState in(Company other) {
    return this == UNKNOWN || isNumber() ? this : of(rank, other);
  }

  /** A length of 1, or of more, is told apart by what a value of that many entries is. */
  static RankState length(boolean one) {
    return one ? WRITTEN : MATRIX;
  }
}
