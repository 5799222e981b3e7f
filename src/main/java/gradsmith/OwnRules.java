package gradsmith;

import gradsmith.check.RuleProof;
import gradsmith.expr.Apply;
import gradsmith.expr.Expr;
import gradsmith.expr.Fact;
import gradsmith.expr.FunctionSymbol;
import gradsmith.expr.Graph;
import gradsmith.expr.Lambda;
import gradsmith.expr.Operator;
import gradsmith.language.Ast;
import gradsmith.language.Elaborator;
import gradsmith.language.Library;
import gradsmith.language.Statement;
import gradsmith.rules.FunctionRules;
import gradsmith.rules.Identity;
import gradsmith.rules.IdentityRules;
import gradsmith.rules.NotDifferentiableException;
import gradsmith.source.Diagnostic;
import gradsmith.source.Diagnostics;
import gradsmith.source.ProgramException;
import gradsmith.source.Source;
import gradsmith.source.Span;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads and tries the rules of a user's file before any of them is used. */
final class OwnRules {

  private final Library library;
  private final FunctionRules functions;
  private final IdentityRules identities;
  private final RuleProof proof;

  OwnRules(Library library, FunctionRules functions, IdentityRules identities) {
    this.library = library;
    this.functions = functions;
    this.identities = identities;
    proof = new RuleProof(functions);
  }

  /** Throws a {@link ProgramException} if a rule of {@code sources} is wrong. */
  void prove(List<Source> sources) {
    for (Source source : sources) {
      List<Statement> definitions = new ArrayList<>();
      for (Library.Entry entry : library.entries()) {
        if (entry.source().equals(source)) {
          if (entry.symbol() == null) {
            definitions.add(Objects.requireNonNull(entry.definition()));
          } else {
            prove(entry, entry.symbol(), source);
          }
        }
      }
      bodies(source, definitions);
      for (Map.Entry<Span, List<Identity>> line : identities.byLine().entrySet()) {
        if (line.getKey().source().equals(source)) {
          for (Identity identity : line.getValue()) {
            String flaw = proof.identity(identity);
            if (flaw != null) {
              throw wrong(line.getKey(), "the two sides are not equal: " + flaw);
            }
          }
        }
      }
    }
  }

  private void prove(Library.Entry entry, FunctionSymbol symbol, Source source) {
    Statement.Definition definition = entry.definition();
    Statement.Differential differential = entry.differential();
    if (definition == null) {
      throw wrong(
          differential == null ? source.whole() : differential.span(),
          entry.name() + " has no definition " + entry.name() + "(A) = …");
    }
    if (entry.parameters().size() != definition.parameters().size()) {
      throw wrong(definition.span(), "this takes another number of arguments than was said");
    }
    if (differential != null && differential.function().arguments().size() != entry.arity()) {
      throw wrong(differential.span(), "this takes another number of arguments than was said");
    }
    if (isCircular(symbol)) {
      throw wrong(definition.span(), entry.name() + " is defined by itself");
    }
    String flaw = proof.differential(symbol);
    if (flaw != null && differential != null) {
      throw wrong(differential.span(), "this is not the differential: " + flaw);
    }
    transpose(entry, symbol);
    for (Map.Entry<Fact, Span> fact : entry.facts().entrySet()) {
      flaw = proof.fact(symbol, fact.getKey());
      if (flaw != null) {
        throw wrong(fact.getValue(), "this is not so: " + flaw);
      }
    }
    for (int i = 0; i < entry.arity(); i++) {
      String parameter = entry.parameters().get(i);
      Ast stated = entry.adjoints().get(parameter);
      flaw = stated == null ? null : proof.statedAdjoint(symbol, i);
      if (flaw != null && stated != null) {
        throw wrong(stated.span(), "this is not the adjoint of " + parameter + ": " + flaw);
      }
    }
  }

  private void transpose(Library.Entry entry, FunctionSymbol symbol) {
    Statement.Differential differential = entry.differential();
    try {
      for (int i = 0; differential != null && i < entry.arity(); i++) {
        functions.adjoint(symbol, i);
      }
    } catch (NotDifferentiableException e) {
      throw new ProgramException(
          List.of(
              Diagnostic.error(
                  Objects.requireNonNull(differential).span(),
                  String.valueOf(e.getMessage()),
                  "of a linear function, state the adjoint: adjoint A of f(A) = … G …")));
    }
  }

  private boolean isCircular(FunctionSymbol symbol) {
    Set<FunctionSymbol> met = new HashSet<>();
    Deque<FunctionSymbol> next = new ArrayDeque<>(List.of(symbol));
    while (!next.isEmpty()) {
      Lambda definition = functions.definition(next.pop());
      List<Expr> nodes = definition == null ? List.of() : Graph.postOrder(definition.body());
      for (Expr node : nodes) {
        if (node instanceof Apply apply && apply.operator() instanceof Operator.Function function) {
          if (function.symbol().equals(symbol)) {
            return true;
          }
          if (met.add(function.symbol())) {
            next.push(function.symbol());
          }
        }
      }
    }
    return false;
  }

  /** A bad body is an error even of a function that is not used. */
  private void bodies(Source source, List<Statement> definitions) {
    if (definitions.isEmpty()) {
      return;
    }
    List<Statement> statements = new ArrayList<>(definitions);
    Span last = definitions.getLast().span();
    statements.add(new Statement.Result(last, new Ast.Numeral(last, "1")));
    Diagnostics diagnostics = new Diagnostics();
    Elaborator.elaborate(source, new Statement.Listing(statements), library, diagnostics);
    if (diagnostics.hasErrors()) {
      throw new ProgramException(
          diagnostics.all().stream()
              .filter(diagnostic -> diagnostic.severity() == Diagnostic.Severity.ERROR)
              .toList());
    }
  }

  private static ProgramException wrong(Span span, @Nullable String message) {
    return new ProgramException(
        List.of(Diagnostic.error(span, Objects.requireNonNull(message), null)));
  }
}
