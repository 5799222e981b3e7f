package gradsmith.verify;

import gradsmith.derive.Assumption;
import gradsmith.derive.Derivation;
import gradsmith.derive.Differentiator;
import gradsmith.derive.Request;
import gradsmith.expr.Binding;
import gradsmith.expr.Expr;
import gradsmith.expr.Variable;
import gradsmith.language.Ast;
import gradsmith.language.Program;
import gradsmith.render.FormulaPrinter;
import gradsmith.rules.FunctionRules;
import gradsmith.rules.IdentityRules;
import gradsmith.rules.NotDifferentiableException;
import gradsmith.source.Diagnostics;
import gradsmith.source.Source;
import gradsmith.source.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;

/**
 * The names in a derivation by hand that are none of the program: those that its lines give, and
 * those that are gradsmith's own, for what has been copied from its answer.
 */
final class HandNames {

  private final Program program;
  private final FunctionRules functions;
  private final IdentityRules identities;
  private final Scope scope;
  private final Map<String, Variable> given = new HashMap<>();
  private final Map<Variable, Expr> parts = new LinkedHashMap<>();
  private final Map<Variable, Expr> borrowed = new LinkedHashMap<>();
  private final List<Binding> meanings = new ArrayList<>();
  private final Map<String, Variable> cotangents = new HashMap<>();
  private final Program named;
  private List<Assumption> assumptions = List.of();

  /** Reads the names in {@code lines}. */
  HandNames(List<Span> lines, Program program, FunctionRules functions, IdentityRules identities) {
    this.program = program;
    this.functions = functions;
    this.identities = identities;
    scope = new Scope(program, functions.library());
    Set<String> open = open(lines);
    if (!open.isEmpty()) {
      borrow(open); // before the lines take its names
    }
    lines.forEach(this::give);
    named = PartNames.added(program, parts, identities);
    for (Binding binding : named.bindings()) {
      cotangents.remove("d" + binding.variable().name());
    }
  }

  /** Returns the program with a name for each of its parts that has one here. */
  Program program() {
    return named;
  }

  /**
   * Returns the cotangents in gradsmith's answer of what the program has only in another form, by
   * their names.
   */
  Map<String, Variable> cotangents() {
    return cotangents;
  }

  /** Returns the names of parts of the program that lines give. */
  Set<String> given() {
    return given.keySet();
  }

  /** Returns the values of the names that are gradsmith's own, in the program's inputs. */
  Map<Variable, Expr> borrowed() {
    return borrowed;
  }

  /** Returns what those values rely on. */
  List<Assumption> assumptions() {
    return assumptions;
  }

  /** Returns what is to be said of the names that {@code line} uses and that are gradsmith's. */
  List<String> remarks(Span line) {
    Set<String> used = names(line);
    List<String> said = new ArrayList<>();
    for (Binding meaning : meanings) {
      String name = meaning.variable().name();
      if (used.contains(name) || used.contains("d" + name)) {
        said.add(name + " is " + FormulaPrinter.ascii().print(meaning.value()));
      }
    }
    return said.isEmpty()
        ? List.of()
        : List.of("as in gradsmith's own answer, " + String.join(" and ", said));
  }

  /** Returns the names that neither the program nor a line says the meaning of. */
  private Set<String> open(List<Span> lines) {
    Set<String> given = new HashSet<>(functions.library().names());
    lines.forEach(line -> given.add(head(line)));
    Set<String> open = new LinkedHashSet<>();
    for (Span line : lines) {
      for (String name : names(line)) {
        String of = name.substring(name.startsWith("d") ? 1 : 0);
        if (!of.isEmpty() && !scope.means(name) && !scope.means(of) && !given.contains(of)) {
          open.add(name);
          open.add(of);
        }
      }
    }
    return open;
  }

  private static Set<String> names(Span line) {
    Set<String> found = new LinkedHashSet<>();
    Matcher names = ClaimReader.NAME.matcher(line.text());
    while (names.find()) {
      found.add(names.group());
    }
    return found;
  }

  private static String head(Span line) {
    return line.part(0, Math.max(0, line.text().indexOf('='))).text();
  }

  private void borrow(Set<String> open) {
    Derivation answer;
    try {
      answer =
          new Differentiator(functions, identities)
              .derive(program, Request.answer(program, Differentiator.defaultVariables(program)));
    } catch (NotDifferentiableException e) {
      return; // there is no answer to copy from
    }
    assumptions = answer.assumptions();
    Scope names = new Scope(program, functions.library());
    names.bindAll(answer);
    for (Binding binding : answer.forward()) {
      borrow(binding, open, names, parts);
    }
    borrowed.putAll(parts);
    for (Binding binding : answer.backward()) {
      borrow(binding, open, names, borrowed);
    }
  }

  private void borrow(Binding binding, Set<String> open, Scope names, Map<Variable, Expr> target) {
    String name = binding.variable().name();
    if (open.contains(name)) {
      target.put(binding.variable(), names.inlined(binding.variable()));
      if (name.startsWith("d") && open.contains(name.substring(1))) {
        cotangents.put(name, binding.variable());
      } else {
        meanings.add(binding);
      }
    }
  }

  /**
   * Reads what {@code line} gives a name to; what has a cotangent in it is no part of a program.
   */
  private void give(Span line) {
    String head = head(line);
    if (given.containsKey(head)) {
      parts.remove(given.get(head)); // which of them it is is not for us to say
    }
    boolean cotangent = head.startsWith("d") && scope.means(head.substring(1));
    if (!ClaimReader.NAME.matcher(head).matches() || scope.means(head) || cotangent) {
      return;
    }
    Diagnostics ignored = new Diagnostics();
    Source text =
        new Source("", line.part(line.text().indexOf('=') + 1, line.text().length()).text());
    Ast formula = scope.parse(text, ignored);
    Expr value =
        formula == null || ignored.hasErrors() ? null : scope.elaborate(formula, null, ignored);
    if (value != null) {
      Variable name = scope.define(head, value);
      given.put(head, name);
      if (name.name().equals(head)) {
        parts.put(name, value);
      }
    }
  }
}
