package gradsmith.language;

import gradsmith.expr.Fact;
import gradsmith.shape.Signature;
import gradsmith.source.Diagnostic;
import gradsmith.source.Diagnostics;
import gradsmith.source.ProgramException;
import gradsmith.source.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of rule files: entries of functions, and identities. The words that frame a line
 * are told apart here; the formulas in it go to the one parser.
 */
public final class LibraryReader {

  /** The words for a parameter that are no shape. */
  private static final Set<String> WORDS = Set.of("elementwise", "rowwise", "whole");

  private final Set<String> functions;
  private @Nullable Signature signature;
  private Statement.@Nullable Definition definition;
  private Statement.@Nullable Differential differential;
  private Statement.@Nullable Domain domain;
  private final Map<Fact, Span> facts = new EnumMap<>(Fact.class);
  private List<String> parameters = List.of();
  private final Map<String, Ast> adjoints = new LinkedHashMap<>();
  private final List<ParameterRole> roles = new ArrayList<>();

  /** A function's name and how many arguments it takes. */
  record Head(String name, int arity) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Head head && arity == head.arity && name.equals(head.name);
    }

    @Override
    public int hashCode() {
      return 31 * name.hashCode() + arity;
    }
  }

  /** Reads lines in which {@code functions} can be called. */
  public LibraryReader(Set<String> functions) {
    this.functions = functions;
  }

  @Nullable Signature signature() {
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

  List<String> parameters() {
    return parameters;
  }

  Map<String, Ast> adjoints() {
    return adjoints;
  }

  List<ParameterRole> roles() {
    return roles;
  }

  /**
   * Returns the lines of {@code text} without their comments and the blanks at their ends; an empty
   * line is an empty span.
   */
  public static List<Span> lines(Span text) {
    List<Span> lines = new ArrayList<>();
    String all = text.text();
    int start = 0;
    while (start <= all.length()) {
      int newline = all.indexOf('\n', start);
      int end = newline < 0 ? all.length() : newline;
      int comment = all.indexOf('#', start);
      lines.add(text.part(start, comment >= 0 && comment < end ? comment : end));
      start = end + 1;
    }
    return lines;
  }

  /** Tells whether {@code line} is an identity, and not a line of a function's entry. */
  public static boolean isIdentity(Span line) {
    String text = line.text();
    int colon = text.indexOf(':');
    return colon > 0
        && text.indexOf("->", colon) > 0
        && !text.startsWith("domain ")
        && !isSignature(text);
  }

  /** Returns the function whose entry {@code line} begins, or null if it begins none. */
  static @Nullable Head head(Span line) {
    String text = line.text();
    if (isSignature(text)) {
      int colon = text.indexOf(':');
      int arrow = text.indexOf("->");
      String parameters = text.substring(colon + 1, arrow < 0 ? text.length() : arrow);
      return new Head(text.substring(0, colon).strip(), splitTop(parameters).size());
    }
    if (isDefinition(text)) {
      int open = text.indexOf('(');
      String parameters = text.substring(open + 1, text.indexOf(')'));
      return new Head(text.substring(0, open).strip(), splitTop(parameters).size());
    }
    return null;
  }

  /** Tells whether {@code text} is {@code f : (n, k), elementwise -> (n, k)} or the like. */
  private static boolean isSignature(String text) {
    int colon = text.indexOf(':');
    if (colon < 0 || !isName(text.substring(0, colon).strip())) {
      return false;
    }
    String shapes = text.substring(colon + 1).strip();
    shapes = shapes.startsWith("rows ") ? shapes.substring(5) : shapes;
    int arrow = shapes.indexOf("->");
    if (arrow >= 0 && !isParameter(shapes.substring(arrow + 2).strip())) {
      return false;
    }
    for (String parameter : splitTop(arrow < 0 ? shapes : shapes.substring(0, arrow))) {
      if (!isParameter(parameter)) {
        return false;
      }
    }
    return true;
  }

  /** Tells whether {@code text} is a word, or axes in brackets, and the mark of a label. */
  private static boolean isParameter(String text) {
    int close = text.indexOf(')');
    if (close < 0 || text.charAt(0) != '(') {
      return WORDS.contains(text);
    }
    for (int i = 1; i < close; i++) {
      char c = text.charAt(i);
      if (!Character.isLetterOrDigit(c) && c != '_' && c != ',' && !Character.isWhitespace(c)) {
        return false;
      }
    }
    return ParameterRole.of(mark(text)) != null;
  }

  /** Returns the word for the role of a parameter: what follows its axes, or all of it. */
  private static String mark(String parameter) {
    return parameter.substring(parameter.indexOf(')') + 1).strip();
  }

  private static boolean isName(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '_' && !(i == 0 ? Character.isLetter(c) : Character.isLetterOrDigit(c))) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /** Splits at the commas that stand in no bracket. */
  private static List<String> splitTop(String text) {
    List<String> parts = new ArrayList<>();
    for (int[] part : partsTop(text)) {
      parts.add(text.substring(part[0], part[1]).strip());
    }
    return parts;
  }

  private static List<int[]> partsTop(String text) {
    List<int[]> parts = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (c == ',' && depth == 0) {
        parts.add(new int[] {start, i});
        start = i + 1;
      }
    }
    parts.add(new int[] {start, text.length()});
    return parts;
  }

  /** Tells whether {@code line} says what a function is in terms of others. */
  static boolean isDefinition(Span line) {
    return isDefinition(line.text());
  }

  private static boolean isDefinition(String text) {
    int open = text.indexOf('(');
    int close = text.indexOf(')', open);
    if (open < 0 || close < 0 || text.lastIndexOf('(', close) != open) {
      return false;
    }
    String rest = text.substring(close + 1).stripLeading();
    return rest.startsWith("=")
        && !rest.startsWith("==")
        && isName(text.substring(0, open).strip());
  }

  /** Tells whether {@code line} is d(f(A)) = …, and not the definition of a function d. */
  static boolean isDifferential(Span line) {
    String text = line.text();
    int open = text.indexOf('(');
    int call = text.indexOf('(', open + 1);
    return open > 0
        && call > 0
        && text.substring(0, open).strip().equals("d")
        && isName(text.substring(open + 1, call).strip());
  }

  /** Tells whether {@code line} says more of the function that the lines before it are of. */
  static boolean isOfAnEntry(Span line) {
    return isDifferential(line)
        || Stream.of("domain ", "adjoint ", "fact ").anyMatch(line.text()::startsWith);
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
      int of = text.indexOf(" of ");
      int equals = text.indexOf('=');
      if (of < 0 || equals < of) {
        throw wrong(line, "an adjoint is not written so", "write adjoint A of f(A, B) = … G …");
      }
      Ast.Call call = call(line.part(of + 4, equals));
      adjoints.put(
          line.part("adjoint ".length(), of).text(), formula(line.part(equals + 1, text.length())));
      parameters = names(call);
    } else if (isDifferential(line)) {
      int equals = text.indexOf('=');
      int close = text.lastIndexOf(')', equals);
      if (equals < 0 || close < 0) {
        throw wrong(line, "a differential is not written so", "write d(f(A)) = … dA …");
      }
      Ast.Call call = call(line.part(text.indexOf('(') + 1, close));
      differential =
          new Statement.Differential(
              call.span(), call, formula(line.part(equals + 1, text.length())));
      parameters = names(call);
    } else if (isSignature(text)) {
      readSignature(line.part(text.indexOf(':') + 1, text.length()).text());
    } else if (isDefinition(line)) {
      int equals = text.indexOf('=');
      Ast.Call call = call(line.part(0, equals));
      List<Ast.Name> arguments = new ArrayList<>();
      parameters = names(call);
      for (Ast argument : call.arguments()) {
        arguments.add((Ast.Name) argument);
      }
      definition =
          new Statement.Definition(
              call.span(),
              new Ast.Name(call.nameSpan(), call.name()),
              arguments,
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

  private void readDomain(Span line) {
    String text = line.text();
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw wrong(line, "a domain is not written so", "write domain f(A) : A > 0");
    }
    Ast.Call call = call(line.part("domain ".length(), colon));
    List<Ast.Comparison> conditions = new ArrayList<>();
    Span all = line.part(colon + 1, text.length());
    for (int[] part : partsTop(all.text())) {
      Ast condition = formula(all.part(part[0], part[1]));
      if (!(condition instanceof Ast.Comparison comparison)) {
        throw wrong(condition.span(), "a condition is a comparison, such as A > 0", null);
      }
      conditions.add(comparison);
    }
    parameters = names(call);
    domain = new Statement.Domain(call.span(), call, conditions);
  }

  private void readFacts(Span line) {
    String text = line.text();
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw wrong(line, "a fact is not written so", "write fact f(A) : positive");
    }
    parameters = names(call(line.part("fact ".length(), colon)));
    Span all = line.part(colon + 1, text.length());
    for (int[] part : partsTop(all.text())) {
      Span word = all.part(part[0], part[1]);
      Fact fact =
          Arrays.stream(Fact.values())
              .filter(known -> known.word().equals(word.text()))
              .findFirst()
              .orElseThrow(() ->
                  wrong(
                      word,
                      "a fact is one of "
                          + Arrays.stream(Fact.values())
                              .map(Fact::word)
                              .collect(Collectors.joining(", ")),
                      null));
      facts.put(fact, word);
    }
  }

  private static List<String> names(Ast.Call call) {
    List<String> names = new ArrayList<>();
    for (Ast argument : call.arguments()) {
      if (!(argument instanceof Ast.Name name)) {
        throw wrong(argument.span(), "a parameter is a name", null);
      }
      if (names.contains(name.name())) {
        throw wrong(argument.span(), name.name() + " is a parameter twice", null);
      }
      names.add(name.name());
    }
    return names;
  }

  private void readSignature(String text) {
    boolean rows = text.startsWith("rows ");
    boolean elementwise = false;
    String rest = rows ? text.substring(5) : text;
    int arrow = rest.indexOf("->");
    List<List<String>> parameters = new ArrayList<>();
    for (String parameter : splitTop(arrow < 0 ? rest : rest.substring(0, arrow))) {
      ParameterRole role = ParameterRole.of(mark(parameter));
      roles.add(role == null ? ParameterRole.PLAIN : role);
      if (parameter.equals("elementwise") || parameter.equals("rowwise")) {
        elementwise |= parameter.equals("elementwise");
        rows |= parameter.equals("rowwise");
        parameters.add(List.of("n", "k"));
      } else {
        parameters.add(pattern(parameter));
      }
    }
    List<String> result =
        arrow < 0 ? List.of("n", "k") : pattern(rest.substring(arrow + 2).strip());
    Signature.Kind kind =
        elementwise
            ? Signature.Kind.ELEMENTWISE
            : rows ? Signature.Kind.ROWS : Signature.Kind.MAPPED;
    signature = new Signature(kind, parameters, result);
  }

  private static List<String> pattern(String text) {
    if (text.indexOf('(') < 0) {
      return List.of();
    }
    String inner = text.substring(text.indexOf('(') + 1, text.indexOf(')')).strip();
    return inner.isEmpty() ? List.of() : splitTop(inner);
  }

  /**
   * Reads {@code name : left -> right if p(A), q(B)}.
   *
   * @throws ProgramException if {@code line} is not of that form
   */
  public Statement.Identity identity(Span line) {
    String text = line.text();
    int colon = text.indexOf(':');
    int arrow = text.indexOf("->", colon);
    int condition = text.indexOf(" if ", arrow);
    List<Ast.Call> conditions = new ArrayList<>();
    if (condition >= 0) {
      Span all = line.part(condition + 4, text.length());
      for (int[] part : partsTop(all.text())) {
        conditions.add(call(all.part(part[0], part[1])));
      }
    }
    Span name = line.part(0, colon);
    return new Statement.Identity(
        line,
        new Ast.Name(name, name.text()),
        formula(line.part(colon + 1, arrow)),
        formula(line.part(arrow + 2, condition < 0 ? text.length() : condition)),
        conditions);
  }

  /** Reads {@code f(A, B)}, whatever f is. */
  private Ast.Call call(Span span) {
    int open = span.text().indexOf('(');
    Set<String> own = new HashSet<>(functions);
    if (open > 0) {
      own.add(span.text().substring(0, open).strip());
    }
    if (parse(span, own) instanceof Ast.Call call) {
      return call;
    }
    throw wrong(span, "a function with its parameters is expected here, as in f(A, B)", null);
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
