package gradsmith.verify;

import gradsmith.derive.Derivative;
import gradsmith.expr.Expr;
import gradsmith.expr.Variable;
import gradsmith.shape.Polynomial;
import gradsmith.source.Diagnostic;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be said of one formula.
 *
 * @param claim the line as it was written
 * @param outcome whether it is right
 * @param proved whether the rules say that it is right; else numbers are all the evidence
 * @param assumptions what it is right under; empty if it is right in any case, or wrong
 * @param evidence why it is known to be right, or what is wrong with it; the likely causes first
 * @param corrected the line with the least changes that make it right; null if none was found
 * @param expected what gradsmith has instead
 * @param diagnostics why the formula makes no sense as it stands; empty if it does
 */
public record Verdict(
    String claim,
    Outcome outcome,
    boolean proved,
    List<String> assumptions,
    List<String> evidence,
    @Nullable String corrected,
    Expected expected,
    List<Diagnostic> diagnostics) {

  /** Whether a formula is right. */
  public enum Outcome {
    /** It is right, perhaps under assumptions that gradsmith makes, too. */
    RIGHT,
    /** It is wrong as it stands, and right under assumptions that would have to be declared. */
    CONDITIONAL,
    /** It is wrong. */
    WRONG,
    /** No admissible point was found to compare it at, and the rules alone do not tell. */
    UNDECIDED
  }

  /**
   * The right formula.
   *
   * @param value what was differentiated, or what the formula is the value of
   * @param derivative the derivative as gradsmith prints it; null for the value itself
   * @param formula the formula
   */
  public record Expected(Variable value, @Nullable Derivative derivative, Expr formula) {

    /** Returns the lengths of its axes. */
    public List<Polynomial> axes() {
      return derivative == null ? value.axes() : derivative.axes();
    }
  }

  /** Copies the lists. */
  public Verdict {
    assumptions = List.copyOf(assumptions);
    evidence = List.copyOf(evidence);
    diagnostics = List.copyOf(diagnostics);
  }
}
