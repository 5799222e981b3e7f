package gradsmith.language;

import gradsmith.source.Diagnostic;
import gradsmith.source.Diagnostics;
import gradsmith.source.Source;
import gradsmith.source.Span;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.ParserRuleContext;
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
  private final Set<String> given = new HashSet<>();
  private final WrittenNames names;

  private ProgramParser(
      Source source, Set<String> functions, Collection<String> known, Diagnostics diagnostics) {
    this.source = source;
    this.functions = functions;
    this.diagnostics = diagnostics;
    names = new WrittenNames(known, diagnostics);
    given.addAll(known);
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
    List<StatementTokens> statements = TokenReader.read(source.whole());
    statements.forEach(parser::collectNames);
    List<Statement> result = new ArrayList<>();
    for (StatementTokens tokens : statements) {
      Statement statement = parser.statement(tokens);
      if (statement != null) {
        result.add(statement);
      }
      if (diagnostics.all().size() >= Limits.ERRORS) {
        break;
      }
    }
    if (statements.isEmpty()) {
      diagnostics.add(
          Diagnostic.error(
              new Span(source, 0, 0), "there is no program here", "try L = CE(X W, Y), or x' A x"));
    }
    return new Statement.Listing(result, result.size() == statements.size());
  }

  /** Tells whether {@code statements} give a value. */
  public static boolean hasValue(List<Statement> statements, Set<String> functions) {
    return ValueStatement.of(statements, functions, new Diagnostics()).exists();
  }

  /** Returns where each statement of {@code text} stands, or reports why it is none. */
  public static List<Span> statements(Span text, Diagnostics diagnostics) {
    List<Span> spans = new ArrayList<>();
    for (StatementTokens tokens : TokenReader.read(text)) {
      if (tokens.fault() == null) {
        spans.add(tokens.span());
      } else {
        diagnostics.add(tokens.fault());
      }
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
    List<StatementTokens> statements = TokenReader.read(text);
    if (statements.size() != 1) {
      diagnostics.add(
          statements.isEmpty()
              ? Diagnostic.error(text, "a formula is missing here", "write, for example, A.^2")
              : Diagnostic.error(
                  text, "expected one formula, not " + statements.size(), "leave out the `;`"));
      return null;
    }
    StatementTokens tokens = statements.getFirst();
    parser.collectNames(tokens);
    GradsmithParser.FormulaContext tree =
        parser.parse(tokens, name -> name.startsWith("d"), GradsmithParser::formula);
    return tree == null ? null : parser.expressions().expression(tree.expression());
  }

  /** Notes which names are functions of the text and which stand alone. */
  private void collectNames(StatementTokens statement) {
    List<Token> tokens = statement.tokens();
    int equals = find(tokens, GradsmithLexer.EQUALS);
    int colon = find(tokens, GradsmithLexer.COLON);
    boolean declaration = colon > 0 && (equals < 0 || colon < equals);
    boolean definition = equals > 2 && tokens.getFirst().getType() == GradsmithLexer.CALLED;
    int meaning = isList(tokens, definition ? 2 : 0, declaration ? colon : equals);
    if (definition) {
      addFunction(names.of(statement.span(tokens.getFirst())));
    }
    if (declaration
        && colon + 1 < tokens.size()
        && statement.span(tokens.get(colon + 1)).text().equals("elementwise")) {
      for (Token token : tokens.subList(0, colon)) {
        if (token.getType() == GradsmithLexer.NAME) {
          addFunction(names.of(statement.span(token)));
        }
      }
      return;
    }
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).getType() == GradsmithLexer.NAME) {
        String name = names.of(statement.span(tokens.get(i)));
        variables.add(name);
        if (i < meaning || declaration && meaning > 0) { // the names of lengths, too
          given.add(name);
        }
      }
    }
  }

  /** Returns {@code to} if {@code tokens} are names and commas up to there, else 0. */
  private static int isList(List<Token> tokens, int from, int to) {
    for (int i = from; i < to; i++) {
      int type = tokens.get(i).getType();
      boolean closes = from > 0 && i == to - 1 && type == GradsmithLexer.CLOSE;
      int expected = (i - from) % 2 == 0 ? GradsmithLexer.NAME : GradsmithLexer.COMMA;
      if (type != expected && !closes) {
        return 0;
      }
    }
    return Math.max(to, 0);
  }

  private void addFunction(String name) {
    if (own == null) { // a rule file has a formula a function, and defines none in it
      own = new LinkedHashSet<>(functions);
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

  private @Nullable Statement statement(StatementTokens tokens) {
    GradsmithParser.StatementContext tree =
        parse(tokens, name -> false, GradsmithParser::statement);
    return tree == null
        ? null
        : new StatementBuilder(source, names, expressions(), diagnostics)
            .statement(tree, tokens.span());
  }

  private AstBuilder expressions() {
    return new AstBuilder(source, new CalledNames(functions, variables, diagnostics), names);
  }

  /**
   * Parses {@code statement} by {@code rule}; returns null and reports why if it does not fit. The
   * names that are {@code differentials} are no prose.
   */
  private <T extends ParserRuleContext> @Nullable T parse(
      StatementTokens statement,
      Predicate<String> differentials,
      Function<GradsmithParser, T> rule) {
    Diagnostic prose =
        Prose.find(
            statement,
            name -> given.contains(name) || differentials.test(name),
            variables::contains);
    if (statement.fault() != null) {
      diagnostics.add(earlier(prose, statement.fault()));
      return null;
    }
    List<Token> tokens =
        HermitianTransposes.resolve(
            statement, variables.contains("H"), given.contains("H"), diagnostics);
    CommonToken end = new CommonToken(Token.EOF, "");
    end.setStartIndex(tokens.getLast().getStopIndex() + 1);
    end.setStopIndex(tokens.getLast().getStopIndex());
    tokens.add(end);
    GradsmithParser parser =
        new GradsmithParser(new CommonTokenStream(new ListTokenSource(tokens)));
    parser.removeErrorListeners();
    parser.setErrorHandler(new BailErrorStrategy());
    // The grammar is SLL: no second pass is needed.
    parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
    try {
      T tree = rule.apply(parser);
      if (prose == null) {
        return tree;
      }
      diagnostics.add(prose);
    } catch (ParseCancellationException e) {
      Token offending =
          e.getCause() instanceof RecognitionException cause && cause.getOffendingToken() != null
              ? cause.getOffendingToken()
              : tokens.getLast();
      Diagnostic wrong = SyntaxMessages.unexpected(source, tokens, offending);
      diagnostics.add(earlier(prose, wrong));
    }
    return null;
  }

  private static Diagnostic earlier(@Nullable Diagnostic prose, Diagnostic other) {
    return prose != null && prose.span().start() <= other.span().start() ? prose : other;
  }
}
