package gradsmith.language;

import gradsmith.source.Diagnostic;
import gradsmith.source.Source;
import gradsmith.source.Span;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of one statement.
 *
 * @param fault the first thing that is wrong with them, for which they are not parsed
 */
record StatementTokens(Source source, List<Token> tokens, @Nullable Diagnostic fault) {

  /** Returns the characters that {@code token} was written with. */
  Span span(Token token) {
    return new Span(source, token.getStartIndex(), token.getStopIndex() + 1);
  }

  /** Returns the characters of the statement. */
  Span span() {
    return span(tokens.getFirst()).to(span(tokens.getLast()));
  }
}
