package gradsmith.rules;

import gradsmith.algebra.Algebra;
import gradsmith.algebra.Identities;
import gradsmith.expr.Apply;
import gradsmith.expr.Expr;
import gradsmith.expr.Expressions;
import gradsmith.expr.Graph;
import gradsmith.expr.Operator;
import gradsmith.expr.Operator.Primitive;
import gradsmith.expr.Property;
import gradsmith.expr.Variable;
import gradsmith.language.Ast;
import gradsmith.language.Elaborator;
import gradsmith.language.Library;
import gradsmith.language.LibraryReader;
import gradsmith.language.RuleLines;
import gradsmith.language.Statement;
import gradsmith.shape.Dimension;
import gradsmith.shape.Shape;
import gradsmith.source.Diagnostic;
import gradsmith.source.Diagnostics;
import gradsmith.source.ProgramException;
import gradsmith.source.Source;
import gradsmith.source.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The identities of the files in {@code identities/}. A line is parsed when all the functions on
 * its left side have been met, so that a run pays for what it uses. Thread-safe.
 */
public final class IdentityRules {

  /** Told of each identity that was applied. */
  public interface Observer {
    /** {@code identity} turned {@code before} into {@code after}. */
    void applied(Identity identity, Expr before, Expr after);
  }

  /** A line that has not been parsed, and the functions on its left side. */
  private record Line(Span span, Set<String> functions) {}

  private static final List<String> TOPICS = List.of("functions", "rows", "linear-algebra");

  private static final Map<Operator, String> PRIMITIVES =
      Map.of(
          Primitive.TRACE, "tr",
          Primitive.TOTAL, "sum",
          Primitive.DIAGONAL, "diag",
          Primitive.DIAGONAL_MATRIX, "diag");

  private final Library library;
  private final List<Line> lines = new ArrayList<>();
  private final Map<String, List<Integer>> linesOf = new HashMap<>();
  private final Map<String, Span> named = new HashMap<>();
  private final Map<Integer, List<Identity>> compiled = new ConcurrentHashMap<>();

  /**
   * Reads the identities among the lines of {@code sources}; the functions are those of {@code
   * library}.
   */
  public IdentityRules(Library library, List<Source> sources) {
    this.library = library;
    for (Source source : sources) {
      for (Span line : RuleLines.lines(source.whole())) {
        if (RuleLines.isIdentity(line)) {
          index(line);
        }
      }
    }
  }

  /** Returns the identities that gradsmith comes with. */
  public static IdentityRules standard(Library library) {
    return with(library, List.of());
  }

  /** Returns the identities that gradsmith comes with, and those of {@code sources}. */
  public static IdentityRules with(Library library, List<Source> sources) {
    List<Source> all = new ArrayList<>();
    for (String topic : TOPICS) {
      all.add(Library.resource("identities/" + topic + ".rules", topic));
    }
    all.addAll(sources);
    return new IdentityRules(library, all);
  }

  private void index(Span line) {
    String text = line.text();
    int colon = text.indexOf(':');
    Span before = named.putIfAbsent(line.part(0, colon).text(), line);
    if (before != null) {
      throw new ProgramException(
          List.of(
              Diagnostic.error(
                  line.part(0, colon),
                  line.part(0, colon).text() + " is an identity already",
                  "the first is in " + LibraryReader.place(before) + "; choose another name")));
    }
    String left = text.substring(colon + 1, text.indexOf("->", colon));
    Set<String> functions = new HashSet<>();
    int start = -1;
    for (int i = 0; i < left.length(); i++) {
      char c = left.charAt(i);
      if (Character.isLetterOrDigit(c) || c == '_') {
        start = start < 0 ? i : start;
      } else {
        if (c == '(' && start >= 0 && isMet(left.substring(start, i))) {
          functions.add(left.substring(start, i));
        }
        start = -1;
      }
    }
    for (String function : functions) {
      linesOf.computeIfAbsent(function, unused -> new ArrayList<>()).add(lines.size());
    }
    lines.add(new Line(line, functions));
  }

  /**
   * Tells whether {@code function} is met as a node; the others are replaced by their definitions.
   */
  private boolean isMet(String function) {
    return PRIMITIVES.containsValue(function) || library.isNode(function);
  }

