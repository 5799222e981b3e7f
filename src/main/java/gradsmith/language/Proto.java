package gradsmith.language;

import gradsmith.expr.FunctionSymbol;
import gradsmith.expr.Rational;
import gradsmith.shape.Length;
import gradsmith.shape.Polynomial;
import gradsmith.source.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node of the graph while its shape is inferred: what will be applied, and lengths that may not
 * be known yet.
 */
final class Proto {

  /** What a proto-node becomes. */
  sealed interface Form {
    /** A free variable. */
    record Free(String name, boolean declared) implements Form {}

    /** A name that was assigned. */
    record Assigned(String name) implements Form {}

    /** A number. */
    record Numeral(Rational value) implements Form {}

    /** π. */
    record Pi() implements Form {}

    /** A length as a number. */
    record Size(Length length) implements Form {}

    /** The product of all lengths of the argument. */
    record Count() implements Form {}

    /** The identity. */
    record Identity() implements Form {}

    /** The commutation matrix of rows × columns matrices. */
    record Commutation(Length rows, Length columns) implements Form {}

    /** A matrix with one number at each entry; a scalar argument multiplies it. */
    record Fill(Rational value) implements Form {}

    /** A sum with a sign a term. */
    record Sum(List<Boolean> negative) implements Form {}

    /** A matrix product, or scaling. */
    record Product() implements Form {}

    /** Elementwise product; of reciprocals where {@code inverted}. */
    record Hadamard(List<Boolean> inverted) implements Form {}

    /** Elementwise power; the second argument is a number. */
    record Power() implements Form {}

    /** The product of {@code count} copies. */
    record Repeated(int count) implements Form {}

    /** -A. */
    record Negation() implements Form {}

    /** unvec, kron_left or kron_right; the shape of the node says to what. */
    record Rearranged(String function) implements Form {}

    /** A'. */
    record Transpose() implements Form {}

    /** A function of the library; arguments marked {@code lifted} are vectors read as rows. */
    record Function(FunctionSymbol symbol, List<Boolean> lifted) implements Form {}

    /** The user's own elementwise function. */
    record Unknown(String name, int order) implements Form {}

    /** One of the algebra's operators of one or two arguments. */
    record Primitive(gradsmith.expr.Operator.Primitive operator) implements Form {}

    /** The sum over a leading axis. */
    record AxisSum(int fromRight) implements Form {}

    /** A new leading axis of length 1. */
    record NewAxis(int fromRight) implements Form {}

    /** The argument itself, under another text. */
    record Alias() implements Form {}

    /** Something that was reported: no further complaint about it. */
    record Reported() implements Form {}
  }

  final int index;
  final Form form;
  final List<Proto> arguments;
  final List<Length> leading;
  final Length rows;
  final Length columns;
  final boolean vector;
  final Span span;

  /** The first node that applies the same to the same, possibly this one. */
  final Proto first;

  private boolean used;
  private boolean transposedVector;

  /** The arguments that are vectors beside a matrix and read as rows. */
  private List<Integer> readAsRows = List.of();

  /** A node that applies the same to the same as {@code first}, or as no other if that is null. */
  Proto(
      int index,
      Form form,
      List<Proto> arguments,
      List<Length> leading,
      Length rows,
      Length columns,
      boolean vector,
      Span span,
      @Nullable Proto first) {
    this.index = index;
    this.form = form;
    this.arguments = arguments;
    this.leading = leading;
    this.rows = rows;
    this.columns = columns;
    this.vector = vector;
    this.span = span;
    this.first = first == null ? this : first;
    for (Proto argument : form instanceof Form.Alias ? List.<Proto>of() : arguments) {
      bare(argument).used = true;
    }
  }

  /** Reads the vector at {@code index} beside a matrix as a row. */
  void readAsRow(int index) {
    readAsRows = new ArrayList<>(readAsRows);
    readAsRows.add(index);
  }

  /** Tells whether the vector at {@code index} beside a matrix is read as a row. */
  boolean isReadAsRow(int index) {
    return readAsRows.contains(index);
  }

  /** Nodes are told apart by identity; neighbours lie side by side in a table. */
  @Override
  public int hashCode() {
    return index;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  /**
   * Gives the matrix of an undeclared name the leading axes of what it is compared with, {@code
   * other}, if it is used for nothing else before.
   */
  void stackLike(Proto other) {
    Proto name = bare(this);
    boolean isNew = name.form instanceof Form.Free free && !free.declared() && !name.used;
    if (isNew && leading.isEmpty() && !vector && !isScalarMatrix()) {
      leading.addAll(other.leading);
      if (!leading.isEmpty() && other.rows.isOne()) {
        rows.allowOne(); // the rows were summed, and are kept as an axis of length 1
      }
    }
  }

  /** Tells whether this is a vector that was transposed, perhaps scaled or mapped since. */
  boolean isTransposedVector() {
    return transposedVector && rows.isOne() && leading.isEmpty();
  }

  /** Says of a row that it is a vector that was transposed. */
  void setTransposedVector() {
    transposedVector = true;
  }

  /** Returns what {@code proto} is an alias of. */
  static Proto bare(Proto proto) {
    Proto bare = proto;
    while (bare.form instanceof Form.Alias) {
      bare = bare.arguments.getFirst();
    }
    return bare;
  }

  boolean isScalar() {
    return leading.isEmpty() && isScalarMatrix();
  }

  boolean isScalarMatrix() {
    return rows.isOne() && columns.isOne();
  }

  /** Returns its axes, the outermost first. */
  List<Length> axes() {
    List<Length> axes = new ArrayList<>(leading);
    axes.add(rows);
    axes.add(columns);
    return axes;
  }

  /** Tells whether this is the name of a length. */
  boolean isDimension() {
    Polynomial length = form instanceof Form.Size size ? size.length().value() : null;
    return length != null && span.text().equals(length.name());
  }

  boolean isError() {
    return form instanceof Form.Reported;
  }

  /** Tells whether this is a column that a reader calls a vector. */
  boolean isVector() {
    return vector && leading.isEmpty() && columns.isOne() && !rows.isOne();
  }
}
