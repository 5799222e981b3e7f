package gradsmith.language;

import gradsmith.source.Diagnostic;
import gradsmith.source.Diagnostics;
import gradsmith.source.Source;
import gradsmith.source.Span;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** Reads {@code X, Y : (n, d) symmetric}. */
final class DeclarationReader {

  private final Source source;
  private final WrittenNames written;
  private final Diagnostics diagnostics;

  DeclarationReader(Source source, WrittenNames written, Diagnostics diagnostics) {
    this.source = source;
    this.written = written;
    this.diagnostics = diagnostics;
  }

  /**
   * Reads a declaration whose colon is at {@code colon}; reports what is wrong and returns null if
   * it is none.
   */
  @Nullable Statement read(List<Token> tokens, int colon, Span whole) {
    List<Ast.Name> names = new ArrayList<>();
    for (int i = 0; i < colon; i++) {
      int expected = i % 2 == 0 ? GradsmithLexer.NAME : GradsmithLexer.COMMA;
      if (tokens.get(i).getType() != expected) {
        return error(span(tokens.get(i)), "expected names before `:`");
      }
      if (i % 2 == 0) {
        names.add(new Ast.Name(span(tokens.get(i)), written.of(span(tokens.get(i)))));
      }
    }
    if (names.isEmpty() || colon % 2 == 0) {
      return error(span(tokens.get(colon)), "expected a name before `:`");
    }
    List<Token> rest = tokens.subList(colon + 1, tokens.size());
    if (rest.isEmpty()) {
      return error(span(tokens.get(colon)), "expected a shape after `:`");
    }
    if (rest.getFirst().getType() == GradsmithLexer.EQUALS) {
      return error(
          span(tokens.get(colon)).to(span(rest.getFirst())),
          "`:=` means nothing here",
          "an assignment is written " + names.getFirst().name() + " = …");
    }
    for (Token token : rest) {
      if (token.getType() == GradsmithLexer.COLON) {
        return error(
            span(token), "this is a second declaration", "declarations are separated by `;`");
      }
    }
    Span first = span(rest.getFirst());
    boolean open = rest.getFirst().getType() == GradsmithLexer.OPEN;
    boolean inferred = Declarations.property(first.text()) != null;
    int typeEnd = open ? closing(rest) + 1 : inferred ? 0 : 1;
    Statement.Type type =
        inferred
            ? new Statement.Type.Inferred(first)
            : typeEnd == 0 ? null : type(rest.subList(0, typeEnd));
    if (type == null) {
      return error(
          first,
          "expected a shape or a property: (n, d), (n), (), scalar, vector, matrix, symmetric, …");
    }
    List<Ast.Name> properties = new ArrayList<>();
    for (Token token : rest.subList(typeEnd, rest.size())) {
      if (token.getType() == GradsmithLexer.NAME) {
        properties.add(new Ast.Name(span(token), span(token).text()));
      } else if (token.getType() != GradsmithLexer.COMMA) {
        return error(span(token), "expected a property such as symmetric after the shape");
      }
    }
    return new Statement.Declaration(whole, names, type, properties);
  }

  private static int closing(List<Token> tokens) {
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).getType() == GradsmithLexer.CLOSE) {
        return i;
      }
    }
    return -1;
  }

  private Statement.@Nullable Type type(List<Token> tokens) {
    Span whole = span(tokens.getFirst()).to(span(tokens.getLast()));
    if (tokens.size() == 1) {
      return switch (whole.text()) {
        case "scalar" -> new Statement.Type.Rank(whole, 0);
        case "vector" -> new Statement.Type.Rank(whole, 1);
        case "matrix" -> new Statement.Type.Rank(whole, 2);
        case "elementwise" -> new Statement.Type.Elementwise(whole);
        default -> null;
      };
    }
    List<Ast> dimensions = new ArrayList<>();
    for (int i = 1; i < tokens.size() - 1; i++) {
      Token token = tokens.get(i);
      if (i % 2 == 0 ? token.getType() != GradsmithLexer.COMMA : !isDimension(token)) {
        return null;
      }
      if (i % 2 == 1) {
        Span span = span(token);
        dimensions.add(
            token.getType() == GradsmithLexer.NAME
                ? new Ast.Name(span, written.of(span))
                : new Ast.Numeral(span, span.text()));
      }
    }
    return new Statement.Type.Axes(whole, dimensions);
  }

  private static boolean isDimension(Token token) {
    return token.getType() == GradsmithLexer.NAME || token.getType() == GradsmithLexer.NUMBER;
  }

  private @Nullable Statement error(Span span, String message) {
    return error(span, message, "for example X : (n, d), or A : (n, n) symmetric");
  }

  private @Nullable Statement error(Span span, String message, String hint) {
    diagnostics.add(Diagnostic.error(span, message, hint));
    return null;
  }

  private Span span(Token token) {
    return new Span(source, token.getStartIndex(), token.getStopIndex() + 1);
  }
}
