package gradsmith.language;

import gradsmith.source.Diagnostic;
import gradsmith.source.Span;
import java.util.List;
import java.util.function.Predicate;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/**
 * Finds what looks like a formula of a text, and not of the language: {@code d/dx}, {@code min_x},
 * {@code sum_i}, LaTeX, words. Nothing of it is taken for a variable that no statement gives a
 * meaning.
 */
final class Prose {

  private final StatementTokens statement;
  private final List<Token> tokens;
  private final Predicate<String> given;
  private final Predicate<String> mentioned;

  private Prose(StatementTokens statement, Predicate<String> given, Predicate<String> mentioned) {
    this.statement = statement;
    this.tokens = statement.tokens();
    this.given = given;
    this.mentioned = mentioned;
  }

  /**
   * Describes the first prose in {@code statement}; the names that are {@code given} a meaning are
   * none. Names that are only {@code mentioned} may be variables.
   */
  static @Nullable Diagnostic find(
      StatementTokens statement, Predicate<String> given, Predicate<String> mentioned) {
    Prose prose = new Prose(statement, given, mentioned);
    int depth = 0;
    int open = 0;
    for (int i = 0; i < prose.tokens.size(); i++) {
      Diagnostic found = null;
      switch (prose.type(i)) {
        case GradsmithLexer.NAME, GradsmithLexer.CALLED -> found = prose.name(i);
        case GradsmithLexer.BACKSLASH -> found = prose.command(i);
        case GradsmithLexer.UNKNOWN -> found = prose.character(i);
        case GradsmithLexer.OPEN -> {
          depth++;
          open = i;
        }
        case GradsmithLexer.CARET -> found = prose.raised(i);
        case GradsmithLexer.CLOSE -> depth--;
        case GradsmithLexer.COLON -> found = depth > 0 ? prose.range(open, i) : prose.set(i);
        default -> {}
      }
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private int type(int at) {
    return at >= 0 && at < tokens.size() ? tokens.get(at).getType() : Token.EOF;
  }

  private boolean isName(int at) {
    return type(at) == GradsmithLexer.NAME || type(at) == GradsmithLexer.CALLED;
  }

  private Span span(int at) {
    return statement.span(tokens.get(at));
  }

  private String text(int at) {
    return at >= 0 && at < tokens.size() ? span(at).text() : "";
  }

  private boolean isFree(int at) {
    return isName(at) && !given.test(text(at));
  }

  /** Tells whether an operand stands at {@code at}, with no operator before it. */
  private boolean startsOperand(int at) {
    return switch (type(at)) {
      case GradsmithLexer.NAME,
          GradsmithLexer.CALLED,
          GradsmithLexer.NUMBER,
          GradsmithLexer.OPEN_NORM,
          GradsmithLexer.BACKSLASH ->
          true;
      default -> false;
    };
  }

  private @Nullable Diagnostic name(int at) {
    String text = text(at);
    if (text.charAt(0) == 'd') {
      Diagnostic derivative = derivative(at);
      if (derivative != null) {
        return derivative;
      }
    }
    boolean begins = at == 0 || type(at - 1) == GradsmithLexer.EQUALS;
    boolean applied =
        type(at) == GradsmithLexer.CALLED
            || type(at + 1) == GradsmithLexer.UNKNOWN
            || startsOperand(at + 1);
    int line = text.indexOf('_');
    if (line > 0 && isFree(at) && (begins || applied)) {
      Diagnostic indexed = ProseWords.indexed(text.substring(0, line), span(at));
      if (indexed != null) {
        return indexed;
      }
    }
    if (type(at) == GradsmithLexer.CALLED || given.test(text)) {
      return null;
    }
    if (type(at + 1) == GradsmithLexer.UNKNOWN && text(at + 1).equals("[")) {
      return ProseWords.expectation(text, span(at));
    }
    boolean alone =
        !startsOperand(at + 1) && (at == 0 || !TokenKinds.endsOperand(tokens.get(at - 1)));
    if (alone && type(at + 1) != GradsmithLexer.UNKNOWN) {
      return null;
    }
    if (text.equals("in") && isSet(at + 1)) {
      return membership(at);
    }
    if (text.equals("lambda")
        && type(at + 2) != GradsmithLexer.COLON
        && type(at + 2) != GradsmithLexer.COMMA) {
      return null;
    }
    if (text.equals("with") && text(at + 1).equals("respect")) {
      return ProseWords.word("respect", span(at).to(span(at + 1)));
    }
    boolean abbreviated =
        text.equals("s")
            && text(at + 1).equals(".")
            && text(at + 2).equals("t")
            && text(at + 3).equals(".");
    return abbreviated
        ? ProseWords.word("s.t.", span(at).to(span(at + 3)))
        : ProseWords.word(text, span(at));
  }

  /** d/dx, dL/dW, d^2f/dx^2: a quotient of names that begin with d. */
  private @Nullable Diagnostic derivative(int at) {
    int slash = at + 1;
    boolean second = false;
    if (text(at).equals("d")) {
      if (type(slash) == GradsmithLexer.SUPERSCRIPT) {
        second = true;
        slash++;
      } else if (type(slash) == GradsmithLexer.CARET && type(slash + 1) == GradsmithLexer.NUMBER) {
        second = true;
        slash += 2;
      }
      slash += second && isName(slash) ? 1 : 0;
    }
    String below = text(slash + 1);
    if (type(slash) != GradsmithLexer.SLASH
        || !isFree(slash + 1)
        || below.length() < 2
        || below.charAt(0) != 'd') {
      return null;
    }
    String by = below.substring(1);
    if (!isFree(at) && !(text(at).equals("d") && mentioned.test(by))) {
      return null; // a dimension d
    }
    String of = text(at).equals("d") ? "f" : text(at).substring(1);
    return Diagnostic.error(
        span(at).to(span(slash + 1)),
        "a program is what is differentiated, without d/d" + by,
        second
            ? "type f = …, and ask with --hessian " + by
            : "type "
                + of
                + " = …, and ask with --wrt "
                + by
                + "; verify judges a formula for "
                + ("d" + of + "/d" + by));
  }

  /** A^* and A^+: a sign that has the exponent's place, and not one before it. */
  private @Nullable Diagnostic raised(int at) {
    boolean star = type(at + 1) == GradsmithLexer.TIMES;
    if (!star && type(at + 1) != GradsmithLexer.PLUS
        || span(at).end() != span(at + 1).start()
        || at + 2 < tokens.size() && span(at + 1).end() == span(at + 2).start()) {
      return null;
    }
    return Diagnostic.error(
        span(at).to(span(at + 1)),
        "`" + text(at) + text(at + 1) + "` is no power",
        star ? "a transpose is written A' or A^T" : "a pseudo-inverse is written pinv(A)");
  }

  /** {@code \frac}: a backslash that touches the name of a LaTeX command. */
  private @Nullable Diagnostic command(int at) {
    if (!isName(at + 1) || span(at).end() != span(at + 1).start()) {
      return null;
    }
    boolean quotient = at > 0 && TokenKinds.endsOperand(tokens.get(at - 1));
    String hint = LatexCommands.hint(text(at + 1), quotient);
    return hint == null
        ? null
        : Diagnostic.error(
            span(at).to(span(at + 1)), "`\\" + text(at + 1) + "` is a LaTeX command", hint);
  }

  private @Nullable Diagnostic character(int at) {
    return text(at).equals("\u2208") ? membership(at) : null;
  }

  /** {@code A(:, 1)}: a colon inside brackets. */
  private Diagnostic range(int open, int colon) {
    return Diagnostic.error(
        span(open).to(span(colon)),
        "rows and columns by number are no part of the language",
        OtherTools.ENTRIES);
  }

  /** {@code x : R^n}. */
  private @Nullable Diagnostic set(int at) {
    return isSet(at + 1) ? membership(at) : null;
  }

  private boolean isSet(int at) {
    return text(at).equals("R") || text(at).equals("\u211D");
  }

  /** {@code x ∈ R^n}: a shape is meant. */
  private Diagnostic membership(int at) {
    Span whole = span(at).to(span(tokens.size() - 1));
    String name = isName(at - 1) ? text(at - 1) : "x";
    return Diagnostic.error(
        whole,
        "a set is no expression",
        "a shape is declared with a colon: " + name + " : " + lengths(at + 2));
  }

  /** Returns the lengths behind the name of a set, as in R^n and R^{n×d}. */
  private String lengths(int from) {
    StringBuilder lengths = new StringBuilder();
    for (int i = from; i < tokens.size(); i++) {
      boolean times = text(i).equals("times") || text(i).equals("x");
      if (type(i) == GradsmithLexer.NUMBER || isName(i) && !times) {
        lengths.append(lengths.isEmpty() ? "" : ", ").append(text(i));
      }
    }
    boolean unread = lengths.isEmpty() && from < tokens.size() || lengths.length() > 20;
    return unread ? "(n), or (n, d)" : "(" + lengths + ")";
  }
}
