package gradsmith.derive;

import gradsmith.algebra.Algebra;
import gradsmith.derive.Step.Result;
import gradsmith.derive.Step.Simplification;
import gradsmith.expr.Apply;
import gradsmith.expr.Binding;
import gradsmith.expr.Expr;
import gradsmith.expr.ExprSet;
import gradsmith.expr.Expressions;
import gradsmith.expr.Graph;
import gradsmith.expr.Rational;
import gradsmith.expr.Variable;
import gradsmith.expr.Vectors;
import gradsmith.language.Program;
import gradsmith.rules.Assumptions;
import gradsmith.rules.FunctionRules;
import gradsmith.rules.IdentityRules;
import gradsmith.rules.Instantiation;
import gradsmith.rules.Laws;
import gradsmith.rules.Pullback;
import gradsmith.rules.Pushforward;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes a program as lines of one operation each, and carries cotangents back through them, or
 * differentials forward, a line a step. It must have the session of the program for itself: its
 * names are those that a reader expects.
 */
public final class StepSweep {

  private final Program program;
  private final FunctionRules functions;
  private final Laws laws;
  private final Algebra algebra;
  private final Expressions expressions;
  private final Freed freed;
  private final ExprSet active = new ExprSet();
  private final List<Binding> lines = new ArrayList<>();
  private final ExprSet activeNodes = new ExprSet();
  private final Map<Expr, Expr> references = new HashMap<>();
  private final Map<Expr, Variable> values = new HashMap<>();
  private final Naming naming;
  private final Map<Variable, Variable> derived = new HashMap<>();
  private final List<Step> steps = new ArrayList<>();
  private final Set<Simplification> simplifications = new LinkedHashSet<>();

  /** The cotangents that the sweep starts from, by what they are the cotangents of. */
  private final Map<Variable, Expr> seeds = new HashMap<>();

  private StepSweep(
      Program program, List<Variable> by, FunctionRules functions, IdentityRules identities) {
    this.program = program;
    this.functions = functions;
    laws = new Laws(functions, identities);
    expressions = program.expressions();
    algebra =
        new Algebra(
            expressions,
            identities.session(
                Assumptions.of(program, by),
                (identity, before, after) ->
                    simplifications.add(new Simplification(identity, before, after))));
    freed = new Freed(expressions, by);
    freed.variables().forEach(active::add);
    List<Expr> roots = new ArrayList<>();
    Instantiation free = freed.free(algebra);
    for (Binding binding : program.assignments()) {
      roots.add(free.build(binding.value()));
    }
    naming = new Naming(expressions, program.dimensions(), Graph.postOrder(roots));
    for (int i = 0; i < roots.size(); i++) {
      assign(program.bindings().get(i).variable(), roots.get(i));
    }
  }

  /**
   * Returns the steps from the value of {@code program} to {@code by}: of its gradients if it is a
   * scalar, as that of a {@link Layer} is, else of its differential.
   */
  public static Steps of(
      Program program, List<Variable> by, FunctionRules functions, IdentityRules identities) {
    StepSweep sweep = new StepSweep(program, by, functions, identities);
    return program.value().shape().isScalar() ? sweep.reverse() : sweep.forward();
  }

  /** Adds the lines of {@code root}, the last of which is {@code name}. */
  private void assign(Variable name, Expr root) {
    for (Expr node : Graph.postOrder(root)) {
      if (references.containsKey(node)) {
        continue;
      }
      boolean carries = isActive(node);
      if (carries) {
        activeNodes.add(node);
      }
      Expr own = node instanceof Apply apply ? rebuilt(apply) : node;
      if (node instanceof Apply
          && node != root
          && carries
          && !Inlining.isWrapper(node)
          && !Vectors.isRepeated(node)) {
        Variable made = naming.primal(node);
        boolean turned = !made.shape().equals(node.shape());
        lines.add(new Binding(made, turned ? algebra.transpose(own) : own));
        active.add(made);
        own = turned ? algebra.transpose(made) : made;
      }
      references.put(node, own);
    }
    lines.add(new Binding(name, Objects.requireNonNull(references.get(root))));
    if (activeNodes.contains(root)) {
      active.add(name);
    }
    if (root instanceof Apply) {
      references.put(root, name);
    }
  }

