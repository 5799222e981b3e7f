package gradsmith.rules;

import gradsmith.algebra.Algebra;
import gradsmith.algebra.Identities;
import gradsmith.expr.Apply;
import gradsmith.expr.Expr;
import gradsmith.expr.ExprSet;
import gradsmith.expr.Expressions;
import gradsmith.expr.FunctionFacts;
import gradsmith.expr.FunctionSymbol;
import gradsmith.expr.Graph;
import gradsmith.expr.Lambda;
import gradsmith.expr.Operator;
import gradsmith.expr.Property;
import gradsmith.expr.Variable;
import gradsmith.language.Ast;
import gradsmith.language.Elaborator;
import gradsmith.language.Library;
import gradsmith.language.ParameterRole;
import gradsmith.language.Statement;
import gradsmith.shape.Polynomial;
import gradsmith.shape.Shape;
import gradsmith.shape.Signature;
import gradsmith.source.Diagnostic;
import gradsmith.source.Diagnostics;
import gradsmith.source.ProgramException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The calculus of the library's functions: each one's differential as its entry states it, and the
 * adjoints that come from transposing it. Everything is worked out once, when it is first asked
 * for, and kept. Thread-safe.
 */
public final class FunctionRules implements FunctionFacts {

  private final Library library;
  private final Map<FunctionSymbol, List<Lambda>> definitions = new ConcurrentHashMap<>();
  private final Map<FunctionSymbol, List<Lambda>> domains = new ConcurrentHashMap<>();
  private final Map<FunctionSymbol, Lambda> differentials = new ConcurrentHashMap<>();
  private final Map<FunctionSymbol, List<Lambda>> adjoints = new ConcurrentHashMap<>();
  private final Map<Argument, Lambda> stated = new ConcurrentHashMap<>();

  /** One argument of a function. */
  private record Argument(FunctionSymbol symbol, int index) {}

  /** States the rules of the functions of {@code library}. */
  public FunctionRules(Library library) {
    this.library = library;
  }

  /** Returns the library whose functions these are. */
  public Library library() {
    return library;
  }

  /**
   * Returns the symbol of the library's function with that name and arity. One whose calls are
   * replaced by its definition has a symbol if its shapes are stated, though no graph shows it.
   */
  public FunctionSymbol symbol(String name, int arity) {
    Library.Entry entry = library.entry(name, arity);
    FunctionSymbol symbol = entry == null ? null : entry.symbol();
    Signature signature = entry == null ? null : entry.signature();
    if (symbol == null && signature != null) {
      symbol = new FunctionSymbol(name, arity, signature, Set.of());
    }
    if (symbol == null) {
      throw new IllegalStateException("the library has no function " + name + " of " + arity);
    }
    return symbol;
  }

  @Override
  public @Nullable Lambda definition(FunctionSymbol symbol) {
    List<Lambda> known = definitions.computeIfAbsent(symbol, this::elaborateDefinition);
    return known.isEmpty() ? null : known.getFirst();
  }

  @Override
  public List<Lambda> domain(FunctionSymbol symbol) {
    return domains.computeIfAbsent(symbol, this::elaborateDomain);
  }

  /** Returns the differential in the arguments and, after them, their tangents dA. */
  public Lambda differential(FunctionSymbol symbol) {
    return differentials.computeIfAbsent(symbol, this::elaborateDifferential);
  }

  /**
   * Returns the cotangent of argument {@code index} in terms of the arguments and, last, the
   * cotangent of the result.
   */
  public Lambda adjoint(FunctionSymbol symbol, int index) {
    if (isLinear(symbol, index)) {
      return stated.computeIfAbsent(new Argument(symbol, index), this::elaborateAdjoint);
    }
    return Objects.requireNonNull(transposed(symbol).get(symbol)).get(index);
  }

  /**
   * Returns the adjoints with those of {@code symbol} among them. A differential may call functions
   * of the tangents: their adjoints are found before, so that nothing nests.
   */
  private Map<FunctionSymbol, List<Lambda>> transposed(FunctionSymbol symbol) {
    Set<FunctionSymbol> entered = new HashSet<>();
    Deque<FunctionSymbol> open = new ArrayDeque<>(List.of(symbol));
    while (!open.isEmpty()) {
      FunctionSymbol next = open.element();
      boolean first = !adjoints.containsKey(next) && entered.add(next);
      for (FunctionSymbol called : first ? calledOnTangents(next) : Set.<FunctionSymbol>of()) {
        if (!adjoints.containsKey(called)) {
          if (entered.contains(called)) {
            throw NotDifferentiableException.circular(called);
          }
          open.push(called);
        }
      }
      if (open.element() == next) {
        open.pop();
        if (!adjoints.containsKey(next)) {
          adjoints.putIfAbsent(next, transpose(next));
        }
      }
    }
    return adjoints;
  }

