package gradsmith.verify;

import gradsmith.source.Diagnostic;
import gradsmith.source.Diagnostic.Severity;
import gradsmith.verify.Verdict.Outcome;
import java.util.List;

/**
 * What is to be said of a derivation by hand.
 *
 * @param verdicts one for each formula that could be read, in their order
 * @param diagnostics what is wrong with the other lines, each with its place
 */
public record Verification(List<Verdict> verdicts, List<Diagnostic> diagnostics) {

  /** Copies the lists. */
  public Verification {
    verdicts = List.copyOf(verdicts);
    diagnostics = List.copyOf(diagnostics);
  }

  /** Tells whether every line could be read. */
  public boolean isWhole() {
    return diagnostics.stream().noneMatch(each -> each.severity() == Severity.ERROR);
  }

  /** Tells whether every formula that could be read is right. */
  public boolean isRight() {
    return verdicts.stream().allMatch(verdict -> verdict.outcome() == Outcome.RIGHT);
  }
}
