package gradsmith.derive;

import gradsmith.algebra.Algebra;
import gradsmith.expr.Binding;
import gradsmith.expr.Expr;
import gradsmith.expr.Property;
import gradsmith.expr.Variable;
import gradsmith.language.Program;
import gradsmith.rules.Assumptions;
import gradsmith.rules.FunctionRules;
import gradsmith.rules.IdentityRules;
import gradsmith.rules.Instantiation;
import gradsmith.rules.NotDifferentiableException;
import java.util.ArrayList;
import java.util.List;

/**
 * Derives the derivatives of a program's value: gradients by reverse accumulation, Jacobians and
 * differentials by forward accumulation, Hessians as the Jacobians of gradients. Each definition is
 * visited once for each, so that time and memory grow linearly with the program.
 */
public final class Differentiator {

  /** A program with more named parts than this gets no closed form. */
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
      if (!parameter.has(Property.CONSTANT)
          && !parameter.has(Property.INTEGER)
          && !program.labels().contains(parameter)) {
        result.add(parameter);
      }
    }
    return result;
  }

  /**
   * Derives what {@code request} asks of the value of {@code program}; all but Jacobians need a
   * scalar value, which a {@link Layer} has.
   *
   * @throws NotDifferentiableException if a function on the way has no differential in the language
   */
  public Derivation derive(Program program, Request request) {
    List<Variable> by = request.all();
    Assumptions assumptions = Assumptions.of(program, by);
    Algebra algebra =
        new Algebra(
            program.expressions(),
            identities.session(assumptions, (identity, before, after) -> {}));
    Freed freed = new Freed(program.expressions(), by);
    Instantiation normalize = new Instantiation(algebra);
    Instantiation free = freed.free(algebra);
    List<Binding> forward = new ArrayList<>();
    List<Binding> differentiated = new ArrayList<>();
    for (Binding binding : program.assignments()) {
      forward.add(new Binding(binding.variable(), normalize.build(binding.value())));
      // From the program itself: its normal form has made use of the structure already.
      Expr value = freed.isEmpty() ? forward.getLast().value() : free.build(binding.value());
      differentiated.add(new Binding(binding.variable(), value));
    }
    Requested requested =
        new Requested(program, differentiated, freed, new Parts(program.expressions()), algebra);
    List<Derivative> raw = requested.derive(request, functions);
    List<Intermediate> parts = requested.parts().all();
    Inlining inlining = new Inlining(algebra, freed, parts, raw);
    Restriction restriction = new Restriction(algebra);
    BackpropForm form =
        new BackpropForm(
            program,
            forward,
            inlining.cotangents(),
            restriction.added(inlining.gradients()),
            algebra);
    List<Derivative> closed = List.of();
    if (parts.size() <= CLOSED_LIMIT) {
      closed = restriction.added(inlining.closed());
      if (!Readability.isReadable(closed)) {
        closed = List.of();
      }
    }
    List<String> remarks = new ArrayList<>(requested.remarks());
    remarks.addAll(Layer.remarks(program));
    remarks.addAll(Independence.remarks(program, by));
    remarks.addAll(Restriction.remarks(by));
    return new Derivation(
        program,
        closed,
        form.forward(),
        form.backward(),
        form.gradients(),
        form.values(),
        Assumption.stochastic(assumptions.usedStochastic()),
        requested.remarks(),
        remarks);
  }
}