  /** Returns the functions whose adjoints it takes to transpose the differential. */
  private Set<FunctionSymbol> calledOnTangents(FunctionSymbol symbol) {
    Lambda differential = differential(symbol);
    List<Variable> all = differential.parameters();
    Set<Expr> moving = new HashSet<>(all.subList(symbol.arity(), all.size()));
    Set<FunctionSymbol> called = new LinkedHashSet<>();
    for (Expr node : Graph.postOrder(differential.body())) {
      if (node instanceof Apply apply) {
        for (int i = 0; i < apply.arguments().size(); i++) {
          if (moving.contains(apply.argument(i))) {
            moving.add(node);
            if (apply.operator() instanceof Operator.Function function
                && !isLinear(function.symbol(), i)) {
              called.add(function.symbol());
            }
          }
        }
      }
    }
    return called;
  }

  /** Tells whether the function is stated to be linear in argument {@code index}. */
  public boolean isLinear(FunctionSymbol symbol, int index) {
    Library.Entry entry = entry(symbol);
    return !entry.adjoints().isEmpty()
        && entry.adjoints().containsKey(entry.parameters().get(index));
  }

  /** Tells whether the function has a differential in all its arguments. */
  public boolean hasDifferential(FunctionSymbol symbol) {
    return entry(symbol).differential() != null;
  }

  /** Returns variables for the arguments, as the library names them. */
  public List<Variable> parameters(FunctionSymbol symbol) {
    Library.Entry entry = entry(symbol);
    return new Template(symbol, entry.parameters()).parameters;
  }

  private Lambda elaborateAdjoint(Argument argument) {
    Library.Entry entry = entry(argument.symbol);
    Template template = new Template(argument.symbol, entry.parameters());
    List<Variable> all = new ArrayList<>(template.parameters);
    all.add(template.declare("G", argument.symbol.signature().result(), Set.of()));
    Ast value =
        Objects.requireNonNull(entry.adjoints().get(entry.parameters().get(argument.index)));
    Shape shape = template.parameters.get(argument.index).shape();
    return new Lambda(all, template.elaborate(value, shape));
  }

  private Library.Entry entry(FunctionSymbol symbol) {
    Library.Entry entry = library.entry(symbol.name(), symbol.arity());
    if (entry == null) {
      throw new IllegalStateException("the library has no " + symbol);
    }
    return entry;
  }

  private List<Lambda> elaborateDefinition(FunctionSymbol symbol) {
    Statement.Definition definition = entry(symbol).definition();
    if (definition == null) {
      return List.of();
    }
    Template template = new Template(symbol, names(definition.parameters()));
    return List.of(
        new Lambda(template.parameters, template.elaborate(definition.body(), template.result)));
  }

  private List<Lambda> elaborateDomain(FunctionSymbol symbol) {
    Statement.Domain domain = entry(symbol).domain();
    if (domain == null) {
      return List.of();
    }
    List<Lambda> margins = new ArrayList<>();
    for (Ast.Comparison condition : domain.conditions()) {
      Template template = new Template(symbol, names(domain.function().arguments()));
      boolean greater = condition.operator().startsWith(">");
      Ast larger = greater ? condition.left() : condition.right();
      Ast smaller = greater ? condition.right() : condition.left();
      Ast margin =
          new Ast.Sum(
              condition.span(),
              List.of(
                  new Ast.Term(false, condition.operatorSpan(), larger),
                  new Ast.Term(true, condition.operatorSpan(), smaller)));
      margins.add(new Lambda(template.parameters, template.elaborate(margin, null)));
    }
    return margins;
  }

  private Lambda elaborateDifferential(FunctionSymbol symbol) {
    Statement.Differential differential = entry(symbol).differential();
    if (differential == null) {
      throw new NotDifferentiableException(symbol);
    }
    Template template = new Template(symbol, names(differential.function().arguments()));
    List<Variable> all = new ArrayList<>(template.parameters);
    all.addAll(template.tangents());
    return new Lambda(all, template.elaborate(differential.value(), template.result));
  }

