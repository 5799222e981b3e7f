package gradsmith.language;

import gradsmith.source.Diagnostic;
import gradsmith.source.Source;
import gradsmith.source.Span;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** Says in the user's terms what is wrong at a token. */
final class SyntaxMessages {

  private static final String EXAMPLE = "for example X : (n, d), or A : (n, n) symmetric";

  private SyntaxMessages() {}

  /** Describes {@code offending}, one of {@code tokens}, as what does not fit there. */
  static Diagnostic unexpected(Source source, List<Token> tokens, Token offending) {
    int index = tokens.indexOf(offending);
    Token before = index > 0 ? tokens.get(index - 1) : null;
    int colon = 0;
    while (colon < index && tokens.get(colon).getType() != GradsmithLexer.COLON) {
      colon++;
    }
    if (colon < index) {
      Diagnostic inType =
          inType(source, tokens.subList(0, colon + 1), offending, index == colon + 1);
      if (inType != null) {
        return inType;
      }
    }
    if (offending.getType() == GradsmithLexer.COLON && before == null) {
      return Diagnostic.error(span(source, offending), "expected a name before `:`", EXAMPLE);
    }
    if (offending.getType() == GradsmithLexer.EQUALS && before == null) {
      return noLeftSide(span(source, offending));
    }
    if (before != null
        && (TokenKinds.isOperator(before) || before.getType() == GradsmithLexer.EQUALS)) {
      return Diagnostic.error(
          span(source, before),
          "expected an expression after `" + span(source, before).text() + "`",
          doubled(source, before, offending));
    }
    if (before != null && before.getType() == GradsmithLexer.COMMA) {
      return Diagnostic.error(span(source, before), "expected an argument after `,`", null);
    }
    if (offending.getType() == Token.EOF) {
      return Diagnostic.error(
          before == null ? span(source, offending) : span(source, before),
          "the expression ends too early",
          null);
    }
    String text = span(source, offending).text();
    if (TokenKinds.isOperator(offending)
        && (before == null || before.getType() == GradsmithLexer.OPEN)) {
      return Diagnostic.error(
          span(source, offending),
          "expected an expression before `" + text + "`",
          offending.getType() == GradsmithLexer.BACKSLASH
              ? "no LaTeX commands: a Greek letter is typed itself, or as a name, lambda"
              : null);
    }
    if (offending.getType() == GradsmithLexer.CLOSE
        && before != null
        && before.getType() == GradsmithLexer.OPEN) {
      return Diagnostic.error(
          span(source, before).to(span(source, offending)), "these brackets are empty", null);
    }
    return Diagnostic.error(
        span(source, offending), "`" + text + "` does not fit here", hint(source, offending));
  }

  /**
   * Describes {@code offending} behind {@code declared} names and their colon; null if it is in the
   * brackets of a shape.
   */
  private static @Nullable Diagnostic inType(
      Source source, List<Token> declared, Token offending, boolean first) {
    Span span = span(source, offending);
    Span colon = span(source, declared.getLast());
    if (first && offending.getType() == GradsmithLexer.EQUALS) {
      return Diagnostic.error(
          colon.to(span),
          "`:=` means nothing here",
          "an assignment is written " + span(source, declared.getFirst()).text() + " = …");
    }
    if (first) {
      return offending.getType() == Token.EOF
          ? Diagnostic.error(colon, "expected a shape after `:`", EXAMPLE)
          : noType(span);
    }
    if (offending.getType() == GradsmithLexer.COLON) {
      return Diagnostic.error(
          span, "this is a second declaration", "declarations are separated by `;`");
    }
    return null;
  }

  /** Says that {@code span}, behind a colon, is no type. */
  static Diagnostic noType(Span span) {
    return Diagnostic.error(
        span,
        "expected a shape or a property: (n, d), (n), (), scalar, vector, matrix, symmetric, …",
        EXAMPLE);
  }

  /** Says that {@code span}, before {@code =}, can be given no meaning. */
  static Diagnostic noLeftSide(Span span) {
    return Diagnostic.error(
        span,
        "the left side of `=` must be a name, or a function with its parameters",
        "write H = …, or f(A, B) = …");
  }

  private static @Nullable String doubled(Source source, Token before, Token offending) {
    return switch (span(source, before).to(span(source, offending)).text()) {
      case "**" -> "a power is written x^2, entry by entry x.^2";
      case "//" -> "a comment begins with #";
      case "+=", "-=", "*=", "/=" -> "a name is given a value once: M = L + x";
      default -> hint(source, offending);
    };
  }

  private static Span span(Source source, Token token) {
    return new Span(
        source, token.getStartIndex(), Math.max(token.getStartIndex(), token.getStopIndex() + 1));
  }

  private static @Nullable String hint(Source source, Token token) {
    return switch (token.getType()) {
      case GradsmithLexer.COMPARE -> "a comparison inside an expression needs brackets: (A > 0)";
      case GradsmithLexer.EQUALS ->
          "one `=` a statement; statements are separated by `;` or by lines";
      case GradsmithLexer.SUBSCRIPT -> "a subscript follows norm bars: ||x||_1";
      case GradsmithLexer.COMMA -> "a comma separates the arguments of a function";
      case GradsmithLexer.TRANSPOSE ->
          "a transpose follows what it transposes: " + span(source, token).text();
      default -> null;
    };
  }
}
