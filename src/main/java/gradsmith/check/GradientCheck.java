package gradsmith.check;

import gradsmith.derive.Derivative;
import gradsmith.evaluate.RandomInstance;
import gradsmith.evaluate.RealField;
import gradsmith.expr.Binding;
import gradsmith.expr.FunctionFacts;
import gradsmith.expr.Variable;
import gradsmith.language.Program;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Compares gradients with independent witnesses at random points: ⟨G, D⟩, with G from the formulas
 * and D a random direction of all variables at once, against the slope of the program's value along
 * D. Where they differ, single entries tell which formula is wrong. One draw costs a few runs of
 * the program, however many variables there are.
 */
public final class GradientCheck {

  private final List<Witness> witnesses;

  /** Checks with automatic differentiation and central differences. */
  public GradientCheck() {
    this(List.of(new AutomaticDifferentiation(), new CentralDifferences()));
  }

  /**
   * Checks with {@code witnesses}, at least one; the first to disagree with a formula is reported.
   */
  public GradientCheck(List<Witness> witnesses) {
    this.witnesses = List.copyOf(witnesses);
  }

  /**
   * Checks derivatives: gradients together, Jacobians and Hessians entry by entry. A draw counts
   * only where the program is differentiable and the witnesses agree with each other; if there is
   * none, the report says why nothing was compared.
   *
   * @param program what was differentiated
   * @param formulaBindings names that the formulas use, in an order in which they can be computed
   * @param derivatives the derivatives of the program's value by free variables or assigned names
   * @param facts the definitions and domains of the library's functions
   * @param seed decides the draws: equal arguments give equal reports
   * @param trials how many draws to compare; fewer if the program is expensive to run
   */
  public CheckReport check(
      Program program,
      List<Binding> formulaBindings,
      List<Derivative> derivatives,
      FunctionFacts facts,
      long seed,
      int trials) {
    if (derivatives.isEmpty() || trials < 1) {
      return unavailable("there is nothing to compare");
    }
    List<Variable> variables = new ArrayList<>(derivatives.size());
    for (Derivative derivative : derivatives) {
      variables.addAll(derivative.by());
      if (derivative.direction() != null) {
        variables.add(derivative.direction());
      }
    }
    ForwardProgram forward = ForwardProgram.of(program, facts, variables);
    return new CheckRun(
            forward, new Formulas(forward, formulaBindings, derivatives), witnesses, seed)
        .run(trials);
  }

  /**
   * Tells whether at {@code point} the value of {@code program} can be differentiated by {@code
   * by}, at a distance from where it cannot.
   */
  public static boolean isAdmissible(
      Program program, FunctionFacts facts, Collection<Variable> by, RandomInstance point) {
    DomainGuard guard = new DomainGuard(facts, CheckRun.dependents(program.bindings(), by));
    ForwardProgram.of(program, facts, List.of()).run(new RealField(), point, Map.of(), guard);
    return guard.violation() == null;
  }

  private CheckReport unavailable(String reason) {
    return new CheckReport(0, CheckRun.names(witnesses), 0, List.of(), reason);
  }
}
