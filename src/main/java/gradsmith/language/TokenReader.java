package gradsmith.language;

import gradsmith.source.Diagnostic;
import gradsmith.source.Diagnostics;
import gradsmith.source.Source;
import gradsmith.source.Span;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/**
 * Splits a text into statements and their tokens. A line that ends inside an open bracket or with
 * an operator goes on; norm bars are told apart into opening and closing ones; {@code ^-1} becomes
 * one token.
 */
final class TokenReader {

  private final Source source;
  private final Diagnostics diagnostics;
  private final List<List<Token>> statements = new ArrayList<>();
  private List<Token> current = new ArrayList<>();
  private final Deque<Token> open = new ArrayDeque<>();
  private boolean broken;
  private int run;
  private int primes;
  private boolean stopped;

  private TokenReader(Source source, Diagnostics diagnostics) {
    this.source = source;
    this.diagnostics = diagnostics;
  }

  /**
   * Returns the tokens of each statement of {@code text} that can be told apart, with their places
   * in its source.
   */
  static List<List<Token>> read(Span text, Diagnostics diagnostics) {
    TokenReader reader = lexed(text, diagnostics);
    reader.finish();
    return reader.statements;
  }

  /** Tells whether {@code text} ends inside an open bracket or after an operator. */
  static boolean isIncomplete(Span text) {
    TokenReader reader = lexed(text, new Diagnostics());
    boolean open = !reader.open.isEmpty() || !reader.current.isEmpty() && reader.continues();
    return open && !reader.broken && !reader.stopped;
  }

  private static TokenReader lexed(Span text, Diagnostics diagnostics) {
    TokenReader reader = new TokenReader(text.source(), diagnostics);
    SourceTokens tokens = new SourceTokens(text);
    for (Token token = tokens.next(); token != null; token = tokens.next()) {
      reader.accept(token);
      if (reader.stopped || diagnostics.all().size() >= Limits.ERRORS) {
        break;
      }
    }
    return reader;
  }

  private Span span(Token token) {
    return new Span(source, token.getStartIndex(), token.getStopIndex() + 1);
  }

  private void accept(Token token) {
    switch (token.getType()) {
      case GradsmithLexer.NEWLINE -> {
        if (open.isEmpty() && !continues()) {
          endStatement();
        }
      }
      case GradsmithLexer.SEPARATOR -> {
        reportOpen();
        endStatement();
      }
      case GradsmithLexer.UNKNOWN -> unknown(token);
      case GradsmithLexer.OPEN -> {
        addToken(token);
        push(token);
      }
      case GradsmithLexer.CLOSE -> close(token);
      case GradsmithLexer.BAR -> bar(token);
      case GradsmithLexer.NUMBER -> number(token);
      case GradsmithLexer.NAME -> name(token);
      default -> addToken(token);
    }
  }

  private void unknown(Token token) {
    if (!broken) {
      int point = source.text().codePointAt(token.getStartIndex());
      String shown =
          isInvisible(point) || isCombining(point)
              ? "the character U+%04X".formatted(point)
              : "`" + span(token).text() + "`";
      int letter = isCombining(point) && token.getStartIndex() > 0 ? 1 : 0;
      Span marked = new Span(source, token.getStartIndex() - letter, token.getStopIndex() + 1);
      diagnostics.add(
          Diagnostic.error(marked, shown + " means nothing here", unknownHint(token, point)));
    }
    broken = true;
  }

  private @Nullable String unknownHint(Token token, int point) {
    if (point == 0) {
      return "this looks like a binary file; a program is text";
    }
    if (isCombining(point)) {
      return "this accent is a character of its own; write the letter and it as one (Unicode's"
          + " NFC)";
    }
    if (isInvisible(point)) {
      return "it is invisible; delete it, or type a space instead";
    }
    boolean afterOperand =
        !current.isEmpty() && endsOperand(current.getLast()) && touches(current.getLast(), token);
    return OtherTools.notation(source.text(), token.getStartIndex(), afterOperand);
  }

  private static boolean isInvisible(int point) {
    return Character.isISOControl(point)
        || Character.isSpaceChar(point)
        || Character.getType(point) == Character.FORMAT;
  }

