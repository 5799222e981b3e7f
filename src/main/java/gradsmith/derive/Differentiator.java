package gradsmith.derive;

import gradsmith.algebra.Algebra;
import gradsmith.expr.Apply;
import gradsmith.expr.Binding;
import gradsmith.expr.Expr;
import gradsmith.expr.Property;
import gradsmith.expr.Rational;
import gradsmith.expr.Variable;
import gradsmith.language.Program;
import gradsmith.rules.Assumptions;
import gradsmith.rules.FunctionRules;
import gradsmith.rules.IdentityRules;
import gradsmith.rules.Instantiation;
import gradsmith.rules.Pullback;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Derives the gradients of a program's scalar value by reverse accumulation: the cotangent of each
 * assigned name is the sum of what its uses contribute, and is carried through its definition to
 * the names in it. Each definition is visited once, so that time and memory grow linearly with the
 * program.
 */
public final class Differentiator {

  /** A program with more named cotangents than this gets no closed form. */
  private static final int CLOSED_LIMIT = 200;

  private final FunctionRules functions;
  private final IdentityRules identities;

  /**
   * Differentiates with the calculus of {@code functions} and simplifies with {@code identities}.
   */
  public Differentiator(FunctionRules functions, IdentityRules identities) {
    this.functions = functions;
    this.identities = identities;
  }

  /**
   * Returns the variables that a program's value is differentiated by when nothing else is asked
   * for.
   */
  public static List<Variable> defaultVariables(Program program) {
    List<Variable> result = new ArrayList<>();
    for (Variable parameter : program.parameters()) {
      if (!parameter.has(Property.CONSTANT) && !program.labels().contains(parameter)) {
        result.add(parameter);
      }
    }
    return result;
  }

  /**
   * Derives the gradients of the value of {@code program}.
   *
   * @param program a program whose value is a scalar
   * @param by what to differentiate by: parameters or assigned names
   */
  public Derivation derive(Program program, List<Variable> by) {
    Set<Variable> stochastic = new HashSet<>(program.assumedStochastic());
    stochastic.removeAll(by);
    Assumptions assumptions = new Assumptions(stochastic);
    Algebra algebra =
        new Algebra(
            program.expressions(),
            identities.session(assumptions, (identity, before, after) -> {}));
    Freed freed = new Freed(program.expressions(), by);
    Sweep sweep = new Sweep(program, algebra, freed);
    sweep.run();
    List<Derivative> gradients = new ArrayList<>();
    for (Variable variable : by) {
      Expr gradient = sweep.gradients.get(freed.of(variable));
      gradients.add(
          Derivative.gradient(
              variable, gradient == null ? algebra.zeros(variable.shape()) : gradient));
    }
    Inlining inlining = new Inlining(algebra, freed, sweep.cotangents, gradients);
    BackpropForm form =
        new BackpropForm(program, sweep.forward, inlining.cotangents(), inlining.gradients());
    List<Derivative> closed = List.of();
    if (sweep.cotangents.size() <= CLOSED_LIMIT) {
      closed = inlining.closed();
      if (!Readability.isReadable(closed)) {
        closed = List.of();
      }
    }
    List<Assumption> used = new ArrayList<>();
    for (Variable variable : assumptions.usedStochastic()) {
      used.add(new Assumption(variable, Property.STOCHASTIC));
    }
    return new Derivation(
        program, closed, form.forward(), form.backward(), form.gradients(), List.of(), used);
  }

  /** One pass over the assignments, last to first. */
  private final class Sweep {
    private final Program program;
    private final Algebra algebra;
    private final Freed freed;
    private final Set<Variable> by = new LinkedHashSet<>();
    private final List<Binding> forward = new ArrayList<>();
    private final List<Binding> differentiated = new ArrayList<>();
    private final List<Cotangent> cotangents = new ArrayList<>();
    private final Map<Variable, Expr> gradients = new HashMap<>();
    private final Map<Variable, List<Expr>> contributions = new HashMap<>();

    Sweep(Program program, Algebra algebra, Freed freed) {
      this.program = program;
      this.algebra = algebra;
      this.freed = freed;
      this.by.addAll(freed.variables());
    }

    void run() {
      Instantiation normalize = new Instantiation(algebra);
      Instantiation free = freed.free(algebra);
      for (Binding binding : program.bindings()) {
        forward.add(new Binding(binding.variable(), normalize.build(binding.value())));
        // From the program itself: its normal form has made use of the structure already.
        Expr value = freed.isEmpty() ? forward.getLast().value() : free.build(binding.value());
        differentiated.add(new Binding(binding.variable(), value));
      }
      Set<Variable> carried = carried();
      Pullback pullback = new Pullback(algebra, functions);
      contributions.put(program.value(), List.of(algebra.number(Rational.ONE)));
      for (int i = differentiated.size() - 1; i >= 0; i--) {
        Variable name = differentiated.get(i).variable();
        List<Expr> parts = contributions.remove(name);
        if (parts == null) {
          continue;
        }
        Expr cotangent = named(name, algebra.conform(algebra.sum(parts), name.shape()));
        if (by.contains(name)) {
          gradients.put(name, cotangent);
        }
        Map<Variable, Expr> pulled =
            pullback.pull(
                differentiated.get(i).value(),
                cotangent,
                carried,
                (node, value) -> node instanceof Apply ? named(node, value) : value);
        pulled.forEach((variable, value) ->
            contributions.computeIfAbsent(variable, unused -> new ArrayList<>(2)).add(value));
      }
      for (Variable variable : by) {
        List<Expr> parts = contributions.get(variable);
        if (parts != null) {
          gradients.put(variable, algebra.conform(algebra.sum(parts), variable.shape()));
        }
      }
    }

    /** Gives a composite cotangent a name, so that what shares it does not repeat it. */
    private Expr named(Expr of, Expr cotangent) {
      if (!Inlining.isComposite(cotangent)) {
        return cotangent;
      }
      String name = "\u2202" + cotangents.size(); // no name that a program can have
      Variable made = algebra.expressions().variable(name, cotangent.shape(), 2, Set.of());
      cotangents.add(new Cotangent(made, cotangent, of));
      return made;
    }

    /** Returns the variables asked for and the assigned names that depend on them. */
    private Set<Variable> carried() {
      Set<Variable> carried = new HashSet<>(by);
      for (Binding binding : differentiated) {
        for (Variable used : gradsmith.expr.Graph.variables(List.of(binding.value()))) {
          if (carried.contains(used)) {
            carried.add(binding.variable());
            break;
          }
        }
      }
      return carried;
    }
  }
}
