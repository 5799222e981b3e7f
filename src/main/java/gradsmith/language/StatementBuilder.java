package gradsmith.language;

import gradsmith.source.Diagnostic;
import gradsmith.source.Diagnostics;
import gradsmith.source.Source;
import gradsmith.source.Span;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/**
 * Turns the parse tree of a statement into syntax. What stands to the left of {@code =} and {@code
 * :} is parsed as an expression, and has to be a name here, or a function with its parameters.
 */
final class StatementBuilder {

  private static final String EXAMPLE = "for example X : (n, d), or A : (n, n) symmetric";

  private final Source source;
  private final WrittenNames written;
  private final AstBuilder expressions;
  private final Diagnostics diagnostics;

  StatementBuilder(
      Source source, WrittenNames written, AstBuilder expressions, Diagnostics diagnostics) {
    this.source = source;
    this.written = written;
    this.expressions = expressions;
    this.diagnostics = diagnostics;
  }

  /** Returns the statement that {@code tree} is; reports why it is none. */
  @Nullable Statement statement(GradsmithParser.StatementContext tree, Span whole) {
    if (tree.declared() != null) {
      return declaration(tree, whole);
    }
    GradsmithParser.ExpressionContext first = tree.left.getFirst();
    if (tree.EQUALS() == null) {
      if (tree.left.size() > 1) {
        return error(
            span(tree.COMMA(0).getSymbol()),
            "`,` does not fit here",
            "a comma separates the arguments of a function");
      }
      return isArrow(first) ? null : new Statement.Result(whole, expressions.expression(first));
    }
    GradsmithParser.AtomContext atom = atom(first);
    Ast.Name name = name(first);
    if (name != null && tree.left.size() == 1) {
      return new Statement.Assignment(whole, name, expressions.expression(tree.value));
    }
    List<Ast.Name> parameters =
        atom instanceof GradsmithParser.CallContext call && call.arguments() != null
            ? names(call.arguments().expression())
            : null;
    if (parameters == null
        || tree.left.size() > 1
        || !(atom instanceof GradsmithParser.CallContext called)) {
      diagnostics.add(
          SyntaxMessages.noLeftSide(span(tree.left.getFirst()).to(span(tree.left.getLast()))));
      return null;
    }
    Token function = called.CALLED().getSymbol();
    return new Statement.Definition(
        whole,
        new Ast.Name(span(function), written.of(span(function))),
        parameters,
        expressions.expression(tree.value));
  }

  /** Reports {@code L <- x}, which would be read as {@code L < -x}. */
  private boolean isArrow(GradsmithParser.ExpressionContext tree) {
    if (tree.COMPARE() == null) {
      return false;
    }
    Span operator = span(tree.COMPARE().getSymbol());
    Span both = operator.to(new Span(source, operator.start(), operator.end() + 1));
    if (!both.text().equals("<-")) {
      return false;
    }
    diagnostics.add(
        Diagnostic.error(
            both,
            "`<-` could be an assignment or a comparison",
            "an assignment is written L = …, a comparison with a space: A < -B"));
    return true;
  }

  private @Nullable Statement declaration(GradsmithParser.StatementContext tree, Span whole) {
    List<Ast.Name> names = new ArrayList<>();
    for (GradsmithParser.ExpressionContext left : tree.left) {
      Ast.Name name = name(left);
      if (name == null) {
        return error(span(left), "expected names before `:`", EXAMPLE);
      }
      names.add(name);
    }
    GradsmithParser.DeclaredContext declared = tree.declared();
    List<Ast.Name> properties = new ArrayList<>();
    declared.NAME().forEach(word -> properties.add(word(word.getSymbol())));
    Statement.Type type =
        declared.axes() != null ? axes(declared.axes()) : type(properties.getFirst());
    if (type == null) {
      return null;
    }
    if (declared.axes() == null && !(type instanceof Statement.Type.Inferred)) {
      properties.removeFirst();
    }
    return new Statement.Declaration(whole, names, type, properties);
  }

  private Statement.@Nullable Type type(Ast.Name word) {
    return switch (word.name()) {
      case "scalar" -> new Statement.Type.Rank(word.span(), 0);
      case "vector" -> new Statement.Type.Rank(word.span(), 1);
      case "matrix" -> new Statement.Type.Rank(word.span(), 2);
      case "elementwise" -> new Statement.Type.Elementwise(word.span());
      default -> {
        if (Declarations.property(word.name()) != null) {
          yield new Statement.Type.Inferred(word.span());
        }
        diagnostics.add(SyntaxMessages.noType(word.span()));
        yield null;
      }
    };
  }

  private Statement.Type axes(GradsmithParser.AxesContext tree) {
    List<Ast> lengths = new ArrayList<>();
    if (tree.arguments() != null) {
      for (GradsmithParser.ExpressionContext argument : tree.arguments().expression()) {
        lengths.add(expressions.expression(argument));
      }
    }
    return new Statement.Type.Axes(span(tree), lengths);
  }

  private @Nullable List<Ast.Name> names(List<GradsmithParser.ExpressionContext> trees) {
    List<Ast.Name> names = new ArrayList<>();
    for (GradsmithParser.ExpressionContext tree : trees) {
      Ast.Name name = name(tree);
      if (name == null) {
        return null;
      }
      names.add(name);
    }
    return names;
  }

  /** Returns the name that {@code tree} is all of, or null. */
  private Ast.@Nullable Name name(GradsmithParser.ExpressionContext tree) {
    return tree.getStart() == tree.getStop() && tree.getStart().getType() == GradsmithLexer.NAME
        ? new Ast.Name(span(tree), written.of(span(tree)))
        : null;
  }

  /** Returns the atom that {@code tree} is all of, or null. */
  private static GradsmithParser.@Nullable AtomContext atom(ParserRuleContext tree) {
    ParserRuleContext inner = tree;
    while (!(inner instanceof GradsmithParser.AtomContext atom)) {
      if (inner.getChildCount() != 1) {
        return null;
      }
      inner = (ParserRuleContext) inner.getChild(0);
    }
    return atom;
  }

  private Ast.Name word(Token token) {
    return new Ast.Name(span(token), span(token).text());
  }

  private @Nullable Statement error(Span span, String message, String hint) {
    diagnostics.add(Diagnostic.error(span, message, hint));
    return null;
  }

  private Span span(Token token) {
    return new Span(source, token.getStartIndex(), token.getStopIndex() + 1);
  }

  private Span span(ParserRuleContext tree) {
    return span(tree.getStart()).to(span(tree.getStop()));
  }
}