  private boolean isActive(Expr node) {
    if (node instanceof Variable variable) {
      return active.contains(variable);
    }
    return node instanceof Apply apply
        && apply.arguments().stream().anyMatch(activeNodes::contains);
  }

  /** Rebuilds {@code node} with names wherever there are names. */
  private Expr rebuilt(Apply node) {
    List<Expr> arguments = new ArrayList<>();
    for (Expr argument : node.arguments()) {
      arguments.add(Objects.requireNonNull(references.get(argument)));
    }
    return expressions.apply(node.operator(), arguments);
  }

  private Steps reverse() {
    Map<Variable, List<Expr>> contributions = new HashMap<>();
    if (program.given().isEmpty()) {
      seeds.put(program.value(), algebra.number(Rational.ONE));
    }
    program.given().forEach(given -> seeds.put(given.value(), given.cotangent()));
    seeds.forEach((value, seed) -> contributions.put(value, new ArrayList<>(List.of(seed))));
    for (Binding line : lines) {
      Expr value = new Instantiation(algebra).build(line.value());
      if (value instanceof Apply && value.shape().equals(line.variable().shape())) {
        values.putIfAbsent(value, line.variable());
      }
    }
    simplifications.clear();
    for (int i = lines.size() - 1; i >= 0; i--) {
      Binding line = lines.get(i);
      Variable name = line.variable();
      Expr cotangent = total(name, contributions);
      if (cotangent == null) {
        continue;
      }
      Map<Variable, List<Result>> results = new LinkedHashMap<>();
      Occurrences places = new Occurrences(expressions, active);
      new Pullback(algebra, functions)
          .pull(
              new Instantiation(algebra).build(places.apart(line.value())),
              cotangent,
              active,
              (node, value) -> value)
          .forEach((place, value) -> {
            Variable variable = places.original(place);
            Expr own = places.restored(value, algebra);
            Expr shaped = named(algebra.conform(own, variable.shape()));
            if (!Algebra.isZero(shaped)) {
              contributions.computeIfAbsent(variable, unused -> new ArrayList<>()).add(shaped);
              results
                  .computeIfAbsent(variable, unused -> new ArrayList<>())
                  .add(
                      new Result(shown(variable), new Binding(cotangent(variable), shaped), false));
            }
          });
      List<Simplification> taken = new ArrayList<>();
      for (Simplification use : taken()) {
        taken.add(
            new Simplification(
                use.identity(), places.restored(use.before()), places.restored(use.after())));
      }
      steps.add(
          new Step(
              line,
              rule(line),
              results.values().stream().flatMap(List::stream).toList(),
              List.copyOf(new LinkedHashSet<>(taken))));
    }
    for (Variable variable : freed.variables()) {
      total(variable, contributions);
    }
    return finished(true, marked(contributions));
  }

  /** Returns the cotangent of {@code name} by its own name, after adding up what contributes. */
  private @Nullable Expr total(Variable name, Map<Variable, List<Expr>> contributions) {
    List<Expr> terms = contributions.get(name);
    if (terms == null) {
      return null;
    }
    Expr seed = seeds.get(name);
    if (seed != null && terms.size() == 1) {
      return seed;
    }
    if (terms.size() > 1) {
      Expr sum = algebra.conform(algebra.sum(terms), name.shape());
      steps.add(
          new Step(
              null,
              "sum",
              List.of(new Result(shown(name), new Binding(cotangent(name), sum), false)),
              taken()));
    }
    return cotangent(name);
  }

