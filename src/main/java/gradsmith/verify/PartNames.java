package gradsmith.verify;

import gradsmith.algebra.Algebra;
import gradsmith.expr.Apply;
import gradsmith.expr.Binding;
import gradsmith.expr.Expr;
import gradsmith.expr.Expressions;
import gradsmith.expr.Graph;
import gradsmith.expr.Operator.Primitive;
import gradsmith.expr.Variable;
import gradsmith.language.Program;
import gradsmith.rules.Assumptions;
import gradsmith.rules.IdentityRules;
import gradsmith.rules.Instantiation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Gives parts of a program names of their own, so that there are derivatives by them. Everything
 * else stays as it was written: it is still the user's program that the witnesses run.
 */
final class PartNames {

  private final Expressions expressions;
  private final Algebra algebra;
  private final Instantiation normal;
  private final Map<Expr, Expr> references = new HashMap<>();
  private final Map<Expr, Set<Variable>> named = new HashMap<>();
  private final Map<Expr, Expr> rebuilt = new HashMap<>();
  private final Set<Variable> written = new HashSet<>();
  private final List<Binding> bindings = new ArrayList<>();

  private PartNames(Program program, IdentityRules identities) {
    expressions = program.expressions();
    algebra =
        new Algebra(
            expressions,
            identities.session(
                Assumptions.of(program.withoutAssumptions(), List.of()),
                (identity, before, after) -> {}));
    normal = new Instantiation(algebra);
  }

  /**
   * Returns {@code program} with an assignment for each of {@code parts} that occurs in it.
   *
   * @param parts new names, and what they stand for in the program's inputs
   */
  static Program added(Program program, Map<Variable, Expr> parts, IdentityRules identities) {
    if (parts.isEmpty()) {
      return program;
    }
    PartNames names = new PartNames(program, identities);
    parts.forEach(names::refer);
    for (Binding binding : program.bindings()) {
      names.rebuild(binding, binding.variable() == program.value());
    }
    return program.with(names.bindings);
  }

  private void refer(Variable name, Expr value) {
    Expr form = normal.build(value);
    if (form instanceof Apply && form.shape().equals(name.shape())) {
      references.putIfAbsent(form, name);
      references.putIfAbsent(algebra.transpose(form), expressions.apply(Primitive.TRANSPOSE, name));
    }
  }

  private void rebuild(Binding binding, boolean isValue) {
    for (Expr node : Graph.postOrder(binding.value(), rebuilt::containsKey)) {
      Expr made = node;
      if (node instanceof Apply apply) {
        List<Expr> arguments = new ArrayList<>();
        apply
            .arguments()
            .forEach(argument -> arguments.add(Objects.requireNonNull(rebuilt.get(argument))));
        made = expressions.apply(apply.operator(), arguments);
        Expr form = normal.build(node);
        Expr reference = references.get(form);
        if (reference != null && !(isValue && node == binding.value()) && !isNamed(node, form)) {
          assign(reference, made);
          made = reference;
        }
      }
      rebuilt.put(node, made);
    }
    bindings.add(
        new Binding(binding.variable(), Objects.requireNonNull(rebuilt.get(binding.value()))));
    Expr form = normal.build(binding.value());
    normal.bind(binding.variable(), form);
    for (Expr same : List.of(form, algebra.transpose(form))) {
      named.computeIfAbsent(same, unused -> new HashSet<>()).add(binding.variable());
    }
  }

  /** Tells whether {@code node} is a name of the program's own, which has to keep its uses. */
  private boolean isNamed(Expr node, Expr form) {
    Set<Variable> names = named.getOrDefault(form, Set.of());
    return !names.isEmpty() && Graph.variables(List.of(node)).stream().anyMatch(names::contains);
  }

  private void assign(Expr reference, Expr value) {
    if (reference instanceof Variable name) {
      if (written.add(name)) {
        bindings.add(new Binding(name, value));
      }
    } else if (reference instanceof Apply turned) {
      assign(turned.argument(0), expressions.apply(Primitive.TRANSPOSE, value));
    }
  }
}
