package gradsmith.verify;

import gradsmith.derive.Derivative.Kind;
import gradsmith.expr.Binding;
import gradsmith.expr.Graph;
import gradsmith.expr.Variable;
import gradsmith.language.Library;
import gradsmith.language.Program;
import gradsmith.language.Spelling;
import gradsmith.source.AsciiText;
import gradsmith.source.Diagnostic;
import gradsmith.source.Diagnostics;
import gradsmith.source.Span;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines such as {@code dL/dW = X' dZ}. What is claimed is spelled as gradsmith prints it,
 * with d or ∂, with or without blanks. {@code dZ} alone is {@code dL/dZ}, and {@code dL} in terms
 * of {@code dX} the differential, which gradsmith writes with δ. Any other name before the equals
 * sign stands for the value after it.
 */
final class ClaimReader {

  static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_&&[^ᵀ]]*");
  private static final Pattern TRANSPOSED = Pattern.compile(".*('|ᵀ|⊤|\\^T)\\s*");
  private static final Pattern PRODUCT = Pattern.compile("(.+)[·*@](v_.+)");

  /** What a claim is of; {@code kind} and {@code of} are null if it says what a name stands for. */
  private record Meaning(@Nullable Kind kind, @Nullable Variable of, List<Variable> by) {

    static Meaning name(Variable... names) {
      return new Meaning(null, null, List.of(names));
    }
  }

  private final Program program;
  private final Differentiated differentiated;
  private final HandNames names;
  private final Library library;
  private final Diagnostics diagnostics;
  private final Map<String, Variable> variables = new LinkedHashMap<>();

  /** For each name that a line has given, the variables whose differentials are in it. */
  private final Map<String, Set<Variable>> named = new HashMap<>();

  private final Set<String> unread = new HashSet<>();

  private final Map<Variable, List<Variable>> uses = new HashMap<>();

  /**
   * Reads claims about the value of {@code program}.
   *
   * @param names those that it has only here
   */
  ClaimReader(Program program, HandNames names, Library library, Diagnostics diagnostics) {
    this.program = program;
    this.differentiated = new Differentiated(program);
    this.names = names;
    this.library = library;
    this.diagnostics = diagnostics;
    for (Variable parameter : program.inputs()) {
      know(parameter);
    }
    for (Binding binding : program.bindings()) {
      know(binding.variable());
    }
  }

  private void know(Variable variable) {
    variables.put(AsciiText.name(variable.name()), variable);
  }

  /** Returns the variable called {@code name}, however that is spelled, or null. */
  private @Nullable Variable variable(String name) {
    return variables.get(AsciiText.name(name));
  }

  private Collection<String> names() {
    return variables.values().stream().map(Variable::name).toList();
  }

  /** Returns the claims in {@code lines}; what is none is reported. */
  List<Claim> read(List<ClaimLines.Line> lines) {
    List<Claim> claims = new ArrayList<>();
    for (ClaimLines.Line line : lines) {
      Claim claim = line.readable() ? claim(line.span()) : null;
      if (claim != null) {
        claims.add(claim);
      } else {
        unread.add(line.span().text().replaceFirst("\\s*=[\\s\\S]*", ""));
      }
    }
    if (!claims.isEmpty() && claims.stream().allMatch(Claim::isName) && !diagnostics.hasErrors()) {
      Claim last = claims.getLast();
      diagnostics.add(
          Diagnostic.error(
              last.whole(),
              "this names a value, and no line claims a derivative",
              Spelling.nearest(last.head(), names()) == null
                  ? example()
                  : "the program has "
                      + Spelling.nearest(last.head(), names())
                      + "; "
                      + example()));
    }
    return claims;
  }

  /** Takes what {@code claim} names for something that nobody knows. */
  void unread(Claim claim) {
    unread.add(claim.head());
  }

  /** Reports what {@code formula} uses that could not be read; tells whether there is anything. */
  boolean usesUnread(Span formula) {
    Matcher names = NAME.matcher(formula.text());
    while (names.find()) {
      if (unread.contains(names.group())) {
        Span name = formula.part(names.start(), names.end());
        diagnostics.add(
            Diagnostic.error(
                name, "the line that says what " + names.group() + " is could not be read", null));
        return true;
      }
    }
    return false;
  }

  /** Returns the variables X of which {@code formula} mentions dX, or a name that has one in it. */
  Set<Variable> mentioned(Span formula) {
    Set<Variable> mentioned = new LinkedHashSet<>();
    Matcher names = NAME.matcher(formula.text());
    while (names.find()) {
      String name = names.group();
      Variable variable = variable(AsciiText.name(name).replaceFirst("^(delta|d)", ""));
      if (named.containsKey(name)) {
        mentioned.addAll(named.get(name));
      } else if (variable != null && variable(name) == null) {
        mentioned.add(variable);
      }
    }
    return mentioned;
  }

  private String example() {
    return example(program);
  }

  /** Returns what to write instead of what is no claim. */
  static String example(Program program) {
    Variable by =
        program.parameters().isEmpty()
            ? program.bindings().getFirst().variable()
            : program.parameters().getFirst();
    return "write it as d" + program.value().name() + "/d" + by.name() + " = …";
  }

  private @Nullable Claim claim(Span whole) {
    int equals = whole.text().indexOf('=');
    if (equals < 0) {
      diagnostics.add(
          Diagnostic.error(whole, "this says not what it is the formula of", example()));
      return null;
    }
    Span head = whole.part(0, equals);
    Span formula = whole.part(equals + 1, whole.text().length());
    if (formula.text().isEmpty()) {
      diagnostics.add(Diagnostic.error(whole, "there is nothing after the equals sign", null));
      return null;
    }
    Meaning meaning = head.text().indexOf('/') > 0 ? quotient(head) : single(head, formula);
    if (meaning == null) {
      return null;
    }
    Claim claim = new Claim(whole, head.text(), meaning.kind, meaning.of, meaning.by, formula);
    if (claim.isName()) {
      named.put(claim.head(), mentioned(formula));
    }
    return claim;
  }

  /** Tells whether {@code claim} gives a name to the tangent of a variable. */
  boolean isTangent(Claim claim) {
    String of = AsciiText.name(claim.head()).replaceFirst("^(delta|d)", "");
    return claim.isName() && !of.equals(AsciiText.name(claim.head())) && isVariable(of);
  }

  private @Nullable Meaning quotient(Span head) {
    // Without what only decorates: blanks, transposes, vec.
    String spelled =
        head.text()
            .replaceAll("\\s|'|ᵀ|⊤|\\^T|vec\\(|\\)", "")
            .replace('∂', 'd')
            .replace("²", "2")
            .replace("^2", "2");
    Matcher product = PRODUCT.matcher(spelled);
    String direction = product.matches() ? product.group(2) : null;
    String quotient = direction == null ? spelled : product.group(1);
    String denominator = quotient.substring(quotient.indexOf('/') + 1).replaceFirst("^d", "");
    String of = quotient.substring(0, quotient.indexOf('/')).replaceFirst("^d2?", "");
    Variable value = differentiated.find(of, this::isVariable);
    if (value == null) {
      notTheValue(head, of);
      return null;
    }
    Meaning meaning = meaning(value, denominator);
    boolean second = meaning != null && meaning.kind == Kind.HESSIAN;
    boolean along =
        meaning != null
            && second
            && Differentiated.isSame("v_" + meaning.by.getLast().name(), direction);
    if (meaning == null || second != quotient.startsWith("d2") || (direction != null && !along)) {
      noVariable(head, direction == null || meaning == null ? denominator : direction);
      return null;
    }
    if (along) {
      return new Meaning(Kind.HVP, value, meaning.by);
    }
    boolean row =
        meaning.kind == Kind.GRADIENT
            && !differentiated.isLayer()
            && (TRANSPOSED.matcher(head.text()).matches()
                || "jacobians".equals(ClaimLines.title(head)));
    return row ? new Meaning(Kind.JACOBIAN, value, meaning.by) : meaning;
  }

  /** Returns what {@code X}, {@code X2} or {@code XdY} says after the d of a quotient, or null. */
  private @Nullable Meaning meaning(Variable of, String denominator) {
    boolean layer = differentiated.isValueOfLayer(of);
    Variable by = variable(denominator);
    if (by != null) {
      return new Meaning(layer ? Kind.JACOBIAN : Kind.GRADIENT, of, List.of(by));
    }
    if (layer) {
      return null;
    }
    int last = denominator.length() - 1;
    by = denominator.endsWith("2") ? variable(denominator.substring(0, last)) : null;
    for (int d = denominator.indexOf('d', 1); by == null && d > 0 && d < last; ) {
      Variable row = variable(denominator.substring(0, d));
      Variable column = variable(denominator.substring(d + 1));
      if (row != null && column != null) {
        return new Meaning(Kind.HESSIAN, of, row == column ? List.of(row) : List.of(row, column));
      }
      d = denominator.indexOf('d', d + 1);
    }
    return by == null ? null : new Meaning(Kind.HESSIAN, of, List.of(by));
  }

  private void notTheValue(Span head, String of) {
    String value = differentiated.names();
    boolean known = isVariable(of);
    diagnostics.add(
        Diagnostic.error(
            head,
            known
                ? "this is a derivative of " + of + "; the value of the program is " + value
                : "the program has no " + of + "; its value is " + value,
            known ? "end the program with " + of + " to differentiate it" : example()));
  }

  private void noVariable(Span head, String by) {
    Collection<String> names = names();
    String nearest = Spelling.nearest(by, names);
    diagnostics.add(
        Diagnostic.error(
            head,
            "the program has no variable " + by,
            nearest == null
                ? "its variables are " + String.join(", ", names)
                : "did you mean " + nearest + "?"));
  }

  private boolean isVariable(String name) {
    return variable(name) != null;
  }

  private @Nullable Meaning single(Span head, Span formula) {
    String name = head.text();
    Variable variable = names.given().contains(name) ? null : variable(name);
    if (variable != null && !program.parameters().contains(variable)) {
      return Meaning.name(variable);
    }
    Variable cotangent = names.cotangents().get(name);
    if (cotangent != null) {
      return Meaning.name(cotangent);
    }
    String of = name.replaceFirst("^(δ|delta|d|∂|grad_|∇_?)", "");
    if (variable == null && !of.equals(name)) {
      Variable value = differentiated.find(of, this::isVariable);
      boolean letter = name.length() == of.length() + 1 || name.startsWith("delta");
      if (value != null && letter) {
        Set<Variable> by = mentioned(formula);
        by.remove(value);
        if (!by.isEmpty() || differentiated.isValueOfLayer(value)) {
          return differential(head, value, by);
        }
      }
      Meaning meaning = meaning(program.value(), of);
      if (meaning != null && meaning.kind != Kind.HESSIAN) {
        // dZ = dX W gives a name to the differential of an intermediate.
        return dependsOn(meaning.by.getFirst(), mentioned(formula)) ? Meaning.name() : meaning;
      }
    }
    String taken =
        variable != null
            ? name + " is an input of the program, not a derivative"
            : library.names().contains(name)
                ? name + " is a function, not a derivative"
                : program.dimensions().contains(name)
                    ? name + " is a length, not a derivative"
                    : NAME.matcher(name).matches()
                        ? null
                        : "what is before the equals sign is no derivative and no name";
    if (taken != null) {
      diagnostics.add(Diagnostic.error(head, taken, example()));
      return null;
    }
    return Meaning.name();
  }

  /** Tells whether {@code value} is computed from one of {@code inputs}. */
  private boolean dependsOn(Variable value, Set<Variable> inputs) {
    Set<Variable> needed = new HashSet<>();
    List<Variable> open = new ArrayList<>(inputs.isEmpty() ? List.of() : List.of(value));
    while (!open.isEmpty()) {
      for (Variable used : uses().getOrDefault(open.removeLast(), List.of())) {
        if (needed.add(used)) {
          open.add(used);
        }
      }
    }
    return inputs.stream().anyMatch(needed::contains);
  }

  /** Returns what each assigned name is computed from at once. */
  private Map<Variable, List<Variable>> uses() {
    if (uses.isEmpty()) {
      for (Binding binding : program.bindings()) {
        uses.put(binding.variable(), Graph.variables(List.of(binding.value())));
      }
    }
    return uses;
  }

  private @Nullable Meaning differential(Span head, Variable of, Set<Variable> by) {
    if (by.isEmpty()) {
      String first = program.inputs().isEmpty() ? "X" : program.inputs().getFirst().name();
      diagnostics.add(
          Diagnostic.error(
              head,
              "a differential is in terms of those of the variables",
              "write it as δ" + of.name() + " = … δ" + first));
      return null;
    }
    return new Meaning(Kind.DIFFERENTIAL, of, List.copyOf(by));
  }
}