  /** Transposes the differential: carries ⟨G, dF⟩ to each tangent. */
  private List<Lambda> transpose(FunctionSymbol symbol) {
    Lambda differential = differential(symbol);
    int arity = symbol.arity();
    Expressions session = new Expressions();
    Algebra algebra = new Algebra(session, Identities.NONE);
    Instantiation instantiation = new Instantiation(algebra);
    List<Variable> copies = new ArrayList<>();
    for (Variable parameter : differential.parameters()) {
      Variable copy =
          session.variable(
              parameter.name(), parameter.shape(), parameter.rank(), parameter.properties());
      copies.add(copy);
      instantiation.bind(parameter, copy);
    }
    List<Variable> parameters = new ArrayList<>(copies.subList(0, arity));
    ExprSet tangents = new ExprSet(copies.subList(arity, copies.size()));
    List<Shape> shapes = new ArrayList<>();
    parameters.forEach(parameter -> shapes.add(parameter.shape()));
    Shape shape = symbol.signature().resultShape(shapes);
    Variable G = session.variable("G", shape, 2, Set.of());
    parameters.add(G);
    Expr body = algebra.conform(instantiation.build(differential.body()), shape);
    Map<Variable, Expr> cotangents =
        new Pullback(algebra, this).pull(body, G, tangents, (node, cotangent) -> cotangent);
    List<Lambda> result = new ArrayList<>();
    for (int i = 0; i < arity; i++) {
      Variable tangent = copies.get(arity + i);
      Expr cotangent = cotangents.getOrDefault(tangent, algebra.zeros(tangent.shape()));
      result.add(new Lambda(parameters, cotangent));
    }
    return List.copyOf(result);
  }

  private static List<String> names(List<? extends Ast> arguments) {
    List<String> names = new ArrayList<>();
    for (Ast argument : arguments) {
      if (!(argument instanceof Ast.Name name)) {
        throw new IllegalStateException("a parameter is no name: " + argument.span().text());
      }
      names.add(name.name());
    }
    return names;
  }

  /**
   * A session with a function's parameters, and their tangents, as variables of schematic shape.
   */
  private final class Template {
    private final Expressions session = new Expressions();
    private final List<Variable> parameters = new ArrayList<>();
    private final Map<String, Variable> known = new LinkedHashMap<>();
    private final Shape result;

    Template(FunctionSymbol symbol, List<String> names) {
      result = shape(symbol.signature().result());
      for (int i = 0; i < names.size(); i++) {
        Set<Property> properties =
            entry(symbol).roles().get(i) == ParameterRole.WHOLE
                ? Set.of(Property.INTEGER)
                : Set.of();
        parameters.add(declare(names.get(i), symbol.signature().parameters().get(i), properties));
      }
    }

    private Variable declare(String name, List<String> pattern, Set<Property> properties) {
      Variable variable = session.variable(name, shape(pattern), pattern.size(), properties);
      known.put(name, variable);
      return variable;
    }

    /** Returns the shape of a parameter or of the result. */
    private static Shape shape(List<String> pattern) {
      return pattern.isEmpty()
          ? Shape.SCALAR
          : Shape.matrix(
              axis(pattern.getFirst()),
              pattern.size() == 1 ? Polynomial.ONE : axis(pattern.get(1)));
    }

    private static Polynomial axis(String name) {
      return Character.isDigit(name.charAt(0))
          ? Polynomial.of(Integer.parseInt(name))
          : Polynomial.of(name);
    }

    List<Variable> tangents() {
      List<Variable> tangents = new ArrayList<>();
      for (Variable parameter : parameters) {
        Variable tangent =
            session.variable("d" + parameter.name(), parameter.shape(), parameter.rank(), Set.of());
        known.put(tangent.name(), tangent);
        tangents.add(tangent);
      }
      return tangents;
    }

    /** Elaborates {@code formula}, whose value has the shape {@code wanted} if that is not null. */
    Expr elaborate(Ast formula, @Nullable Shape wanted) {
      Diagnostics diagnostics = new Diagnostics();
      Expr made =
          Elaborator.formula(
              session, library, known, List.of(), Set.of(), formula, wanted, diagnostics);
      if (made != null && wanted != null && !made.shape().equals(wanted)) {
        diagnostics.add(
            Diagnostic.error(
                formula.span(),
                "this is "
                    + named(made.shape())
                    + ", and "
                    + named(wanted)
                    + " by what is said of it",
                "change the first line of the entry, or the formula"));
      }
      if (made == null || diagnostics.hasErrors()) {
        throw new ProgramException(diagnostics.all());
      }
      return made;
    }

    private static String named(Shape shape) {
      return shape.isScalar() ? "a number" : shape.toString();
    }
  }
}
