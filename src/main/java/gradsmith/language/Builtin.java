package gradsmith.language;

import gradsmith.expr.Operator.Primitive;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The functions that the elaborator builds itself, because their shapes or arguments are out of the
 * ordinary. What is known of each is said here and nowhere else.
 */
public enum Builtin {
  /** The sum of all entries; with an axis, over that. */
  SUM(Takes.VALUES, 1),
  /** The trace. */
  TR(Takes.VALUES, 1),
  /** The diagonal of a matrix, or the matrix with that diagonal. */
  DIAG(Takes.VALUES, 1),
  /** The columns below one another. */
  VEC(Takes.VALUES, 1),
  /** The Kronecker product. */
  KRON(Takes.VALUES, 2),
  /** The number of rows. */
  ROWS(Takes.VALUES, 1),
  /** The number of columns. */
  COLS(Takes.VALUES, 1),
  /** The number of entries. */
  NUMEL(Takes.VALUES, 1),
  /** A number as a vector of inferred length. */
  VECTOR(Takes.VALUES, 1),
  /** A number as a matrix of inferred shape. */
  MATRIX(Takes.VALUES, 1),
  /** The identity. */
  I(Takes.LENGTHS, 0),
  /** The identity. */
  EYE(Takes.LENGTHS, 0),
  /** Ones. */
  ONES(Takes.LENGTHS, 0),
  /** Zeros. */
  ZEROS(Takes.LENGTHS, 0),
  /** K with K vec(A) = vec(A'). */
  COMMUTATION(Takes.LENGTHS, 0),
  /** The inverse of vec. */
  UNVEC(Takes.VALUES_THEN_SHAPE, 1),
  /** The adjoint of A ⊗ B by A. */
  KRON_LEFT(Takes.VALUES_THEN_SHAPE, 2),
  /** The adjoint of A ⊗ B by B. */
  KRON_RIGHT(Takes.VALUES_THEN_SHAPE, 2),
  /** The sum over a leading axis by its position. */
  AXISSUM(Takes.VALUE_THEN_AXIS, 1),
  /** A new leading axis. */
  NEWAXIS(Takes.VALUE_THEN_AXIS, 1);

  /** What the arguments are. */
  enum Takes {
    VALUES,
    LENGTHS,
    VALUES_THEN_SHAPE,
    VALUE_THEN_AXIS
  }

  private static final Map<String, Builtin> BY_NAME = new LinkedHashMap<>();

  static {
    for (Builtin builtin : values()) {
      BY_NAME.put(builtin.word(), builtin);
    }
  }

  private final Takes takes;
  private final int values;

  Builtin(Takes takes, int values) {
    this.takes = takes;
    this.values = values;
  }

  /** Returns the names of all. */
  public static Set<String> names() {
    return BY_NAME.keySet();
  }

  /** Returns the one called {@code name}, or null. */
  static @Nullable Builtin named(String name) {
    return BY_NAME.get(name);
  }

  /** Returns the one that makes {@code operator}, or null. */
  public static @Nullable Builtin of(Primitive operator) {
    return switch (operator) {
      case TOTAL -> SUM;
      case TRACE -> TR;
      case DIAGONAL, DIAGONAL_MATRIX -> DIAG;
      case VEC -> VEC;
      case KRONECKER -> KRON;
      case SUM, HADAMARD, POWER, PRODUCT, TRANSPOSE -> null;
    };
  }

  /** Returns the name that users type. */
  public String word() {
    return this == I ? "I" : name().toLowerCase(Locale.ROOT);
  }

  /** Tells whether calls are nodes of the graph, and not what they stand for. */
  public static boolean isNode(String name) {
    for (Primitive operator : Primitive.values()) {
      Builtin builtin = of(operator);
      if (builtin != null && builtin.word().equals(name)) {
        return true;
      }
    }
    return false;
  }

  Takes takes() {
    return takes;
  }

  /** Returns how many arguments a call takes, where that is fixed. */
  int arguments() {
    return switch (takes) {
      case VALUES, LENGTHS -> values;
      case VALUES_THEN_SHAPE -> values + 2;
      case VALUE_THEN_AXIS -> values + 1;
    };
  }

  /** Returns how many values a call takes, before lengths and axes. */
  int valueCount() {
    return values;
  }
}
