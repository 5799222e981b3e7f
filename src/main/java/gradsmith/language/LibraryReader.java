package gradsmith.language;

import gradsmith.expr.Fact;
import gradsmith.source.Diagnostic;
import gradsmith.source.Diagnostics;
import gradsmith.source.ProgramException;
import gradsmith.source.Span;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of rule files: entries of functions, and identities. The words that frame a line
 * are told apart here; the formulas in it go to the one parser.
 */
public final class LibraryReader {

  private final Set<String> functions;
  private final RuleLines.Head head;
  private @Nullable SignatureReader signature;
  private Statement.@Nullable Definition definition;
  private Statement.@Nullable Differential differential;
  private Statement.@Nullable Domain domain;
  private final Map<Fact, Span> facts = new EnumMap<>(Fact.class);
  private @Nullable List<Ast.Name> parameters;
  private final Map<String, Ast> adjoints = new LinkedHashMap<>();
  private final Map<String, Span> stated = new HashMap<>();

  /** Reads the lines of the entry of {@code head}, in which {@code functions} can be called. */
  LibraryReader(Set<String> functions, RuleLines.Head head) {
    this.functions = functions;
    this.head = head;
  }

  @Nullable SignatureReader signature() {
    return signature;
  }

  Statement.@Nullable Definition definition() {
    return definition;
  }

  Statement.@Nullable Differential differential() {
    return differential;
  }

  Statement.@Nullable Domain domain() {
    return domain;
  }

  Map<Fact, Span> facts() {
    return facts;
  }

  /** Returns the names of the parameters; none if no line names them. */
  List<Ast.Name> parameters() {
    return parameters == null ? List.of() : parameters;
  }

  Map<String, Ast> adjoints() {
    return adjoints;
  }

  /**
   * Reads a line of an entry.
   *
   * @throws ProgramException if it is none
   */
  void read(Span line) {
    String text = line.text();
    if (text.startsWith("domain ")) {
      readDomain(line);
    } else if (text.startsWith("fact ")) {
      readFacts(line);
    } else if (text.startsWith("adjoint ")) {
      readAdjoint(line);
    } else if (RuleLines.isDifferential(line)) {
      readDifferential(line);
    } else if (RuleLines.isSignature(text)) {
      once("signature", line);
      signature = new SignatureReader(line.part(text.indexOf(':') + 1, text.length()));
    } else if (RuleLines.isDefinition(line)) {
      int equals = text.indexOf('=');
      once("definition", line);
      Ast.Call call = of(line.part(0, equals));
      definition =
          new Statement.Definition(
              call.span(),
              new Ast.Name(call.nameSpan(), call.name()),
              parameters(),
              formula(line.part(equals + 1, text.length())));
    } else {
      throw noLine(line);
    }
  }

  /** Returns what is wrong with a line of no known form. */
  static ProgramException noLine(Span line) {
    return wrong(
        line,
        "this is no line of a rule file",
        "a line is f(A) = …, d(f(A)) = … dA …, f : elementwise, domain f(A) : A > 0, or an identity"
            + " name : left -> right");
  }

  static ProgramException wrong(Span span, String message, @Nullable String hint) {
    return new ProgramException(List.of(Diagnostic.error(span, message, hint)));
  }

  /** Says where {@code span} is. */
  public static String place(Span span) {
    return "line " + span.source().line(span.start()) + " of " + span.source().name();
  }

  /** Notes that {@code line} says {@code what}, which nothing before it has said. */
  private void once(String what, Span line) {
    Span before = stated.putIfAbsent(what, line);
    if (before != null) {
      throw wrong(
          line,
          "this is a second " + what + " of " + head.name(),
          "the first is in " + place(before) + "; leave out one of them");
    }
  }

  private void readAdjoint(Span line) {
    String text = line.text();
    int of = text.indexOf(" of ");
    int equals = text.indexOf('=');
    if (of < "adjoint ".length() || equals < of) {
      throw wrong(line, "an adjoint is not written so", "write adjoint A of f(A, B) = … G …");
    }
    of(line.part(of + 4, equals));
    Span parameter = line.part("adjoint ".length(), of);
    if (parameters().stream().noneMatch(name -> name.name().equals(parameter.text()))) {
      throw wrong(
          parameter,
          parameter.text() + " is no parameter of " + head.name(),
          "the parameters are " + RuleLines.names(parameters()));
    }
    once("adjoint of " + parameter.text(), line);
    adjoints.put(parameter.text(), formula(line.part(equals + 1, text.length())));
  }

  private void readDifferential(Span line) {
    String text = line.text();
    int equals = text.indexOf('=');
    int close = text.lastIndexOf(')', equals);
    if (equals < 0 || close < 0) {
      throw wrong(line, "a differential is not written so", "write d(f(A)) = … dA …");
    }
    once("differential", line);
    Ast.Call call = of(line.part(text.indexOf('(') + 1, close));
    differential =
        new Statement.Differential(
            call.span(), call, formula(line.part(equals + 1, text.length())));
  }

