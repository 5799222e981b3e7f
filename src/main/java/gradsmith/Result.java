package gradsmith;

import gradsmith.check.CheckReport;
import gradsmith.derive.Derivation;
import gradsmith.derive.Derivative;
import gradsmith.expr.FunctionFacts;
import gradsmith.source.Diagnostic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was derived from a program. Immutable. */
public final class Result {

  private final Derivation derivation;
  private final @Nullable CheckReport check;
  private final FunctionFacts facts;

  Result(Derivation derivation, @Nullable CheckReport check, FunctionFacts facts) {
    this.derivation = derivation;
    this.check = check;
    this.facts = facts;
  }

  /** Returns the gradients in both forms, with the program and the assumptions. */
  public Derivation derivation() {
    return derivation;
  }

  /** Returns what the numeric check found, or null if none was asked for. */
  public @Nullable CheckReport check() {
    return check;
  }

  /** Returns warnings and notes about the program. */
  public List<Diagnostic> diagnostics() {
    return derivation.program().notes();
  }

  /** Returns the gradients, in the order in which they were asked for. */
  public List<GradientFormula> gradients() {
    List<GradientFormula> formulas = new ArrayList<>();
    List<Derivative> gradients =
        derivation.closed().isEmpty() ? derivation.backprop() : derivation.closed();
    for (Derivative gradient : gradients) {
      formulas.add(new GradientFormula(gradient));
    }
    return formulas;
  }

  /**
   * Returns the gradient by {@code variable}.
   *
   * @throws IllegalArgumentException if it was not derived
   */
  public GradientFormula gradient(String variable) {
    for (GradientFormula gradient : gradients()) {
      if (gradient.variable().equals(variable)) {
        return gradient;
      }
    }
    throw new IllegalArgumentException("no gradient by " + variable + " was derived");
  }

  /**
   * Computes the value and the gradients.
   *
   * @param inputs a matrix for each free variable: n×1 for a vector, 1×1 for a scalar
   * @throws IllegalArgumentException if a variable is missing or of the wrong shape
   */
  public Evaluation evaluate(Map<String, double[][]> inputs) {
    return Evaluation.of(derivation, facts, inputs);
  }
}
