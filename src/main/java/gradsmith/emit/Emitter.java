package gradsmith.emit;

import gradsmith.derive.Assumption;
import gradsmith.derive.Derivation;
import gradsmith.derive.Derivative;
import gradsmith.derive.Derivative.Kind;
import gradsmith.expr.Binding;
import gradsmith.expr.Expr;
import gradsmith.expr.Graph;
import gradsmith.expr.Property;
import gradsmith.expr.Variable;
import gradsmith.render.FormulaPrinter;
import gradsmith.rules.FunctionRules;
import gradsmith.source.Diagnostic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes a function that computes the value of a program and its derivatives, in the terms of the
 * backprop form: what both share is computed once.
 */
public final class Emitter {

  private final Derivation derivation;
  private final List<Derivative> derivatives;
  private final Target target;
  private final Names names;
  private final FormulaPrinter formulas = FormulaPrinter.typed();
  private final List<String> lines = new ArrayList<>();

  private Emitter(Derivation derivation, List<Derivative> derivatives, Target target) {
    this.derivation = derivation;
    this.derivatives = derivatives;
    this.target = target;
    this.names = new Names(target);
  }

  /**
   * Returns the code of a function that returns the value and then {@code derivatives}, which are
   * of the backprop form of {@code derivation}.
   *
   * @throws NotEmittableException if the target cannot say a function of the program
   */
  public static String emit(
      Derivation derivation, List<Derivative> derivatives, FunctionRules rules, Target target)
      throws NotEmittableException {
    return new Emitter(derivation, derivatives, target).emit(rules);
  }

  /** Returns the derivatives that an emitted function gives if nothing but them was asked for. */
  public static String functionName(List<Derivative> derivatives) {
    Set<Kind> kinds = new HashSet<>();
    derivatives.forEach(derivative -> kinds.add(derivative.kind()));
    if (kinds.size() > 1) {
      return "value_and_derivatives";
    }
    return switch (kinds.isEmpty() ? Kind.GRADIENT : kinds.iterator().next()) {
      case GRADIENT, RESTRICTED -> "value_and_grad";
      case JACOBIAN, DIFFERENTIAL -> "value_and_jacobian";
      case HESSIAN -> "value_and_hessian";
      case HVP -> "value_and_hvp";
    };
  }