  private void readDomain(Span line) {
    String text = line.text();
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw wrong(line, "a domain is not written so", "write domain f(A) : A > 0");
    }
    once("domain", line);
    Ast.Call call = of(line.part("domain ".length(), colon));
    List<Ast.Comparison> conditions = new ArrayList<>();
    Span all = line.part(colon + 1, text.length());
    for (int[] part : RuleLines.partsTop(all.text())) {
      Ast condition = formula(all.part(part[0], part[1]));
      if (!(condition instanceof Ast.Comparison comparison)) {
        throw wrong(
            condition.span(),
            "a condition is a comparison, such as A > 0",
            "several stand with commas: A > 0, A < 1");
      }
      conditions.add(comparison);
    }
    domain = new Statement.Domain(call.span(), call, conditions);
  }

  private void readFacts(Span line) {
    String text = line.text();
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw wrong(line, "a fact is not written so", "write fact f(A) : positive");
    }
    of(line.part("fact ".length(), colon));
    Span all = line.part(colon + 1, text.length());
    for (int[] part : RuleLines.partsTop(all.text())) {
      Span word = all.part(part[0], part[1]);
      Fact fact = fact(word);
      once("fact " + fact.word(), word);
      facts.put(fact, word);
    }
  }

  private static Fact fact(Span word) {
    List<String> all = new ArrayList<>();
    for (Fact fact : Fact.values()) {
      if (fact.word().equals(word.text())) {
        return fact;
      }
      all.add(fact.word());
    }
    String nearest = Spelling.nearest(word.text(), all);
    throw wrong(
        word,
        "a fact is one of " + String.join(", ", all),
        nearest == null ? null : "did you mean " + nearest + "?");
  }

  /** Reads {@code f(A, B)}: the function of the entry, with the names that its other lines use. */
  private Ast.Call of(Span span) {
    Ast.Call call = call(span, functions);
    if (!call.name().equals(head.name())) {
      throw wrong(
          call.nameSpan(),
          "this line is of " + call.name() + ", in the entry of " + head.name(),
          "an empty line ends an entry");
    }
    List<Ast.Name> names = new ArrayList<>();
    for (Ast argument : call.arguments()) {
      if (!(argument instanceof Ast.Name name)) {
        throw wrong(argument.span(), "a parameter is a name", "write " + head.name() + "(A)");
      }
      for (Ast.Name before : names) {
        if (before.name().equals(name.name())) {
          throw wrong(name.span(), name.name() + " is a parameter twice", "choose another name");
        }
      }
      names.add(name);
    }
    if (names.size() != head.arity() || names.isEmpty()) {
      throw wrong(
          call.span(),
          "this takes another number of arguments than was said",
          names.isEmpty()
              ? "a function takes an argument at least"
              : head.name() + " takes " + head.arity() + " by the first line of its entry");
    }
    String before = RuleLines.names(parameters == null ? names : parameters);
    if (!before.equals(RuleLines.names(names))) {
      throw wrong(
          call.span(),
          "the parameters of " + head.name() + " have other names here than before",
          "call them " + before + " in all lines of the entry");
    }
    parameters = parameters == null ? List.copyOf(names) : parameters;
    return call;
  }

  /**
   * Reads {@code name : left -> right if p(A), q(B)}, where {@code functions} can be called.
   *
   * @throws ProgramException if {@code line} is not of that form
   */
  public static Statement.Identity identity(Span line, Set<String> functions) {
    String text = line.text();
    int colon = text.indexOf(':');
    int arrow = text.indexOf("->", colon);
    int condition = text.endsWith(" if") ? text.length() - 3 : text.indexOf(" if ", arrow);
    Span name = line.part(0, colon);
    if (!RuleLines.isIdentityName(name.text())) {
      throw wrong(
          name,
          "the name of an identity is one word of letters, digits and hyphens",
          "write, for example, inverse-of-inverse : inv(inv(A)) -> A");
    }
    List<Ast.Call> conditions = new ArrayList<>();
    if (condition >= 0) {
      Span all = line.part(condition + 3, text.length());
      for (int[] part : RuleLines.partsTop(all.text())) {
        conditions.add(call(all.part(part[0], part[1]), functions));
      }
    }
    return new Statement.Identity(
        line,
        new Ast.Name(name, name.text()),
        parse(line.part(colon + 1, arrow), functions),
        parse(line.part(arrow + 2, condition < 0 ? text.length() : condition), functions),
        conditions);
  }

  /** Reads {@code f(A, B)}, whatever f is. */
  private static Ast.Call call(Span span, Set<String> functions) {
    int open = span.text().indexOf('(');
    String name = open > 0 ? span.text().substring(0, open).strip() : "";
    Set<String> own = functions;
    if (!functions.contains(name)) {
      own = new HashSet<>(functions);
      own.add(name);
    }
    if (parse(span, own) instanceof Ast.Call call) {
      return call;
    }
    throw wrong(
        span,
        "a function with its parameters is expected here, as in f(A, B)",
        "write the name, and the parameters in brackets");
  }

  private Ast formula(Span span) {
    return parse(span, functions);
  }

  private static Ast parse(Span span, Set<String> callable) {
    Diagnostics diagnostics = new Diagnostics();
    Ast ast = ProgramParser.parseFormula(span, callable, diagnostics);
    if (ast == null || diagnostics.hasErrors()) {
      throw new ProgramException(diagnostics.all());
    }
    return ast;
  }
}
