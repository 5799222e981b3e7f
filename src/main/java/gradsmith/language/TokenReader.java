package gradsmith.language;

import gradsmith.source.Diagnostic;
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
 * Splits a text into statements and their tokens, marks the names before brackets, and tells norm
 * bars apart into opening and closing ones. A statement goes on on the next line if its line ends
 * inside an open bracket or with an operator, or if the next one begins with what begins no
 * statement, or is indented and begins with a sign.
 */
final class TokenReader {

  private final Source source;
  private final List<StatementTokens> statements = new ArrayList<>();
  private final Deque<Token> open = new ArrayDeque<>();
  private List<Token> current = new ArrayList<>();
  private TokenLimits limits = new TokenLimits();
  private @Nullable Diagnostic fault;
  private int faults;
  private int squares;
  private boolean lineEnded;
  private int lineStart;
  private int openAtLineStart;
  private boolean declares;

  private TokenReader(Span text) {
    source = text.source();
    SourceTokens tokens = new SourceTokens(text);
    for (Token token = tokens.next(); token != null; token = tokens.next()) {
      accept(token);
      if (limits.isStopped() || faults >= Limits.ERRORS) {
        break;
      }
    }
  }

  /** Returns the tokens of each statement of {@code text}, with their places in its source. */
  static List<StatementTokens> read(Span text) {
    TokenReader reader = new TokenReader(text);
    reader.reportOpen();
    reader.endStatement();
    return reader.statements;
  }

  /** Tells whether {@code text} ends inside an open bracket or after an operator. */
  static boolean isIncomplete(Span text) {
    TokenReader reader = new TokenReader(text);
    boolean open = !reader.open.isEmpty() || !reader.current.isEmpty() && reader.endsOpen();
    return open && reader.fault == null;
  }

  private Span span(Token token) {
    return new Span(source, token.getStartIndex(), token.getStopIndex() + 1);
  }

  private void accept(Token token) {
    if (token.getType() == GradsmithLexer.NEWLINE) {
      lineEnded = true;
      squares = 0;
      return;
    }
    if (lineEnded) {
      startLine(token);
    }
    switch (token.getType()) {
      case GradsmithLexer.SEPARATOR -> {
        if (squares == 0) { // the rows of [1, 2; 3, 4] are no statements
          reportOpen();
          endStatement();
        }
      }
      case GradsmithLexer.UNKNOWN -> {
        Token last = current.isEmpty() ? null : current.getLast();
        boolean afterOperand =
            last != null
                && TokenKinds.endsOperand(last)
                && last.getStopIndex() + 1 == token.getStartIndex();
        report(UnknownCharacters.unknown(span(token), afterOperand));
        char character = source.text().charAt(token.getStartIndex());
        squares = Math.max(0, squares + (character == '[' ? 1 : character == ']' ? -1 : 0));
        current.add(token);
      }
      case GradsmithLexer.OPEN -> {
        if (!current.isEmpty() && current.getLast().getType() == GradsmithLexer.NAME) {
          ((CommonToken) current.getLast()).setType(GradsmithLexer.CALLED);
        }
        open.push(token);
        add(token);
      }
      case GradsmithLexer.CLOSE -> close(token);
      case GradsmithLexer.BAR -> bar(token);
      case GradsmithLexer.EQUALS, GradsmithLexer.COLON -> {
        if (startsStatement()) {
          splitAtLine();
        }
        declares |= token.getType() == GradsmithLexer.COLON;
        add(token);
      }
      default -> add(token);
    }
  }

  private void startLine(Token token) {
    lineEnded = false;
    if (open.isEmpty() && !endsOpen() && !goesOn(token)) {
      endStatement();
    }
    lineStart = current.size();
    openAtLineStart = open.size();
  }

  /** Tells whether what was read of the statement cannot be all of it. */
  private boolean endsOpen() {
    return current.isEmpty()
        || !TokenKinds.endsOperand(current.getLast())
            && current.getLast().getType() != GradsmithLexer.UNKNOWN;
  }

  /** Tells whether {@code token}, the first of its line, goes on with the statement before it. */
  private boolean goesOn(Token token) {
    return switch (token.getType()) {
      case GradsmithLexer.PLUS, GradsmithLexer.MINUS ->
          indentation(token) > indentation(current.getFirst()) && !declares;
      case GradsmithLexer.EQUALS -> true;
      case GradsmithLexer.BACKSLASH -> !startsCommand(token);
      default -> TokenKinds.isInfix(token);
    };
  }

  private int indentation(Token token) {
    int start = source.lineStart(token.getStartIndex());
    int end = start;
    while (end < token.getStartIndex() && Character.isWhitespace(source.text().charAt(end))) {
      end++;
    }
    return end - start;
  }

  /** LaTeX commands begin so: no quotient does at the start of a line. */
  private boolean startsCommand(Token backslash) {
    int next = backslash.getStopIndex() + 1;
    return next < source.text().length() && Character.isLetter(source.text().charAt(next));
  }

  /** A name with {@code =} or {@code :} behind it stands in no bracket: one was left open. */
  private boolean startsStatement() {
    return !open.isEmpty()
        && lineStart > 0
        && TokenKinds.endsOperand(current.get(lineStart - 1))
        && open.size() == openAtLineStart;
  }

  /** Ends the statement whose bracket is open before the line that turned out to begin another. */
  private void splitAtLine() {
    List<Token> next = new ArrayList<>(current.subList(lineStart, current.size()));
    current.subList(lineStart, current.size()).clear();
    reportOpen();
    endStatement();
    current = next;
  }

  private void close(Token token) {
    while (!open.isEmpty() && open.peek().getType() == GradsmithLexer.BAR) {
      reportUnclosed(open.pop());
    }
    if (open.isEmpty()) {
      report(Diagnostic.error(span(token), "this `)` closes nothing", null));
    } else {
      open.pop();
    }
    add(token);
  }

  /** Bars close the innermost norm if an operand stands before them, else they open one. */
  private void bar(Token token) {
    boolean closes =
        !open.isEmpty()
            && open.peek().getType() == GradsmithLexer.BAR
            && !current.isEmpty()
            && TokenKinds.endsOperand(current.getLast());
    CommonToken made = new CommonToken(token);
    made.setType(closes ? GradsmithLexer.CLOSE_NORM : GradsmithLexer.OPEN_NORM);
    if (closes) {
      open.pop();
    } else {
      open.push(token);
    }
    add(made);
  }

  private void add(Token token) {
    Diagnostic wrong = limits.check(token, span(token), current, open.size());
    if (wrong != null) {
      report(wrong);
    }
    if (!limits.isStopped()) {
      current.add(token);
    }
  }

  private void report(Diagnostic diagnostic) {
    if (fault == null) {
      fault = diagnostic;
      faults++;
    }
  }

  private void reportOpen() {
    if (!open.isEmpty()) {
      reportUnclosed(open.peekLast());
    }
    open.clear();
  }

  private void reportUnclosed(Token token) {
    report(
        Diagnostic.error(span(token), "this `" + span(token).text() + "` is never closed", null));
  }

  private void endStatement() {
    if (!current.isEmpty()) {
      statements.add(new StatementTokens(source, current, fault));
    }
    current = new ArrayList<>();
    limits = new TokenLimits();
    fault = null;
    declares = false;
    open.clear();
    lineStart = 0;
  }
}
