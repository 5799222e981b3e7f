package gradsmith.language;

import gradsmith.source.Span;
import java.util.List;

/** A statement of a program or of a rule file, as it was written. */
public sealed interface Statement {

  /** The characters that it was written with. */
  Span span();

  /** {@code X, Y : (n, d) symmetric}. */
  record Declaration(Span span, List<Ast.Name> names, Type type, List<Ast.Name> properties)
      implements Statement {}

  /** {@code H = relu(X W)}. */
  record Assignment(Span span, Ast.Name target, Ast value) implements Statement {}

  /** {@code f(A, B) = A .* B}. */
  record Definition(Span span, Ast.Name name, List<Ast.Name> parameters, Ast body)
      implements Statement {}

  /** An expression alone. */
  record Result(Span span, Ast value) implements Statement {}

  /** {@code d(inv(A)) = -inv(A) dA inv(A)}: the differential of a function of the library. */
  record Differential(Span span, Ast.Call function, Ast value) implements Statement {}

  /** {@code domain log(A) : A > 0}: where a function of the library is differentiable. */
  record Domain(Span span, Ast.Call function, List<Ast.Comparison> conditions)
      implements Statement {}

  /**
   * {@code inverse-of-inverse : inv(inv(A)) -> A if symmetric(A)}: an identity, read from left to
   * right.
   */
  record Identity(Span span, Ast.Name name, Ast left, Ast right, List<Ast.Call> conditions)
      implements Statement {}

  /** What a declaration says of a name. */
  sealed interface Type {
    /** The characters that it was written with. */
    Span span();

    /**
     * {@code (n, 32)}; {@code ()} is a scalar. A dimension is a name, a numeral, or a polynomial in
     * them.
     */
    record Axes(Span span, List<Ast> dimensions) implements Type {}

    /** {@code scalar}, {@code vector}, {@code matrix}: 0, 1 or 2 axes. */
    record Rank(Span span, int rank) implements Type {}

    /** A property alone, such as {@code symmetric}: the use of the name says the rest. */
    record Inferred(Span span) implements Type {}

    /** {@code elementwise}: a function without a body. */
    record Elementwise(Span span) implements Type {}
  }

  /**
   * A parsed text.
   *
   * @param isWhole whether every statement of the text is there, because none was unreadable
   */
  record Listing(List<Statement> statements, boolean isWhole) {
    /** Copies the list. */
    public Listing {
      statements = List.copyOf(statements);
    }
  }
}
