package gradsmith;

import gradsmith.check.PartProof;
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
import gradsmith.language.Limits;
import gradsmith.language.Statement;
import gradsmith.rules.FunctionRules;
import gradsmith.rules.Identity;
import gradsmith.rules.IdentityRules;
import gradsmith.rules.NotDifferentiableException;
import gradsmith.shape.Signature;
import gradsmith.source.Diagnostic;
import gradsmith.source.Diagnostics;
import gradsmith.source.ProgramException;
import gradsmith.source.Source;
import gradsmith.source.Span;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
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
  private final PartProof parts;
  private final Map<FunctionSymbol, Nesting> nestings = new HashMap<>();

  /** How deep the calls that a call stands for nest, and how many there are. */
  private record Nesting(int depth, long size) {}

  OwnRules(Library library, FunctionRules functions, IdentityRules identities) {
    this.library = library;
    this.functions = functions;
    this.identities = identities;
    proof = new RuleProof(functions);
    parts = new PartProof(functions);
  }

  /** Throws a {@link ProgramException} if a rule of {@code sources} is wrong. */
  void prove(List<Source> sources) {
    Diagnostics diagnostics = new Diagnostics();
    for (Source source : sources) {
      List<Library.Entry> entries = library.entries(source, diagnostics);
      Map<Span, List<Identity>> lines = identities.of(source, diagnostics);
      if (entries.isEmpty() && lines.isEmpty() && !diagnostics.hasErrors()) {
        diagnostics.add(
            Diagnostic.error(
                source.whole().part(0, 0),
                "there are no rules here",
                "a rule is, for example, cube(A) = A.^3"));
      }
      List<Statement> definitions = new ArrayList<>();
      for (Library.Entry entry : entries) {
        Statement.Definition definition = entry.definition();
        if (entry.symbol() == null && definition != null) {
          definitions.add(definition);
        }
      }
      bodies(definitions, diagnostics);
      boolean sound = !diagnostics.hasErrors();
      for (Library.Entry entry : entries) {
        if ((sound || entry.symbol() != null) && diagnostics.all().size() < Limits.ERRORS) {
          collect(() -> prove(entry), diagnostics);
        }
      }
      for (Map.Entry<Span, List<Identity>> line : lines.entrySet()) {
        if (diagnostics.all().size() < Limits.ERRORS) {
          collect(() -> prove(line.getKey(), line.getValue()), diagnostics);
        }
      }
    }
    diagnostics.throwIfErrors();
  }

  private static void collect(Runnable proof, Diagnostics diagnostics) {
    try {
      proof.run();
    } catch (ProgramException e) {
      e.diagnostics().forEach(diagnostics::add);
    }
  }

  private void prove(Span line, List<Identity> stated) {
    for (Identity identity : stated) {
      refuse(
          line,
          "the two sides are not equal",
          proof.identity(identity),
          "an identity holds for all values of its names; a property can be asked for: if"
              + " symmetric(A)");
    }
  }

  private void prove(Library.Entry entry) {
    FunctionSymbol symbol = entry.symbol();
    Statement.Definition definition = entry.definition();
    Signature signature = entry.signature();
    if (symbol == null && definition != null && signature != null) {
      FunctionSymbol called = new FunctionSymbol(entry.name(), entry.arity(), signature, Set.of());
      checkNesting(called, definition);
      shape(called, definition);
    } else if (symbol != null) {
      prove(entry, symbol);
    }
  }

  /** What a signature says is relied on where the function is called. */
  private void shape(FunctionSymbol symbol, Statement.Definition definition) {
    functions.definition(symbol);
    refuse(
        definition.span(),
        symbol.signature().kind() == Signature.Kind.ELEMENTWISE
            ? "this does not act entry by entry"
            : "this does not act on each row by itself",
        parts.flaw(symbol),
        "say the lengths instead: " + symbol.name() + " : (n, k) -> …");
  }

  private void prove(Library.Entry entry, FunctionSymbol symbol) {
    Statement.Definition definition = entry.definition();
    Statement.Differential differential = entry.differential();
    if (definition == null) {
      throw wrong(
          entry.place(),
          entry.name() + " has no definition " + entry.name() + "(A) = …",
          "a function of your own is written in terms of others");
    }
    checkNesting(symbol, definition);
    shape(symbol, definition);
    if (differential != null) {
      refuse(
          differential.span(),
          "this is not the differential",
          proof.differential(symbol),
          "it is linear in the tangents, dA for A");
      transpose(entry, symbol, differential);
    }
    for (Map.Entry<Fact, Span> fact : entry.facts().entrySet()) {
      refuse(
          fact.getValue(),
          "this is not so",
          proof.fact(symbol, fact.getKey()),
          "a fact is true of every value; leave it out");
    }
    for (int i = 0; i < entry.arity(); i++) {
      String parameter = entry.parameters().get(i);
      Ast stated = entry.adjoints().get(parameter);
      if (stated != null) {
        refuse(
            stated.span(),
            "this is not the adjoint of " + parameter,
            proof.statedAdjoint(symbol, i),
            "with the cotangent G of the value it is the gradient by " + parameter);
      }
    }
  }

  /** Throws {@code message} with {@code flaw}, if there is one. */
  private static void refuse(Span span, String message, @Nullable String flaw, String hint) {
    if (flaw != null) {
      boolean untried = flaw.equals(RuleProof.NO_POINT);
      throw wrong(
          span,
          untried
              ? "this cannot be tried: it has no value at random points"
              : message + ": " + flaw,
          untried ? "say where it is defined: domain f(A) : A > 0" : hint);
    }
  }

  private void transpose(
      Library.Entry entry, FunctionSymbol symbol, Statement.Differential differential) {
    try {
      for (int i = 0; i < entry.arity(); i++) {
        functions.adjoint(symbol, i);
      }
    } catch (NotDifferentiableException e) {
      throw wrong(
          differential.span(),
          String.valueOf(e.getMessage()),
          "of a linear function, state the adjoint: adjoint A of f(A) = … G …");
    }
  }

  /** A value is computed call within call: that must end, and neither nest nor grow too far. */
  private void checkNesting(FunctionSymbol symbol, Statement.Definition definition) {
    Set<FunctionSymbol> entered = new HashSet<>();
    Deque<FunctionSymbol> open = new ArrayDeque<>(List.of(symbol));
    while (!open.isEmpty()) {
      FunctionSymbol top = open.element();
      List<FunctionSymbol> calls = nestings.containsKey(top) ? List.of() : calls(top);
      boolean done = nestings.containsKey(top) || !entered.add(top);
      for (FunctionSymbol called : done ? List.<FunctionSymbol>of() : calls) {
        if (!nestings.containsKey(called)) {
          if (entered.contains(called)) {
            throw wrong(
                definition.span(),
                symbol.name() + " is defined by itself",
                "a definition cannot call itself, nor what calls it");
          }
          open.push(called);
        }
      }
      if (done) {
        open.pop();
        nestings.computeIfAbsent(top, unused -> nesting(calls));
      }
    }
    Nesting nesting = Objects.requireNonNull(nestings.get(symbol));
    if (nesting.depth > Limits.EXPANSION_DEPTH || nesting.size > Limits.RULE_CALLS) {
      throw wrong(
          definition.span(),
          nesting.depth > Limits.EXPANSION_DEPTH
              ? "definitions nest deeper than " + Limits.EXPANSION_DEPTH + " here"
              : "this stands for more than " + Limits.RULE_CALLS + " calls",
          "write it in terms of fewer functions");
    }
  }

  private Nesting nesting(List<FunctionSymbol> calls) {
    int depth = 0;
    long size = 1;
    for (FunctionSymbol called : calls) {
      Nesting inner = Objects.requireNonNull(nestings.get(called));
      depth = Math.max(depth, inner.depth);
      size = Math.min(size + inner.size, Integer.MAX_VALUE);
    }
    return new Nesting(depth + 1, size);
  }

  private List<FunctionSymbol> calls(FunctionSymbol symbol) {
    Lambda definition = functions.definition(symbol);
    List<FunctionSymbol> calls = new ArrayList<>();
    for (Expr node : definition == null ? List.<Expr>of() : Graph.postOrder(definition.body())) {
      if (node instanceof Apply apply && apply.operator() instanceof Operator.Function function) {
        calls.add(function.symbol());
      }
    }
    return calls;
  }

  /** A bad body is an error even of a function that is not used. */
  private void bodies(List<Statement> definitions, Diagnostics diagnostics) {
    if (definitions.isEmpty()) {
      return;
    }
    List<Statement> statements = new ArrayList<>(definitions);
    Span last = definitions.getLast().span();
    statements.add(new Statement.Result(last, new Ast.Numeral(last, "1")));
    Diagnostics all = new Diagnostics();
    Elaborator.elaborate(new Statement.Listing(statements, true), library, all);
    for (Diagnostic diagnostic : all.all()) {
      if (diagnostic.severity() == Diagnostic.Severity.ERROR) {
        diagnostics.add(diagnostic);
      }
    }
  }

  private static ProgramException wrong(Span span, String message, String hint) {
    return new ProgramException(List.of(Diagnostic.error(span, message, hint)));
  }
}