  private String emit(FunctionRules rules) throws NotEmittableException {
    List<Variable> inputs = inputs();
    if (inputs.isEmpty()) {
      throw new NotEmittableException(
          "the value has no variables, so that a function of them has no arguments",
          null,
          "gradsmith eval computes it");
    }
    Lengths lengths = new Lengths(target, names, inputs);
    List<String> parameters = new ArrayList<>();
    List<String> conversions = new ArrayList<>();
    for (Variable input : inputs) {
      parameters.add(
          target.say(ranked("parameter", input), converted(input, lengths, conversions)));
    }
    List<Expr> wanted = new ArrayList<>(List.of(derivation.values().getFirst()));
    derivatives.forEach(derivative -> wanted.add(derivative.formula()));
    List<Binding> all = new ArrayList<>(derivation.forward());
    all.addAll(derivation.backward());
    List<Binding> bindings = needed(all, wanted);
    refuseStacks(bindings, wanted);
    List<Expr> roots = new Lowering(rules, target).lower(bindings, wanted);
    List<Expr> asked = roots.subList(bindings.size(), roots.size());
    List<Binding> lowered = new ArrayList<>();
    Map<Variable, String> comments = new HashMap<>();
    Map<String, Expr> definitions = new HashMap<>();
    for (int i = 0; i < bindings.size(); i++) {
      Variable variable = bindings.get(i).variable();
      lowered.add(new Binding(variable, roots.get(i)));
      definitions.put(variable.name(), roots.get(i));
      comments.put(variable, variable.name() + " = " + formulas.print(bindings.get(i).value()));
      names.of(variable);
    }

    Statements statements = new Statements(target, Releases.payEach(roots));
    CodeWriter writer = new CodeWriter(target, names, lengths, roots, definitions, statements);
    for (Variable input : inputs) {
      writer.defineName(input.name(), Code.atom(names.of(input)).flat(lengths.isFlat(input)));
    }
    List<Title> titles = titles();
    for (int i = 0; i < asked.size(); i++) {
      writer.want(asked.get(i), titles.get(i));
    }
    List<Binding> needed = needed(lowered, asked); // a word of the target may not need all
    for (Binding binding : needed) {
      Variable variable = binding.variable();
      writer.label(binding.value(), names.of(variable), comments.getOrDefault(variable, ""));
    }
    for (Binding binding : needed) {
      Variable variable = binding.variable();
      String comment = comments.getOrDefault(variable, "");
      Code name = writer.assign(binding.value(), names.of(variable), comment);
      writer.defineName(variable.name(), name);
    }
    List<String> results = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) {
      results.add(result(writer, asked.get(i), titles.get(i), results));
    }
    for (String sentence : premises()) {
      lines.add(target.say("comment", sentence));
    }
    lines.addAll(conversions);
    lines.addAll(lengths.statements());
    Set<String> returned = target.words(String.join(", ", results));
    lines.addAll(statements.lines(returned));
    if (target.has("return")) {
      lines.add(target.say("return", String.join(", ", results)));
    }
    return text(inputs, parameters, results);
  }

  /** What the value and the derivatives are called, in their order. */
  private List<Title> titles() {
    List<Title> titles = new ArrayList<>();
    Variable value = derivation.program().value();
    titles.add(
        new Title(value.name(), value.rank(), formulas.print(derivation.values().getFirst())));
    for (Derivative derivative : derivatives) {
      titles.add(
          new Title(
              name(derivative), derivative.axes().size(), formulas.print(derivative.formula())));
    }
    return titles;
  }

  private void refuseStacks(List<Binding> bindings, List<Expr> wanted)
      throws NotEmittableException {
    if (target.has("stacks")) {
      return;
    }
    List<Expr> roots = new ArrayList<>();
    bindings.forEach(binding -> roots.add(binding.value()));
    roots.addAll(wanted);
    for (Expr node : Graph.postOrder(roots)) {
      if (!node.shape().leading().isEmpty()) {
        String name = node instanceof Variable variable ? variable.name() : null;
        String what = "stacks of matrices, " + (name == null ? "" : "such as " + name + ", ");
        throw target.lacking("stacks", what + node.shape(), name);
      }
    }
  }

  /** What the code relies on, and what there was to warn of. */
  private List<String> premises() {
    Set<String> premises = new LinkedHashSet<>();
    for (Variable parameter : derivation.program().parameters()) {
      for (Property property : Property.values()) {
        if (property != Property.CONSTANT && parameter.properties().contains(property)) {
          premises.add("assumes that " + new Assumption(parameter, property).sentence());
        }
      }
    }
    for (Assumption assumption : derivation.assumptions()) {
      premises.add("assumes that " + assumption.sentence());
    }
    for (Diagnostic note : derivation.program().notes()) {
      if (note.severity() == Diagnostic.Severity.WARNING) {
        premises.add("warning: " + note.message());
      }
    }
    return List.copyOf(premises);
  }

  private String text(List<Variable> inputs, List<String> parameters, List<String> results)
      throws NotEmittableException {
    StringBuilder body = new StringBuilder();
    body.append(
        target.say(
            "open",
            functionName(derivatives),
            String.join(", ", parameters),
            String.join(", ", results)));
    body.append('\n');
    for (String line : lines) {
      body.append(target.say("body", line)).append('\n');
    }
    if (target.has("close")) {
      body.append(target.say("close")).append('\n');
    }
    String definitions = target.definitions(body.toString());
    String code = target.has("definitions_last") ? body + "\n" + definitions : definitions + body;
    return (target.imports(code) + target.preamble()).stripLeading()
        + code.replace("{like}", names.of(typical(inputs)))
        + target.postamble();
  }

  /** The free variables of the value, and the directions of products. */
  private List<Variable> inputs() {
    List<Variable> inputs = new ArrayList<>(derivation.program().parameters());
    Set<Variable> directions = new LinkedHashSet<>();
    for (Derivative derivative : derivatives) {
      if (derivative.direction() != null) {
        directions.add(derivative.direction());
      }
    }
    inputs.addAll(directions);
    return inputs;
  }

  /**
   * The first array that there is a derivative by, as others may be labels, else the first array.
   */
  private Variable typical(List<Variable> inputs) {
    Set<Variable> by = new HashSet<>();
    derivatives.forEach(derivative -> by.addAll(derivative.by()));
    List<Variable> arrays = inputs.stream().filter(input -> input.rank() > 0).toList();
    return arrays.stream()
        .filter(by::contains)
        .findFirst()
        .orElse(arrays.isEmpty() ? inputs.getFirst() : arrays.getFirst());
  }

  /** Returns those of {@code bindings} that {@code wanted} depend on. */
  private static List<Binding> needed(List<Binding> bindings, List<Expr> wanted) {
    Set<String> needed = new HashSet<>();
    Graph.variables(wanted).forEach(variable -> needed.add(variable.name()));
    List<Binding> kept = new ArrayList<>();
    for (Binding binding : bindings.reversed()) {
      if (needed.contains(binding.variable().name())) {
        kept.addFirst(binding);
        Graph.variables(List.of(binding.value())).forEach(variable -> needed.add(variable.name()));
      }
    }
    return kept;
  }

  private static String ranked(String key, Variable variable) {
    return ranked(key, variable.rank());
  }

  private static String ranked(String key, int rank) {
    return key + (rank == 0 ? "_number" : rank == 1 ? "_vector" : "_matrix");
  }

  /** Makes of an argument what the formulas take it for; returns what it is called before. */
  private String converted(Variable input, Lengths lengths, List<String> conversions)
      throws NotEmittableException {
    String local = names.of(input);
    String key = ranked("in", input);
    boolean number = input.shape().isScalar() && input.rank() > 0;
    if (!target.has(key) && !number || lengths.isFlat(input)) {
      return local;
    }
    String parameter = target.has("input") ? names.another(target.say("input", local)) : local;
    Code code = Code.atom(parameter);
    if (target.has(key)) {
      code = target.spell(key, code);
    }
    if (number) {
      code = target.spell("scalar", code);
    }
    conversions.add(target.say("assign", local, code.text()));
    return parameter;
  }

  /**
   * Computes a result and returns it as the user expects its axes.
   *
   * @param others the results before it; where results are variables, each has one of its own
   */
  private String result(CodeWriter writer, Expr root, Title title, List<String> others)
      throws NotEmittableException {
    Code code = writer.writeFull(root, title.rank());
    if (!code.text().matches("\\p{L}\\w*")) {
      code = writer.namedResult(root, code, title);
      writer.define(root, code);
    }
    if (title.rank() > 0 && root.shape().isScalar()) {
      code = writer.matrix(root, code);
    }
    String key = ranked("out", title.rank());
    if (target.has(key) && !code.isFlat()) {
      code = target.spell(key, code);
    }
    boolean isOwn = writer.isResult(code.text()) && !others.contains(code.text());
    if (target.has("results") && !isOwn) {
      code = writer.namedResult(root, code, title);
    }
    return code.text();
  }

  private String name(Derivative derivative) {
    String prefix =
        switch (derivative.kind()) {
          case GRADIENT, RESTRICTED -> "grad";
          case JACOBIAN, DIFFERENTIAL -> "jacobian";
          case HESSIAN -> "hessian";
          case HVP -> "hvp";
        };
    StringBuilder name = new StringBuilder(prefix);
    derivative.by().forEach(variable -> name.append('_').append(variable.name()));
    return name.toString();
  }
}
