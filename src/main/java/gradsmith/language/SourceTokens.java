package gradsmith.language;

import gradsmith.source.Span;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** The lexer's tokens of a piece of text, one after another, with their places in its source. */
final class SourceTokens {

  private final GradsmithLexer lexer;
  private final int[] offsets;
  private final int start;

  SourceTokens(Span text) {
    lexer = new GradsmithLexer(CharStreams.fromString(text.text(), text.source().name()));
    lexer.removeErrorListeners();
    offsets = lexerOffsets(text.text());
    start = text.start();
  }

  /** Returns the next token; null at the end. */
  @Nullable Token next() {
    CommonToken token = (CommonToken) lexer.nextToken();
    if (token.getType() == Token.EOF) {
      return null;
    }
    int end = token.getStopIndex() + 1;
    token.setStartIndex(start + offset(token.getStartIndex()));
    token.setStopIndex(start + offset(end) - 1);
    return token;
  }

  private int offset(int index) {
    return offsets.length > 0 ? offsets[index] : index;
  }

  /** Maps the lexer's code points to UTF-16 offsets; empty if they are the same. */
  private static int[] lexerOffsets(String text) {
    boolean wide = false;
    for (int i = 0; i < text.length() && !wide; i++) {
      wide = Character.isSurrogate(text.charAt(i));
    }
    if (!wide) {
      return new int[0];
    }
    int[] offsets = new int[text.codePointCount(0, text.length()) + 1];
    int offset = 0;
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = offset;
      offset += offset < text.length() ? Character.charCount(text.codePointAt(offset)) : 0;
    }
    return offsets;
  }
}
