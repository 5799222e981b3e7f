package gradsmith.verify;

import gradsmith.derive.Derivative.Kind;
import gradsmith.expr.Binding;
import gradsmith.expr.Variable;
import gradsmith.language.Program;
import gradsmith.language.Spelling;
import gradsmith.source.Diagnostic;
import gradsmith.source.Diagnostics;
import gradsmith.source.Source;
import gradsmith.source.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines such as {@code dL/dW = X' dZ}: one a line, or with semicolons between them. What is
 * claimed is spelled as gradsmith prints it, with d or ∂, with or without blanks; {@code dZ} alone
 * is {@code dL/dZ}. Any other name before the equals sign stands for the value after it.
 */
final class ClaimReader {

  private static final Pattern LINE = Pattern.compile("[^;\n]+");
  private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*");
  private static final Pattern QUOTIENT = Pattern.compile("d2?([\\p{L}\\p{N}_]+?)/d(.+)");

  private record Meaning(Kind kind, List<Variable> by) {}

  private final Program program;
  private final Diagnostics diagnostics;
  private final Map<String, Variable> variables = new LinkedHashMap<>();

  /** Reads claims about the value of {@code program}. */
  ClaimReader(Program program, Diagnostics diagnostics) {
    this.program = program;
    this.diagnostics = diagnostics;
    for (Variable parameter : program.parameters()) {
      variables.put(parameter.name(), parameter);
    }
    for (Binding binding : program.bindings()) {
      variables.put(binding.variable().name(), binding.variable());
    }
  }

  /** Returns what {@code X}, {@code X2} or {@code XdY} says after the d of a quotient, or null. */
  private @Nullable Meaning meaning(String denominator) {
    boolean scalar = program.value().shape().isScalar();
    Variable by = variables.get(denominator);
    if (by != null) {
      return new Meaning(scalar ? Kind.GRADIENT : Kind.JACOBIAN, List.of(by));
    }
    if (!scalar) {
      return null;
    }
    int last = denominator.length() - 1;
    by = denominator.endsWith("2") ? variables.get(denominator.substring(0, last)) : null;
    for (int d = denominator.indexOf('d', 1); by == null && d > 0 && d < last; ) {
      Variable row = variables.get(denominator.substring(0, d));
      Variable column = variables.get(denominator.substring(d + 1));
      if (row != null && column != null) {
        return new Meaning(Kind.HESSIAN, row == column ? List.of(row) : List.of(row, column));
      }
      d = denominator.indexOf('d', d + 1);
    }
    return by == null ? null : new Meaning(Kind.HESSIAN, List.of(by));
  }

  /** Returns the claims in {@code source}; what is none is reported. */
  List<Claim> read(Source source) {
    List<Claim> claims = new ArrayList<>();
    Matcher lines = LINE.matcher(source.text());
    while (lines.find()) {
      String line = lines.group();
      if (line.replaceFirst("#.*", "").isBlank()) {
        continue;
      }
      int start = lines.start() + line.indexOf(line.strip());
      Span whole = new Span(source, start, start + line.strip().length());
      int comment = whole.text().indexOf('#');
      if (comment > 0) {
        whole =
            new Span(source, start, start + whole.text().substring(0, comment).strip().length());
      }
      Claim claim = claim(whole);
      if (claim != null) {
        claims.add(claim);
      }
    }
    if (claims.isEmpty() && !diagnostics.hasErrors()) {
      diagnostics.add(Diagnostic.error(source.whole(), "there is no formula here", example()));
    }
    return claims;
  }

  private String example() {
    String by = variables.keySet().iterator().next();
    return "write it as d" + program.value().name() + "/d" + by + " = …";
  }

  private @Nullable Claim claim(Span whole) {
    int equals = whole.text().indexOf('=');
    if (equals < 0) {
      diagnostics.add(
          Diagnostic.error(whole, "this says not what it is the formula of", example()));
      return null;
    }
    String head = whole.text().substring(0, equals).strip();
    String body = whole.text().substring(equals + 1);
    int start = whole.start() + equals + 1 + body.indexOf(body.strip());
    Span formula = new Span(whole.source(), start, start + body.strip().length());
    if (formula.text().isEmpty()) {
      diagnostics.add(Diagnostic.error(whole, "there is nothing after the equals sign", null));
      return null;
    }
    String spelled = spelled(head);
    int slash = spelled.indexOf('/');
    String name =
        NAME.matcher(head).matches() ? head : slash > 0 ? spelled.substring(slash + 1) : null;
    Meaning meaning =
        slash > 0
            ? quotient(spelled, new Span(whole.source(), whole.start(), whole.start() + equals))
            : cotangent(head);
    if (meaning != null) {
      return new Claim(whole, name, meaning.kind, meaning.by, formula);
    }
    if (slash > 0) {
      return null;
    }
    if (!NAME.matcher(head).matches() || isVariable(head)) {
      diagnostics.add(
          Diagnostic.error(
              whole,
              isVariable(head)
                  ? head + " is a variable of the program, not a derivative"
                  : "what is before the equals sign is no derivative and no name",
              example()));
      return null;
    }
    return new Claim(whole, head, null, List.of(), formula);
  }

  /** Without what only decorates: blanks, transposes, vec. */
  private static String spelled(String head) {
    return head.replaceAll("\\s|'|ᵀ|\\^T|vec\\(|\\)", "")
        .replace('∂', 'd')
        .replace("²", "2")
        .replace("^2", "2");
  }

  private @Nullable Meaning quotient(String spelled, Span head) {
    String numerator = spelled.substring(0, spelled.indexOf('/'));
    String denominator = spelled.substring(spelled.indexOf('/') + 1);
    Meaning meaning = denominator.startsWith("d") ? meaning(denominator.substring(1)) : null;
    String of = numerator.replaceFirst("^d2?", "");
    boolean second = meaning != null && meaning.kind == Kind.HESSIAN;
    if (isVariable(of) && !of.equals(program.value().name())) {
      diagnostics.add(
          Diagnostic.error(
              head,
              "this is a derivative of "
                  + of
                  + "; the value of the program is "
                  + program.value().name(),
              "end the program with " + of + " to differentiate it"));
      return null;
    }
    if (meaning != null && numerator.startsWith(second ? "d2" : "d")) {
      return meaning;
    }
    Matcher quotient = QUOTIENT.matcher(spelled);
    String by = quotient.matches() ? quotient.group(2) : spelled;
    Set<String> names = variables.keySet();
    String nearest = Spelling.nearest(by, names);
    diagnostics.add(
        Diagnostic.error(
            head,
            "the program has no variable " + by,
            nearest == null
                ? "its variables are " + String.join(", ", names)
                : "did you mean " + nearest + "?"));
    return null;
  }

  /** {@code dZ} or {@code grad_Z}, unless the program calls something so itself. */
  private @Nullable Meaning cotangent(String head) {
    String of = head.replaceFirst("^(d|∂|grad_|∇_?)", "");
    return of.equals(head) || isVariable(head) ? null : meaning(of);
  }

  private boolean isVariable(String name) {
    return variables.containsKey(name);
  }
}
