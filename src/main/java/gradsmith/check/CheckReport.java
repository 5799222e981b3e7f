package gradsmith.check;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the numeric check found.
 *
 * @param trials how many random draws were compared
 * @param witnesses the names of the witnesses that were asked
 * @param maxRelativeError the largest relative error over all draws, variables and witnesses
 * @param failures the entries that disagree; empty if the check passed
 * @param unavailable why nothing could be compared, for example because no admissible point was
 *     found; null if it could
 */
public record CheckReport(
    int trials,
    List<String> witnesses,
    double maxRelativeError,
    List<Failure> failures,
    @Nullable String unavailable) {

  /**
   * An entry that disagrees.
   *
   * @param variable the variable that the gradient is by
   * @param entry its 1-based indices, {@code [2, 1]}
   * @param formula what the formula gives there
   * @param witness which witness
   * @param expected what the witness gives there
   */
  public record Failure(
      String variable, List<Integer> entry, double formula, String witness, double expected) {}

  /** Copies the lists. */
  public CheckReport {
    witnesses = List.copyOf(witnesses);
    failures = List.copyOf(failures);
  }

  /** Tells whether something was compared and everything agreed. */
  public boolean passed() {
    return unavailable == null && failures.isEmpty();
  }
}
