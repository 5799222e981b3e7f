package gradsmith.verify;

import gradsmith.derive.Derivative;
import gradsmith.expr.Variable;
import gradsmith.source.Diagnostic;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be said of one formula.
 *
 * @param claim the line as it was written
 * @param value what was differentiated
 * @param outcome whether it is right
 * @param assumptions what it is right under; empty if it is right in any case
 * @param evidence why it is known to be right, or what is wrong with it; the likely causes first
 * @param corrected the line with the least changes that make it right; null if none was found
 * @param expected the derivative that gradsmith derived
 * @param diagnostics why the formula makes no sense as it stands; empty if it does
 */
public record Verdict(
    String claim,
    Variable value,
    Outcome outcome,
    List<String> assumptions,
    List<String> evidence,
    @Nullable String corrected,
    Derivative expected,
    List<Diagnostic> diagnostics) {

  /** Whether a formula is right. */
  public enum Outcome {
    RIGHT,
    WRONG,
    /** No admissible point was found to compare it at, and the rules alone do not tell. */
    UNDECIDED
  }

  /** Copies the lists. */
  public Verdict {
    assumptions = List.copyOf(assumptions);
    evidence = List.copyOf(evidence);
    diagnostics = List.copyOf(diagnostics);
  }
}