  private static boolean isCombining(int point) {
    return Character.getType(point) == Character.NON_SPACING_MARK;
  }

  private void push(Token token) {
    open.push(token);
    if (open.size() > Limits.NESTING && !broken) {
      diagnostics.add(
          Diagnostic.error(
              span(token),
              "brackets nest deeper than " + Limits.NESTING,
              "name the inner parts: H = …, then use H"));
      broken = true;
      stopped = true;
    }
  }

  private void close(Token token) {
    while (!open.isEmpty() && open.peek().getType() == GradsmithLexer.BAR) {
      reportUnclosed(open.pop());
    }
    if (open.isEmpty()) {
      if (!broken) {
        diagnostics.add(Diagnostic.error(span(token), "this `)` closes nothing", null));
      }
      broken = true;
    } else {
      open.pop();
    }
    addToken(token);
  }

  /** Bars close the innermost norm if an operand stands before them, else they open one. */
  private void bar(Token token) {
    boolean closes =
        !open.isEmpty()
            && open.peek().getType() == GradsmithLexer.BAR
            && !current.isEmpty()
            && endsOperand(current.getLast());
    CommonToken made = new CommonToken(token);
    made.setType(closes ? GradsmithLexer.CLOSE_NORM : GradsmithLexer.OPEN_NORM);
    addToken(made);
    if (closes) {
      open.pop();
    } else {
      push(token);
    }
  }

  private void number(Token token) {
    Token last = current.isEmpty() ? null : current.getLast();
    if (last != null && last.getType() == GradsmithLexer.NUMBER && touches(last, token)) {
      noNumber(span(last).to(span(token)), "a number has one point, as in 1.5");
    }
    String text = span(token).text();
    int e = Math.max(text.indexOf('e'), text.indexOf('E'));
    boolean tooLong = text.length() > Limits.NUMERAL;
    if (!tooLong && e >= 0) {
      tooLong =
          Math.abs(
                  Long.parseLong(
                      text.substring(e + 1).length() > 6 ? "999999" : text.substring(e + 1)))
              > Limits.DECIMAL_EXPONENT;
    }
    if (tooLong && !broken) {
      diagnostics.add(
          Diagnostic.error(
              span(token),
              "this number is too long",
              "numbers have at most "
                  + Limits.NUMERAL
                  + " characters and exponents up to "
                  + Limits.DECIMAL_EXPONENT));
      broken = true;
    }
    addToken(token);
  }

  private static boolean touches(Token last, Token next) {
    return last.getStopIndex() + 1 == next.getStartIndex();
  }

  private void noNumber(Span span, String hint) {
    if (!broken) {
      diagnostics.add(Diagnostic.error(span, "`" + span.text() + "` is no number", hint));
    }
    broken = true;
  }

  /** Counts powers of powers and signs of signs, which nest in the grammar as brackets do. */
  private void countNesting(Token token) {
    Token last = current.isEmpty() ? null : current.getLast();
    boolean sign =
        token.getType() == GradsmithLexer.MINUS || token.getType() == GradsmithLexer.PLUS;
    boolean caret =
        token.getType() == GradsmithLexer.CARET || token.getType() == GradsmithLexer.DOT_CARET;
    if (caret || (sign && last != null && !endsOperand(last))) {
      run++;
    } else if (last != null && endsOperand(last)) {
      run = 0;
    }
    primes = isPostfix(token) ? primes + 1 : 0;
    if (Math.max(run, primes) > Limits.NESTING && !broken) {
      diagnostics.add(
          Diagnostic.error(
              span(token), "powers, signs or transposes nest deeper than " + Limits.NESTING, null));
      broken = true;
      stopped = true;
    }
  }

  private static boolean isPostfix(Token token) {
    return switch (token.getType()) {
      case GradsmithLexer.TRANSPOSE, GradsmithLexer.INVERSE, GradsmithLexer.SUPERSCRIPT -> true;
      default -> false;
    };
  }

