package gradsmith;

import gradsmith.language.Ast;
import gradsmith.language.ProgramParser;
import gradsmith.language.Statement;
import gradsmith.source.Diagnostics;
import gradsmith.source.Source;
import gradsmith.source.Span;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the statement of a program, one without errors, that there is something to say about. */
final class Places {

  private final Source source;
  private final Set<String> functions;

  /** Reads {@code source} again, with the names of {@code functions} that it may call. */
  Places(Source source, Set<String> functions) {
    this.source = source;
    this.functions = functions;
  }

  /** Returns the statement that gives the value. */
  Span value() {
    return of(null);
  }

  /** Returns the statement that gives {@code name} a meaning, or else the one of the value. */
  Span of(@Nullable String name) {
    Span value = source.whole();
    List<Statement> statements =
        ProgramParser.parseProgram(source, functions, new Diagnostics()).statements();
    for (Statement statement : statements) {
      boolean wanted =
          switch (statement) {
            case Statement.Declaration declaration ->
                declaration.names().stream().map(Ast.Name::name).anyMatch(n -> n.equals(name));
            case Statement.Assignment assignment -> {
              value = statement.span();
              yield assignment.target().name().equals(name);
            }
            case Statement.Result result -> {
              value = statement.span();
              yield false;
            }
            case Statement.Definition definition -> {
              value = value.equals(source.whole()) ? statement.span() : value;
              yield definition.name().name().equals(name);
            }
            case Statement.Differential differential -> false;
            case Statement.Domain domain -> false;
            case Statement.Identity identity -> false;
          };
      if (wanted) {
        return statement.span();
      }
    }
    return value;
  }
}
