package gradsmith.rules;

import gradsmith.algebra.Algebra;
import gradsmith.algebra.Identities;
import gradsmith.expr.Apply;
import gradsmith.expr.Expr;
import gradsmith.expr.Operator;
import gradsmith.expr.Operator.Primitive;
import gradsmith.expr.Variable;
import gradsmith.language.Builtin;
import gradsmith.language.Library;
import gradsmith.language.LibraryReader;
import gradsmith.language.RuleLines;
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

  private final Library library;
  private final IdentityReader reader;
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
    this.reader = new IdentityReader(library);
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
    return Builtin.isNode(function) || library.isNode(function);
  }

  /** Returns all identities. */
  public List<Identity> all() {
    List<Identity> all = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      all.addAll(compiled(i));
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
          all.put(lines.get(i).span, compiled(i));
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

  private List<Identity> compiled(int index) {
    return compiled.computeIfAbsent(index, this::compile);
  }

  private List<Identity> compile(int index) {
    return reader.read(lines.get(index).span);
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
      for (Identity identity : compiled(index)) {
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
      Builtin builtin = operator instanceof Primitive primitive ? Builtin.of(primitive) : null;
      String name =
          operator instanceof Operator.Function function
              ? function.symbol().name()
              : builtin == null ? null : builtin.word();
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
