package gradsmith.language;

import gradsmith.source.Diagnostic;
import gradsmith.source.Diagnostics;
import gradsmith.source.Source;
import gradsmith.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** Reads {@code X, Y : (n, d) symmetric}. */
final class DeclarationReader {

  private final Source source;
  private final WrittenNames written;

  /** Reads what stands in a place for a length; returns null after reporting why it is nothing. */
  private final Function<List<Token>, @Nullable Ast> expressions;

  private final Diagnostics diagnostics;

  DeclarationReader(
      Source source,
      WrittenNames written,
      Function<List<Token>, @Nullable Ast> expressions,
      Diagnostics diagnostics) {
    this.source = source;
    this.written = written;
    this.expressions = expressions;
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
            : open ? axes(rest.subList(0, typeEnd)) : word(first);
    if (type == null) {
      return null;
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
    int depth = 0;
    for (int i = 0; i < tokens.size(); i++) {
      depth += nesting(tokens.get(i));
      if (depth == 0) {
        return i;
      }
    }
    return -1;
  }

  private static int nesting(Token token) {
    return switch (token.getType()) {
      case GradsmithLexer.OPEN -> 1;
      case GradsmithLexer.CLOSE -> -1;
      default -> 0;
    };
  }

  private Statement.@Nullable Type word(Span word) {
    return switch (word.text()) {
      case "scalar" -> new Statement.Type.Rank(word, 0);
      case "vector" -> new Statement.Type.Rank(word, 1);
      case "matrix" -> new Statement.Type.Rank(word, 2);
      case "elementwise" -> new Statement.Type.Elementwise(word);
      default -> noShape(word);
    };
  }

  /** Reads {@code (n, d)}; reports what is wrong and returns null if it is no shape. */
  private Statement.@Nullable Type axes(List<Token> tokens) {
    List<Ast> dimensions = new ArrayList<>();
    int depth = 0;
    int start = 1;
    for (int i = 1; i < tokens.size(); i++) {
      depth += nesting(tokens.get(i));
      boolean closes = i == tokens.size() - 1;
      if (closes || depth == 0 && tokens.get(i).getType() == GradsmithLexer.COMMA) {
        if (i > start) {
          Ast dimension = dimension(tokens.subList(start, i));
          if (dimension == null) {
            return null;
          }
          dimensions.add(dimension);
        } else if (!closes) {
          return noShape(span(tokens.get(i)));
        }
        start = i + 1;
      }
    }
    return new Statement.Type.Axes(span(tokens.getFirst()).to(span(tokens.getLast())), dimensions);
  }

  /** Reads a length; most are one name or one number. */
  private @Nullable Ast dimension(List<Token> tokens) {
    Span first = span(tokens.getFirst());
    if (tokens.size() == 1 && tokens.getFirst().getType() == GradsmithLexer.NAME) {
      return new Ast.Name(first, written.of(first));
    }
    return tokens.size() == 1 && tokens.getFirst().getType() == GradsmithLexer.NUMBER
        ? new Ast.Numeral(first, first.text())
        : expressions.apply(tokens);
  }

  private Statement.@Nullable Type noShape(Span span) {
    error(
        span,
        "expected a shape or a property: (n, d), (n), (), scalar, vector, matrix, symmetric, …");
    return null;
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