  /** Returns all identities. */
  public List<Identity> all() {
    List<Identity> all = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      all.addAll(compiled.computeIfAbsent(i, this::compile));
    }
    return List.copyOf(all);
  }

  /**
   * Returns the identities that each line of {@code source} states: the same for numbers, or for
   * the negatives. What cannot be read goes to {@code diagnostics}.
   */
  public Map<Span, List<Identity>> of(Source source, Diagnostics diagnostics) {
    Map<Span, List<Identity>> all = new LinkedHashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).span.source().equals(source)) {
        try {
          all.put(lines.get(i).span, compiled.computeIfAbsent(i, this::compile));
        } catch (ProgramException e) {
          e.diagnostics().forEach(diagnostics::add);
        }
      }
    }
    return all;
  }

  /** Returns the identities for one derivation. */
  public Identities session(Assumptions assumptions, Observer observer) {
    return new Session(assumptions, observer);
  }

  private List<Identity> compile(int index) {
    Line line = lines.get(index);
    Diagnostics diagnostics = new Diagnostics();
    Statement.Identity identity = LibraryReader.identity(line.span, library.names());
    List<Identity> identities = new ArrayList<>();
    List<Expr> sides = Elaborator.identity(library, identity.left(), identity.right(), diagnostics);
    if (!diagnostics.hasErrors()) {
      identities.add(normalize(identity, sides, false));
      Identity negated = negated(identities.getFirst());
      if (negated != null) {
        identities.add(negated);
      }
      if (holdsForNumbers(sides.get(0))) {
        Identity numbers = normalize(identity, sides, true);
        if (numbers.left() instanceof Apply) { // else the algebra knows it
          identities.add(numbers);
        }
      }
    }
    if (identities.isEmpty()) {
      throw new ProgramException(diagnostics.all());
    }
    Diagnostic flaw = flaw(identity, identities);
    if (flaw != null) {
      throw new ProgramException(List.of(flaw));
    }
    return List.copyOf(identities);
  }

  /** The sign of a sum in normal form depends on its terms: -A - B may stand where A + B would. */
  private static @Nullable Identity negated(Identity identity) {
    if (!(identity.left() instanceof Apply sum) || sum.operator() != Primitive.SUM) {
      return null;
    }
    Expressions session = new Expressions();
    Algebra algebra = new Algebra(session, Identities.NONE);
    Instantiation instantiation = new Instantiation(algebra);
    List<Identity.Condition> conditions = new ArrayList<>();
    for (Variable hole : Graph.variables(List.of(sum))) {
      Variable copy = session.variable(hole.name(), hole.shape(), hole.rank(), hole.properties());
      instantiation.bind(hole, copy);
      for (Identity.Condition condition : identity.conditions()) {
        if (condition.hole() == hole) {
          conditions.add(new Identity.Condition(copy, condition.property()));
        }
      }
    }
    List<Expr> terms = new ArrayList<>();
    for (Expr term : sum.arguments()) {
      terms.add(algebra.negated(instantiation.build(term)));
    }
    return new Identity(
        identity.name(),
        session.apply(Primitive.SUM, terms),
        algebra.negated(instantiation.build(identity.right())),
        conditions);
  }

  /** Says why one of {@code identities} cannot be a rewriting, or returns null. */
  private static @Nullable Diagnostic flaw(Statement.Identity line, List<Identity> identities) {
    for (Identity identity : identities) {
      if (!(identity.left() instanceof Apply)) {
        return Diagnostic.error(
            line.span(),
            "the left side is already as simple as it can be",
            "an identity goes from what is long to what is short: "
                + line.name().name()
                + " : left -> right");
      }
      if (Cost.of(identity.right()) >= Cost.of(identity.left())) {
        return Diagnostic.error(
            line.span(),
            "the right side is no simpler than the left",
            "a function costs more than a sum or a product, and the more the more arguments it"
                + " takes; without that rewriting would not end");
      }
    }
    return null;
  }

  /**
   * Tells whether the left side has an elementwise product, which is an ordinary product between
   * numbers.
   */
  private static boolean holdsForNumbers(Expr left) {
    boolean hadamard = false;
    for (Expr node : Graph.postOrder(left)) {
      hadamard |= node instanceof Apply apply && apply.operator() == Primitive.HADAMARD;
      if (node instanceof Variable hole && hole.shape().columns().isOne()) {
        return false;
      }
    }
    return hadamard;
  }

  private static Identity normalize(
      Statement.Identity identity, List<Expr> sides, boolean numbers) {
    Expressions session = new Expressions();
    Algebra algebra = new Algebra(session, Identities.NONE);
    Instantiation instantiation = new Instantiation(algebra);
    Map<String, Variable> holes = new HashMap<>();
    for (Variable hole : Graph.variables(sides)) {
      Shape shape = numbers ? Shape.matrix(Dimension.Fixed.ONE, Dimension.Fixed.ONE) : hole.shape();
      Variable copy = session.variable(hole.name(), shape, hole.rank(), hole.properties());
      holes.put(hole.name(), copy);
      instantiation.bind(hole, copy);
    }
    List<Identity.Condition> conditions = new ArrayList<>();
    for (Ast.Call condition : identity.conditions()) {
      Property property = property(condition.name());
      Variable hole =
          condition.arguments().size() == 1
                  && condition.arguments().getFirst() instanceof Ast.Name name
              ? holes.get(name.name())
              : null;
      if (property == null || hole == null) {
        throw new ProgramException(
            List.of(
                Diagnostic.error(
                    condition.span(),
                    "a condition is a property of a name on the left side",
                    "write, for example, if symmetric(A)")));
      }
      conditions.add(new Identity.Condition(hole, property));
    }
    return new Identity(
        identity.name().name(),
        instantiation.build(sides.get(0)),
        instantiation.build(sides.get(1)),
        conditions);
  }

  private static @Nullable Property property(String word) {
    for (Property property : Property.values()) {
      if (property.word().equals(word)) {
        return property;
      }
    }
    return null;
  }

  /** The identities that concern the functions met so far. */
  private final class Session implements Identities {
    private final Assumptions assumptions;
    private final Observer observer;
    private final Set<String> met = new HashSet<>();
    private final Map<Operator, List<Identity>> active = new HashMap<>();

    Session(Assumptions assumptions, Observer observer) {
      this.assumptions = assumptions;
      this.observer = observer;
      for (int index = 0; index < lines.size(); index++) {
        if (lines.get(index).functions.isEmpty()) {
          activate(index);
        }
      }
    }

    private void activate(int index) {
      for (Identity identity : compiled.computeIfAbsent(index, IdentityRules.this::compile)) {
        // A left side that the algebra itself brings to a leaf, as rowsum of a column, needs no
        // rule.
        if (identity.left() instanceof Apply left) {
          active.computeIfAbsent(left.operator(), unused -> new ArrayList<>()).add(identity);
        }
      }
    }

    @Override
    public @Nullable Expr rewrite(Apply node, Algebra algebra) {
      meet(node.operator());
      Matcher matcher = new Matcher(algebra);
      for (Identity identity : active.getOrDefault(node.operator(), List.of())) {
        Matcher.Match match = matcher.matchTop(identity.left(), node);
        if (match != null && holds(identity, match)) {
          Expr result = rebuild(identity, match, node, algebra);
          if (result != node) {
            observer.applied(identity, node, result);
            return result;
          }
        }
      }
      return null;
    }

    private void meet(Operator operator) {
      String name =
          operator instanceof Operator.Function function
              ? function.symbol().name()
              : PRIMITIVES.get(operator);
      if (name == null || !met.add(name)) {
        return;
      }
      for (int index : linesOf.getOrDefault(name, List.of())) {
        if (met.containsAll(lines.get(index).functions)) {
          activate(index);
        }
      }
    }

    /** What is known of a vector is known of it as one row, and not of n rows of one entry. */
    private static boolean isVector(Expr node) {
      return node instanceof Variable variable && variable.rank() == 1;
    }

    private boolean holds(Identity identity, Matcher.Match match) {
      for (Expr value : match.values().values()) {
        if (!value.shape().leading().isEmpty() && !identity.mayHoldOnStacks()) {
          return false;
        }
      }
      for (Identity.Condition condition : identity.conditions()) {
        Expr value = match.values().get(condition.hole());
        if (value == null
            || isVector(value) != isVector(condition.hole())
            || !assumptions.holds(value, condition.property())) {
          return false;
        }
      }
      return true;
    }

    private Expr rebuild(Identity identity, Matcher.Match match, Apply node, Algebra algebra) {
      Instantiation instantiation = new Instantiation(algebra);
      match.values().forEach(instantiation::bind);
      Expr right = instantiation.build(identity.right());
      if (match.before().isEmpty() && match.after().isEmpty()) {
        return right;
      }
      List<Expr> parts = new ArrayList<>(match.before());
      parts.add(right);
      parts.addAll(match.after());
      return algebra.apply(node.operator(), parts);
    }
  }
}
