package gradsmith.rules;

import gradsmith.algebra.Algebra;
import gradsmith.algebra.Identities;
import gradsmith.expr.Apply;
import gradsmith.expr.Expr;
import gradsmith.expr.ExprSet;
import gradsmith.expr.Expressions;
import gradsmith.expr.Lambda;
import gradsmith.expr.Operator;
import gradsmith.expr.Property;
import gradsmith.expr.Variable;
import gradsmith.language.Elaborator;
import gradsmith.language.Library;
import gradsmith.language.Program;
import gradsmith.language.ProgramParser;
import gradsmith.language.Statement;
import gradsmith.shape.Shape;
import gradsmith.source.Diagnostics;
import gradsmith.source.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The formula sheet. Nothing in it is written down: each law is a small program of one operation,
 * differentiated like any other. Not thread-safe.
 */
public final class Laws {

  private static final String PRIMITIVES = "primitives";

  private final FunctionRules functions;
  private final IdentityRules identities;
  private final Map<String, Law> known = new HashMap<>();

  /** States the laws of the primitives and of the library of {@code functions}. */
  public Laws(FunctionRules functions, IdentityRules identities) {
    this.functions = functions;
    this.identities = identities;
  }

  /** Returns the families, in the order of the formula sheet. */
  public List<String> families() {
    List<String> families = new ArrayList<>();
    families.add(PRIMITIVES);
    families.addAll(functions.library().families());
    return families;
  }

  /** Returns the name of the operation that {@code node} is. */
  public static String name(Apply node) {
    return switch (node.operator()) {
      case Operator.Function function -> function.symbol().name();
      case Operator.Unknown unknown -> unknown.name();
      default -> name(PrimitiveLaw.of(node));
    };
  }

  private static String name(PrimitiveLaw law) {
    return law.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns the law of the operation that {@code node} is; null for a function without a body. */
  public @Nullable Law of(Apply node) {
    return switch (node.operator()) {
      case Operator.Function function ->
          function(
              function.symbol().name(),
              functions.library().entry(function.symbol().name(), function.symbol().arity()));
      case Operator.Unknown unknown -> null;
      default -> primitive(PrimitiveLaw.of(node));
    };
  }

  /** Returns the laws of {@code family}. */
  public List<Law> family(String family) {
    List<Law> laws = new ArrayList<>();
    if (family.equals(PRIMITIVES)) {
      for (PrimitiveLaw law : PrimitiveLaw.values()) {
        laws.add(primitive(law));
      }
      return List.copyOf(laws);
    }
    for (Library.Entry entry : functions.library().entries()) {
      if (entry.family().equals(family)) {
        Law law = function(entry.name(), entry);
        if (law != null) {
          laws.add(law);
        }
      }
    }
    return List.copyOf(laws);
  }

  private Law primitive(PrimitiveLaw law) {
    String name = name(law);
    Law before = known.get(name);
    if (before == null) {
      before = derive(name, PRIMITIVES, "", law.program(), false);
      known.put(name, before);
    }
    return before;
  }

  private @Nullable Law function(String name, Library.@Nullable Entry entry) {
    if (entry == null) {
      return null;
    }
    String key = name + "/" + entry.arity();
    Law before = known.get(key);
    if (before == null) {
      String call = name + "(" + String.join(", ", entry.parameters()) + ")";
      before = derive(name, entry.family(), entry.comment(), call, entry.definition() != null);
      known.put(key, before);
    }
    return before;
  }

  private Law derive(String name, String family, String note, String text, boolean defined) {
    Source source = new Source(name, text);
    Diagnostics diagnostics = new Diagnostics();
    Statement.Listing listing =
        ProgramParser.parseProgram(source, functions.library().names(), diagnostics);
    Program program = Elaborator.elaborate(listing, functions.library(), diagnostics);
    if (program == null) {
      throw new IllegalStateException(text + ": " + diagnostics.all());
    }
    Expressions session = program.expressions();
    Algebra algebra =
        new Algebra(
            session,
            identities.session(new Assumptions(Set.of()), (identity, before, after) -> {}));
    Expr operation = program.bindings().getLast().value();
    Expr normal = new Instantiation(algebra).build(operation);
    Shape shape = operation.shape();
    Variable value =
        fresh(session, shape.isScalar() ? "Lfs" : shape.isVector() ? "yfs" : "YFS", operation);
    Variable tangent = derived("δ", value, session);
    Variable incoming = derived("d", value, session);
    List<Law.Adjoint> adjoints = new ArrayList<>();
    Expr differential = null;
    try {
      Pushforward push = new Pushforward(algebra, functions);
      for (Variable variable : program.parameters()) {
        if (!variable.has(Property.INTEGER)) {
          push.bind(variable, derived("δ", variable, session));
          Expr adjoint =
              new Pullback(algebra, functions)
                  .pull(
                      normal,
                      incoming,
                      new ExprSet(List.of(variable)),
                      (node, cotangent) -> cotangent)
                  .get(variable);
          adjoints.add(
              new Law.Adjoint(
                  variable,
                  adjoint == null
                      ? algebra.zeros(variable.shape())
                      : algebra.conform(adjoint, variable.shape())));
        }
      }
      differential = push.differential(normal);
    } catch (NotDifferentiableException e) {
      // What has no differential in the language has a definition or a kernel, and no more.
      adjoints.clear();
    }
    return new Law(
        name,
        family,
        note,
        text.substring(text.lastIndexOf(';') + 1).strip(),
        value,
        operation,
        defined ? definition(operation, session) : null,
        tangent,
        differential,
        incoming,
        adjoints);
  }

  /** A function that is a node has its definition in the library; others were replaced by it. */
  private Expr definition(Expr operation, Expressions session) {
    if (!(operation instanceof Apply apply
        && apply.operator() instanceof Operator.Function function)) {
      return operation;
    }
    Lambda definition = functions.definition(function.symbol());
    if (definition == null) {
      return operation;
    }
    Instantiation instantiation = new Instantiation(new Algebra(session, Identities.NONE));
    for (int i = 0; i < apply.arguments().size(); i++) {
      instantiation.bind(definition.parameters().get(i), apply.argument(i));
    }
    return instantiation.build(definition.body());
  }

  private static Variable derived(String prefix, Variable of, Expressions session) {
    return session.variable(prefix + of.name(), of.shape(), of.rank(), Set.of());
  }

  private static Variable fresh(Expressions session, String letters, Expr like) {
    for (int i = 0; i < letters.length(); i++) {
      String name = letters.substring(i, i + 1);
      if (session.variable(name) == null) {
        Shape shape = like.shape();
        int rank = shape.isScalar() ? 0 : shape.isVector() ? 1 : shape.axes().size();
        return session.variable(name, shape, rank, Set.of());
      }
    }
    throw new IllegalStateException("no letter of " + letters + " is free");
  }
}
