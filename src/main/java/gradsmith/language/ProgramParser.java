package gradsmith.language;

import gradsmith.source.Diagnostic;
import gradsmith.source.Diagnostics;
import gradsmith.source.Source;
import gradsmith.source.Span;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.ParseCancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Reads programs and formulas, statement by statement, so that a mistake in one does not hide one
 * in another.
 */
public final class ProgramParser {

  private final Source source;
  private final Diagnostics diagnostics;
  private Set<String> functions;
  private @Nullable Set<String> own;
  private final Set<String> variables = new HashSet<>();
  private final WrittenNames names;

  private ProgramParser(
      Source source, Set<String> functions, Collection<String> known, Diagnostics diagnostics) {
    this.source = source;
    this.functions = functions;
    this.diagnostics = diagnostics;
    names = new WrittenNames(known, diagnostics);
  }

  /**
   * Reads a program; {@code functions} are the names that can be called. Mistakes go to {@code
   * diagnostics}.
   */
  public static Statement.Listing parseProgram(
      Source source, Set<String> functions, Diagnostics diagnostics) {
    if (source.text().length() > Limits.CHARACTERS) {
      Span start = new Span(source, 0, 0);
      diagnostics.add(
          Diagnostic.error(
              start,
              "the input is longer than " + Limits.CHARACTERS + " characters",
              "is this the right file?"));
      return new Statement.Listing(List.of(), false);
    }
    ProgramParser parser = new ProgramParser(source, functions, List.of(), diagnostics);
    List<List<Token>> statements = TokenReader.read(source.whole(), diagnostics);
    boolean whole = !diagnostics.hasErrors();
    for (List<Token> tokens : statements) {
      parser.collectNames(tokens);
    }
    List<Statement> result = new ArrayList<>();
    for (List<Token> tokens : statements) {
      Statement statement = parser.statement(tokens);
      if (statement != null) {
        result.add(statement);
      }
      if (diagnostics.all().size() >= Limits.ERRORS) {
        break;
      }
    }
    if (result.isEmpty() && !diagnostics.hasErrors()) {
      diagnostics.add(
          Diagnostic.error(
              new Span(source, 0, 0), "there is no program here", "try L = CE(X W, Y), or x' A x"));
    }
    return new Statement.Listing(result, whole && result.size() == statements.size());
  }

  /** Returns where each statement of {@code text} stands, or reports why it is none. */
  public static List<Span> statements(Span text, Diagnostics diagnostics) {
    List<Span> spans = new ArrayList<>();
    for (List<Token> tokens : TokenReader.read(text, diagnostics)) {
      int end = tokens.getLast().getStopIndex() + 1;
      spans.add(new Span(text.source(), tokens.getFirst().getStartIndex(), end));
    }
    return spans;
  }

  /** Tells whether {@code text} ends inside an open bracket or after an operator. */
  public static boolean isIncomplete(Source text) {
    return TokenReader.isIncomplete(text.whole());
  }

  /** Reads one expression, or reports why {@code text} is none. */
  public static @Nullable Ast parseFormula(
      Span text, Set<String> functions, Diagnostics diagnostics) {
    return parseFormula(text, functions, List.of(), diagnostics);
  }

  /**
   * Reads one expression, or reports why {@code text} is none.
   *
   * @param known names as they are written elsewhere
   */
  public static @Nullable Ast parseFormula(
      Span text, Set<String> functions, Collection<String> known, Diagnostics diagnostics) {
    ProgramParser parser = new ProgramParser(text.source(), functions, known, diagnostics);
    List<List<Token>> statements = TokenReader.read(text, diagnostics);
    if (statements.size() != 1) {
      if (!diagnostics.hasErrors()) {
        diagnostics.add(
            statements.isEmpty()
                ? Diagnostic.error(text, "a formula is missing here", "write, for example, A.^2")
                : Diagnostic.error(
                    text, "expected one formula, not " + statements.size(), "leave out the `;`"));
      }
      return null;
    }
    parser.collectNames(statements.getFirst());
    return parser.expression(statements.getFirst());
  }

  private Span span(Token token) {
    return new Span(source, token.getStartIndex(), token.getStopIndex() + 1);
  }

  private Ast.Name name(Token token) {
    return new Ast.Name(span(token), names.of(span(token)));
  }

  /** Notes which names are functions of the text and which stand alone. */
  private void collectNames(List<Token> tokens) {
    int equals = find(tokens, GradsmithLexer.EQUALS);
    int colon = find(tokens, GradsmithLexer.COLON);
    boolean definition =
        equals > 2
            && tokens.get(0).getType() == GradsmithLexer.NAME
            && tokens.get(1).getType() == GradsmithLexer.OPEN;
    if (definition) {
      addFunction(names.of(span(tokens.getFirst())));
    }
    if (colon > 0
        && colon + 1 < tokens.size()
        && span(tokens.get(colon + 1)).text().equals("elementwise")) {
      for (Token token : tokens.subList(0, colon)) {
        if (token.getType() == GradsmithLexer.NAME) {
          addFunction(names.of(span(token)));
        }
      }
      return;
    }
    for (int i = definition ? 1 : 0; i < tokens.size(); i++) {
      if (tokens.get(i).getType() == GradsmithLexer.NAME && !isCalled(tokens, i)) {
        variables.add(names.of(span(tokens.get(i))));
      }
    }
  }

  private void addFunction(String name) {
    if (own == null) { // a rule file has a formula a function, and defines none in it
      own = new HashSet<>(functions);
      functions = own;
    }
    own.add(name);
  }