  private void name(Token token) {
    Token last = current.isEmpty() ? null : current.getLast();
    if (last != null
        && last.getType() == GradsmithLexer.NUMBER
        && touches(last, token)
        && span(last).text().equals("0")) {
      noNumber(
          span(last).to(span(token)),
          "numbers are decimal; a product has a space, 0 " + span(token).text());
    }
    if (token.getStopIndex() - token.getStartIndex() >= Limits.NAME && !broken) {
      diagnostics.add(
          Diagnostic.error(
              new Span(source, token.getStartIndex(), token.getStartIndex() + Limits.NAME),
              "this name is too long",
              "names have at most " + Limits.NAME + " characters"));
      broken = true;
    }
    addToken(token);
  }

  private void addToken(Token token) {
    countNesting(token);
    int size = current.size();
    if (current.size() >= Limits.STATEMENT_TOKENS) {
      if (!broken) {
        diagnostics.add(
            Diagnostic.error(
                span(token), "this statement is too long", "split it into assignments"));
      }
      broken = true;
      stopped = true;
      return;
    }
    if (token.getType() == GradsmithLexer.NUMBER
        && size >= 2
        && span(token).text().equals("1")
        && current.get(size - 1).getType() == GradsmithLexer.MINUS
        && current.get(size - 2).getType() == GradsmithLexer.CARET) {
      joinInverse(token);
    } else if (token.getType() == GradsmithLexer.NAME
        && size >= 2
        && span(token).text().equals("T")
        && current.get(size - 1).getType() == GradsmithLexer.MINUS
        && current.get(size - 2).getType() == GradsmithLexer.CARET) {
      CommonToken transpose = new CommonToken(token);
      transpose.setType(GradsmithLexer.TRANSPOSE);
      joinInverse(current.getLast());
      current.add(transpose);
    } else {
      splitTranspose(token);
    }
  }

  private void joinInverse(Token last) {
    CommonToken inverse = new CommonToken(last);
    inverse.setType(GradsmithLexer.INVERSE);
    current.removeLast();
    inverse.setStartIndex(current.removeLast().getStartIndex());
    inverse.setStopIndex(last.getStopIndex());
    current.add(inverse);
  }

  /** {@code ^T} before more letters is a power: {@code a^Theta}. */
  private void splitTranspose(Token token) {
    Token last = current.isEmpty() ? null : current.getLast();
    if (last == null) {
      current.add(token);
      return;
    }
    boolean glued =
        last.getType() == GradsmithLexer.TRANSPOSE
            && span(last).text().equals("^T")
            && token.getStartIndex() == last.getStopIndex() + 1
            && (token.getType() == GradsmithLexer.NAME
                || token.getType() == GradsmithLexer.NUMBER
                || token.getType() == GradsmithLexer.SUBSCRIPT);
    if (!glued) {
      current.add(token);
      return;
    }
    current.removeLast();
    CommonToken caret = new CommonToken(last);
    caret.setType(GradsmithLexer.CARET);
    caret.setStopIndex(last.getStartIndex());
    CommonToken name = new CommonToken(token);
    name.setType(GradsmithLexer.NAME);
    name.setStartIndex(last.getStopIndex());
    current.add(caret);
    current.add(name);
  }

  private boolean continues() {
    return current.isEmpty() || !(endsOperand(current.getLast()) || endsType(current.getLast()));
  }

  private static boolean endsType(Token token) {
    return token.getType() == GradsmithLexer.NAME;
  }

  private static boolean endsOperand(Token token) {
    return switch (token.getType()) {
      case GradsmithLexer.NUMBER,
          GradsmithLexer.NAME,
          GradsmithLexer.CLOSE,
          GradsmithLexer.CLOSE_NORM,
          GradsmithLexer.TRANSPOSE,
          GradsmithLexer.INVERSE,
          GradsmithLexer.SUPERSCRIPT,
          GradsmithLexer.SUBSCRIPT ->
          true;
      default -> false;
    };
  }

  private void reportOpen() {
    if (!open.isEmpty()) {
      reportUnclosed(open.peekLast());
    }
    open.clear();
  }

  private void reportUnclosed(Token token) {
    if (!broken) {
      diagnostics.add(
          Diagnostic.error(span(token), "this `" + span(token).text() + "` is never closed", null));
    }
    broken = true;
  }

  private void endStatement() {
    if (!current.isEmpty() && !broken) {
      statements.add(current);
    }
    current = new ArrayList<>();
    broken = false;
    open.clear();
  }

  private void finish() {
    reportOpen();
    endStatement();
  }
}
