package gradsmith.language;

import org.antlr.v4.runtime.Token;

/** What a token is in an expression. */
final class TokenKinds {

  private TokenKinds() {}

  /** Tells whether an operand may end with {@code token}. */
  static boolean endsOperand(Token token) {
    return switch (token.getType()) {
      case GradsmithLexer.NUMBER,
          GradsmithLexer.NAME,
          GradsmithLexer.CLOSE,
          GradsmithLexer.CLOSE_NORM,
          GradsmithLexer.SUBSCRIPT ->
          true;
      default -> isSuffix(token);
    };
  }

  /** Tells whether {@code token} stands behind what it acts on. */
  static boolean isSuffix(Token token) {
    return switch (token.getType()) {
      case GradsmithLexer.TRANSPOSE,
          GradsmithLexer.INVERSE,
          GradsmithLexer.INVERSE_TRANSPOSE,
          GradsmithLexer.HERMITIAN,
          GradsmithLexer.SUPERSCRIPT ->
          true;
      default -> false;
    };
  }

  /** Tells whether {@code token} stands between operands, or before one. */
  static boolean isOperator(Token token) {
    return token.getType() == GradsmithLexer.PLUS
        || token.getType() == GradsmithLexer.MINUS
        || isInfix(token);
  }

  /** Tells whether {@code token} is an operator that stands between operands only. */
  static boolean isInfix(Token token) {
    return switch (token.getType()) {
      case GradsmithLexer.TIMES,
          GradsmithLexer.HADAMARD,
          GradsmithLexer.QUOTIENT,
          GradsmithLexer.SLASH,
          GradsmithLexer.BACKSLASH,
          GradsmithLexer.KRONECKER,
          GradsmithLexer.CARET,
          GradsmithLexer.DOT_CARET,
          GradsmithLexer.COMPARE ->
          true;
      default -> false;
    };
  }
}