  private static int find(List<Token> tokens, int type) {
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).getType() == type) {
        return i;
      }
    }
    return -1;
  }

  private @Nullable Statement statement(List<Token> tokens) {
    Span whole = span(tokens.getFirst()).to(span(tokens.getLast()));
    int colon = find(tokens, GradsmithLexer.COLON);
    int equals = find(tokens, GradsmithLexer.EQUALS);
    if (colon >= 0 && (equals < 0 || colon < equals)) {
      return new DeclarationReader(source, names, this::expression, diagnostics)
          .read(tokens, colon, whole);
    }
    if (equals < 0) {
      if (isArrow(tokens)) {
        return null;
      }
      Ast value = expression(tokens);
      return value == null ? null : new Statement.Result(whole, value);
    }
    List<Token> left = tokens.subList(0, equals);
    List<Token> right = tokens.subList(equals + 1, tokens.size());
    if (left.size() == 1 && left.getFirst().getType() == GradsmithLexer.NAME) {
      Ast value = right.isEmpty() ? missing(tokens.get(equals)) : expression(right);
      return value == null ? null : new Statement.Assignment(whole, name(left.getFirst()), value);
    }
    List<Ast.Name> parameters = parameters(left);
    if (parameters == null) {
      diagnostics.add(
          Diagnostic.error(
              left.isEmpty()
                  ? span(tokens.get(equals))
                  : span(left.getFirst()).to(span(left.getLast())),
              "the left side of `=` must be a name, or a function with its parameters",
              "write H = …, or f(A, B) = …"));
      return null;
    }
    Ast body = right.isEmpty() ? missing(tokens.get(equals)) : expression(right);
    return body == null
        ? null
        : new Statement.Definition(whole, name(left.getFirst()), parameters, body);
  }

  /** Reports {@code L <- x}, which would be read as {@code L < -x}. */
  private boolean isArrow(List<Token> tokens) {
    int depth = 0;
    for (int i = 0; i + 1 < tokens.size(); i++) {
      int type = tokens.get(i).getType();
      depth += type == GradsmithLexer.OPEN ? 1 : type == GradsmithLexer.CLOSE ? -1 : 0;
      Span both = span(tokens.get(i)).to(span(tokens.get(i + 1)));
      if (depth == 0 && type == GradsmithLexer.COMPARE && both.text().equals("<-")) {
        diagnostics.add(
            Diagnostic.error(
                both,
                "`<-` could be an assignment or a comparison",
                "an assignment is written L = …, a comparison with a space: A < -B"));
        return true;
      }
    }
    return false;
  }

  private @Nullable Ast missing(Token after) {
    diagnostics.add(
        Diagnostic.error(
            span(after), "expected an expression after `" + span(after).text() + "`", null));
    return null;
  }

  /** Returns the names in {@code f(A, B)}, or null if {@code tokens} are not of that form. */
  private @Nullable List<Ast.Name> parameters(List<Token> tokens) {
    if (tokens.size() < 4
        || tokens.get(0).getType() != GradsmithLexer.NAME
        || tokens.get(1).getType() != GradsmithLexer.OPEN
        || tokens.getLast().getType() != GradsmithLexer.CLOSE
        || tokens.size() % 2 != 0) {
      return null;
    }
    List<Ast.Name> parameters = new ArrayList<>();
    for (int i = 2; i < tokens.size() - 1; i++) {
      int expected = i % 2 == 0 ? GradsmithLexer.NAME : GradsmithLexer.COMMA;
      if (tokens.get(i).getType() != expected) {
        return null;
      }
      if (i % 2 == 0) {
        parameters.add(name(tokens.get(i)));
      }
    }
    return parameters;
  }

  private @Nullable Ast expression(List<Token> tokens) {
    List<Token> all = new ArrayList<>(tokens.size() + 1);
    for (int i = 0; i < tokens.size(); i++) {
      all.add(isCalled(tokens, i) ? called(tokens.get(i)) : tokens.get(i));
    }
    CommonToken end = new CommonToken(Token.EOF, "");
    end.setStartIndex(tokens.getLast().getStopIndex() + 1);
    end.setStopIndex(tokens.getLast().getStopIndex());
    all.add(end);
    GradsmithParser parser = new GradsmithParser(new CommonTokenStream(new ListTokenSource(all)));
    parser.removeErrorListeners();
    parser.setErrorHandler(new BailErrorStrategy());
    parser
        .getInterpreter()
        .setPredictionMode(PredictionMode.SLL); // the grammar is SLL: no second pass is needed
    try {
      GradsmithParser.FormulaContext tree = parser.formula();
      return new AstBuilder(source, functions, variables, names, diagnostics)
          .expression(tree.expression());
    } catch (ParseCancellationException e) {
      Token offending =
          e.getCause() instanceof RecognitionException cause && cause.getOffendingToken() != null
              ? cause.getOffendingToken()
              : end;
      diagnostics.add(SyntaxMessages.unexpected(source, all, offending));
      return null;
    }
  }

  private static boolean isCalled(List<Token> tokens, int index) {
    return tokens.get(index).getType() == GradsmithLexer.NAME
        && index + 1 < tokens.size()
        && tokens.get(index + 1).getType() == GradsmithLexer.OPEN;
  }

  /** Marks a name before a bracket, so that one token tells a call from a name. */
  private static Token called(Token name) {
    CommonToken called = new CommonToken(name);
    called.setType(GradsmithLexer.CALLED);
    return called;
  }
}
