package gradsmith.language;

import gradsmith.source.Diagnostic;
import gradsmith.source.Diagnostics;
import gradsmith.source.Span;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;

/**
 * Reads {@code A^H}: the transpose, as all numbers are real, unless H is a number of the program. A
 * matrix is no exponent, so that a name H that no statement gives a meaning stands for none.
 */
final class HermitianTransposes {

  private HermitianTransposes() {}

  /**
   * Returns the tokens of {@code statement} with each {@code ^H} as a transpose, or as a power if
   * only the inference knows.
   *
   * @param mentioned whether H stands elsewhere in the program
   * @param given whether a statement gives H a meaning
   */
  static List<Token> resolve(
      StatementTokens statement, boolean mentioned, boolean given, Diagnostics diagnostics) {
    List<Token> tokens = new ArrayList<>(statement.tokens().size() + 1);
    for (Token token : statement.tokens()) {
      if (token.getType() != GradsmithLexer.HERMITIAN) {
        tokens.add(token);
        continue;
      }
      Span span = statement.span(token);
      boolean inverse = span.end() - span.start() > 2;
      if (given) {
        tokens.add(part(token, GradsmithLexer.CARET, span.start()));
        if (inverse) {
          tokens.add(part(token, GradsmithLexer.MINUS, span.start() + 1));
        }
        tokens.add(part(token, GradsmithLexer.NAME, span.end() - 1));
        continue;
      }
      CommonToken transpose = new CommonToken(token);
      transpose.setType(inverse ? GradsmithLexer.INVERSE_TRANSPOSE : GradsmithLexer.TRANSPOSE);
      tokens.add(transpose);
      if (mentioned) {
        diagnostics.add(note(span));
      }
    }
    return tokens;
  }

  /** Tells whether {@code exponent}, if it is no number, makes the power a transpose. */
  static boolean isExponent(Ast exponent) {
    return exponent instanceof Ast.Name name && name.name().equals("H");
  }

  private static Token part(Token token, int type, int at) {
    CommonToken part = new CommonToken(token);
    part.setType(type);
    part.setStartIndex(at);
    part.setStopIndex(at);
    return part;
  }

  /** Says that {@code span} is a transpose although the program has a name H. */
  static Diagnostic note(Span span) {
    return Diagnostic.note(
        span,
        "^H is read as the transpose, as a matrix H is no exponent",
        "written A' it cannot be mistaken");
  }

  /** Warns where {@code ^T} or {@code ^H}, in {@code whole}, transposes a number. */
  static void warnOfNumber(Proto number, Span whole, Diagnostics diagnostics) {
    String text = whole.text();
    if (!text.endsWith("^T") && !text.endsWith("^H")) {
      return;
    }
    String name = Shapes.text(number);
    diagnostics.add(
        Diagnostic.warning(
            whole,
            name + " is a number, and " + Shapes.text(whole) + " its transpose, " + name,
            "the power is written " + name + "^(" + text.charAt(text.length() - 1) + ")"));
  }
}
