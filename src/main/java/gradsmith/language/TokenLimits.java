package gradsmith.language;

import gradsmith.source.Diagnostic;
import gradsmith.source.Span;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/**
 * Meets the limits of one statement before anything recurses over it, and numbers that are none.
 */
final class TokenLimits {

  private int run;
  private int suffixes;
  private boolean stopped;

  /** Tells whether so much is too long or too deep that nothing after it is worth reading. */
  boolean isStopped() {
    return stopped;
  }

  /** Returns what is wrong with {@code token}, which is {@code span}, behind {@code before}. */
  @Nullable Diagnostic check(Token token, Span span, List<Token> before, int depth) {
    Token last = before.isEmpty() ? null : before.getLast();
    countNesting(token, last);
    if (before.size() >= Limits.STATEMENT_TOKENS) {
      return stop(span, "this statement is too long", "split it into assignments");
    }
    if (depth > Limits.NESTING) {
      return stop(
          span,
          "brackets nest deeper than " + Limits.NESTING,
          "name the inner parts: H = …, then use H");
    }
    if (Math.max(run, suffixes) > Limits.NESTING) {
      return stop(
          span, "powers, signs or transposes nest deeper than " + Limits.NESTING, /* hint= */ null);
    }
    return switch (token.getType()) {
      case GradsmithLexer.NUMBER -> number(token, span, last);
      case GradsmithLexer.NAME -> name(token, span, last);
      default -> null;
    };
  }

  private Diagnostic stop(Span span, String message, @Nullable String hint) {
    stopped = true;
    return Diagnostic.error(span, message, hint);
  }

  /** Powers of powers and signs of signs nest in the grammar as brackets do. */
  private void countNesting(Token token, @Nullable Token last) {
    int type = token.getType();
    boolean sign = type == GradsmithLexer.MINUS || type == GradsmithLexer.PLUS;
    boolean power = type == GradsmithLexer.CARET || type == GradsmithLexer.DOT_CARET;
    boolean afterOperand = last != null && TokenKinds.endsOperand(last);
    if (power || sign && last != null && !afterOperand) {
      run++;
    } else if (afterOperand) {
      run = 0;
    }
    suffixes = TokenKinds.isSuffix(token) ? suffixes + 1 : 0;
  }

  private static @Nullable Diagnostic number(Token token, Span span, @Nullable Token last) {
    if (last != null && last.getType() == GradsmithLexer.NUMBER && touches(last, token)) {
      Span both = new Span(span.source(), last.getStartIndex(), span.end());
      boolean mixed = span.text().charAt(0) > '9';
      return noNumber(
          both,
          mixed
              ? "a whole number and a fraction are added: (1 + ½)"
              : "a number has one point, as in 1.5");
    }
    String text = span.text();
    int e = Math.max(text.indexOf('e'), text.indexOf('E'));
    String exponent = e < 0 ? "0" : text.substring(e + 1);
    if (text.length() <= Limits.NUMERAL
        && exponent.length() < 8
        && Math.abs(Integer.parseInt(exponent)) <= Limits.DECIMAL_EXPONENT) {
      return null;
    }
    return Diagnostic.error(
        span,
        "this number is too long",
        "numbers have at most "
            + Limits.NUMERAL
            + " characters and exponents up to "
            + Limits.DECIMAL_EXPONENT);
  }

  private static @Nullable Diagnostic name(Token token, Span span, @Nullable Token last) {
    if (last != null && last.getType() == GradsmithLexer.NUMBER && touches(last, token)) {
      Span both = new Span(span.source(), last.getStartIndex(), span.end());
      if (both.text().startsWith("0") && last.getStopIndex() == last.getStartIndex()) {
        return noNumber(
            both, "numbers are decimal; a product has a space, 0 " + span.beginning(Limits.NAME));
      }
    }
    if (span.end() - span.start() <= Limits.NAME) {
      return null;
    }
    return Diagnostic.error(
        new Span(span.source(), span.start(), span.start() + Limits.NAME),
        "this name is too long",
        "names have at most " + Limits.NAME + " characters");
  }

  private static Diagnostic noNumber(Span span, String hint) {
    return Diagnostic.error(span, "`" + span.text() + "` is no number", hint);
  }

  private static boolean touches(Token last, Token next) {
    return last.getStopIndex() + 1 == next.getStartIndex();
  }
}