  /** Marks what is one of several contributions. */
  private List<Step> marked(Map<Variable, List<Expr>> contributions) {
    Set<Variable> several = new HashSet<>();
    contributions.forEach((variable, terms) -> {
      if (terms.size() > 1) {
        several.add(cotangent(variable));
      }
    });
    List<Step> marked = new ArrayList<>();
    for (Step step : steps) {
      List<Result> results = new ArrayList<>();
      for (Result result : step.results()) {
        boolean partial = step.line() != null && several.contains(result.binding().variable());
        results.add(new Result(result.of(), result.binding(), partial));
      }
      marked.add(new Step(step.line(), step.rule(), results, step.simplifications()));
    }
    return marked;
  }

  /** Rebuilds {@code formula} with the names of the lines that it repeats. */
  private Expr named(Expr formula) {
    Map<Expr, Expr> rebuilt = new HashMap<>();
    for (Expr node : Graph.postOrder(formula)) {
      Expr name = values.get(node);
      if (name == null && node instanceof Apply apply) {
        List<Expr> arguments = new ArrayList<>();
        for (Expr argument : apply.arguments()) {
          arguments.add(Objects.requireNonNull(rebuilt.get(argument)));
        }
        name = expressions.apply(apply.operator(), arguments);
      }
      rebuilt.put(node, name == null ? node : name);
    }
    return Objects.requireNonNull(rebuilt.get(formula));
  }

  private Steps forward() {
    Map<Variable, Variable> tangents = new HashMap<>();
    for (Variable variable : freed.variables()) {
      tangents.put(variable, tangent(variable));
    }
    simplifications.clear();
    for (Binding line : lines) {
      Pushforward push = new Pushforward(algebra, functions);
      tangents.forEach(push::bind);
      Expr differential = push.differential(new Instantiation(algebra).build(line.value()));
      if (Algebra.isZero(differential)) {
        continue;
      }
      Variable name = tangent(line.variable());
      tangents.put(line.variable(), name);
      Binding result = new Binding(name, algebra.conform(differential, name.shape()));
      steps.add(
          new Step(line, rule(line), List.of(new Result(line.variable(), result, false)), taken()));
    }
    return finished(false, steps);
  }

  private List<Simplification> taken() {
    List<Simplification> taken = List.copyOf(simplifications);
    simplifications.clear();
    return taken;
  }

  private static String rule(Binding line) {
    Apply operation = Step.operation(line);
    return operation == null ? "name" : Laws.name(operation);
  }

  private Variable cotangent(Variable variable) {
    return derived("d", variable);
  }

  private Variable tangent(Variable variable) {
    return derived("δ", variable);
  }

  /** Returns the name of the derivative that belongs to {@code variable}. */
  private Variable derived(String prefix, Variable variable) {
    Variable known = derived.get(variable);
    if (known == null) {
      Variable shown = shown(variable);
      known = naming.derived(prefix, shown, shown);
      derived.put(variable, known);
    }
    return known;
  }

  private Variable shown(Variable variable) {
    return (Variable) freed.bound(algebra).build(variable);
  }

  /** Gives free variables their own names back, and each step its law. */
  private Steps finished(boolean reverse, List<Step> all) {
    Instantiation bound = freed.bound(algebra);
    List<Step> shown = new ArrayList<>();
    for (Step step : all) {
      Step own =
          new Step(
              step.line() == null ? null : bound(step.line(), bound),
              step.rule(),
              step.results().stream()
                  .map(result ->
                      new Result(result.of(), bound(result.binding(), bound), result.partial()))
                  .toList(),
              step.simplifications().stream()
                  .map(use ->
                      new Simplification(
                          use.identity(), bound.build(use.before()), bound.build(use.after())))
                  .toList());
      shown.add(own.cited(reverse, laws));
    }
    return new Steps(lines.stream().map(line -> bound(line, bound)).toList(), reverse, shown);
  }

  private static Binding bound(Binding binding, Instantiation bound) {
    return new Binding(binding.variable(), bound.build(binding.value()));
  }
}
