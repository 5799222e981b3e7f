package gradsmith.language;

import gradsmith.shape.Signature;
import gradsmith.source.Diagnostics;
import gradsmith.source.Source;
import gradsmith.source.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of library entries and of identity files. The words that frame a line are told
 * apart here; the formulas in it go to the one parser.
 */
public final class LibraryReader {

  private final Source source;
  private final Set<String> functions;
  private @Nullable Signature signature;
  private Statement.@Nullable Definition definition;
  private Statement.@Nullable Differential differential;
  private Statement.@Nullable Domain domain;
  private List<String> parameters = List.of();
  private final Map<String, Ast> adjoints = new LinkedHashMap<>();
  private final List<Boolean> labels = new ArrayList<>();
  private final List<Boolean> wholes = new ArrayList<>();

  /** Reads lines of {@code source}, in which {@code functions} can be called. */
  public LibraryReader(Source source, Set<String> functions) {
    this.source = source;
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

  List<String> parameters() {
    return parameters;
  }

  Map<String, Ast> adjoints() {
    return adjoints;
  }

  List<Boolean> wholes() {
    return wholes;
  }

  List<Boolean> labels() {
    return labels;
  }

  /**
   * Returns the name and the number of arguments of the function whose entry consists of {@code
   * lines}.
   */
  static <K> K key(List<String> lines, BiFunction<String, Integer, K> make) {
    String first = lines.getFirst();
    int end = 0;
    while (Character.isLetterOrDigit(first.charAt(end)) || first.charAt(end) == '_') {
      end++;
    }
    String name = first.substring(0, end);
    if (first.startsWith(" : ", end)) {
      String parameters =
          first.contains(" -> ") ? first.substring(0, first.indexOf(" -> ")) : first;
      return make.apply(name, splitTop(parameters.substring(end + 3)).size());
    }
    return make.apply(name, splitTop(first.substring(end + 1, first.indexOf(')'))).size());
  }

  /** Splits at the commas that stand in no bracket. */
  private static List<String> splitTop(String text) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (c == ',' && depth == 0) {
        parts.add(text.substring(start, i).strip());
        start = i + 1;
      }
    }
    parts.add(text.substring(start).strip());
    return parts;
  }

  /** Tells whether {@code line} says what a function is in terms of others. */
  static boolean isDefinition(String line) {
    return line.contains(" = ")
        && !line.startsWith("domain ")
        && !line.startsWith("d(")
        && !line.startsWith("adjoint ");
  }

  void read(String line) {
    if (line.startsWith("domain ")) {
      int colon = line.indexOf(" : ");
      List<Ast.Comparison> conditions = new ArrayList<>();
      for (String condition : splitTop(line.substring(colon + 3))) {
        conditions.add((Ast.Comparison) formula(condition));
      }
      Ast.Call call = call(line.substring("domain ".length(), colon));
      parameters = names(call);
      domain = new Statement.Domain(call.span(), call, conditions);
    } else if (line.startsWith("adjoint ")) {
      String parameter = line.substring("adjoint ".length(), line.indexOf(" of "));
      Ast.Call call = call(line.substring(line.indexOf(" of ") + 4, line.indexOf(") = ") + 1));
      parameters = names(call);
      adjoints.put(parameter, formula(line.substring(line.indexOf(") = ") + 4)));
    } else if (line.startsWith("d(")) {
      int equals = line.indexOf(") = ");
      Ast.Call call = call(line.substring(2, equals));
      parameters = names(call);
      differential =
          new Statement.Differential(call.span(), call, formula(line.substring(equals + 4)));
    } else if (line.contains(" : ")
        && line.indexOf(" : ") < line.length()
        && !line.contains(" = ")) {
      readSignature(line.substring(line.indexOf(" : ") + 3));
    } else {
      int equals = line.indexOf(" = ");
      Ast.Call call = call(line.substring(0, equals));
      List<Ast.Name> arguments = new ArrayList<>();
      for (Ast argument : call.arguments()) {
        arguments.add((Ast.Name) argument);
      }
      parameters = names(call);
      definition =
          new Statement.Definition(
              call.span(),
              new Ast.Name(call.nameSpan(), call.name()),
              arguments,
              formula(line.substring(equals + 3)));
    }
  }

  private static List<String> names(Ast.Call call) {
    return call.arguments().stream().map(argument -> ((Ast.Name) argument).name()).toList();
  }

  private void readSignature(String text) {
    boolean rows = text.startsWith("rows ");
    boolean elementwise = false;
    String rest = rows ? text.substring(5) : text;
    int arrow = rest.indexOf(" -> ");
    List<List<String>> parameters = new ArrayList<>();
    for (String parameter : splitTop(arrow < 0 ? rest : rest.substring(0, arrow))) {
      labels.add(parameter.endsWith(" label"));
      wholes.add(parameter.equals("whole"));
      if (parameter.equals("elementwise") || parameter.equals("rowwise")) {
        elementwise |= parameter.equals("elementwise");
        rows |= parameter.equals("rowwise");
        parameters.add(List.of("n", "k"));
      } else {
        parameters.add(pattern(parameter));
      }
    }
    List<String> result = arrow < 0 ? List.of("n", "k") : pattern(rest.substring(arrow + 4));
    Signature.Kind kind =
        elementwise
            ? Signature.Kind.ELEMENTWISE
            : rows ? Signature.Kind.ROWS : Signature.Kind.MAPPED;
    signature = new Signature(kind, parameters, result);
  }

  private static List<String> pattern(String text) {
    if (text.equals("whole")) {
      return List.of();
    }
    String inner = text.substring(text.indexOf('(') + 1, text.indexOf(')')).strip();
    return inner.isEmpty() ? List.of() : splitTop(inner);
  }

  /** Reads {@code name : left -> right if p(A), q(B)}. */
  public Statement.Identity identity(String line) {
    int colon = line.indexOf(" : ");
    int arrow = line.indexOf(" -> ");
    int condition = line.indexOf(" if ", arrow);
    String right = condition < 0 ? line.substring(arrow + 4) : line.substring(arrow + 4, condition);
    List<Ast.Call> conditions = new ArrayList<>();
    if (condition >= 0) {
      for (String one : splitTop(line.substring(condition + 4))) {
        conditions.add(call(one));
      }
    }
    Source whole = new Source(source.name(), line);
    Ast.Name name = new Ast.Name(new Span(whole, 0, colon), line.substring(0, colon));
    return new Statement.Identity(
        new Span(whole, 0, line.length()),
        name,
        formula(line.substring(colon + 3, arrow)),
        formula(right),
        conditions);
  }

  /** Reads {@code f(A, B)}, whatever f is. */
  private Ast.Call call(String text) {
    String name = text.substring(0, text.indexOf('(')).strip();
    Set<String> own = new java.util.HashSet<>(functions);
    own.add(name);
    return (Ast.Call) parse(text, own);
  }

  private Ast formula(String text) {
    return parse(text, functions);
  }

  private Ast parse(String text, Set<String> callable) {
    Diagnostics diagnostics = new Diagnostics();
    Ast ast =
        ProgramParser.parseFormula(new Source(source.name(), text.strip()), callable, diagnostics);
    if (ast == null || diagnostics.hasErrors()) {
      throw new IllegalStateException(
          source.name() + ": `" + text.strip() + "`: " + diagnostics.all().getFirst().message());
    }
    return ast;
  }
}
