package gradsmith.verify;

import gradsmith.verify.Suspect.Cause;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Says in which way a formula is wrong. Each way is a hypothesis that changes the formula, and it
 * is believed if the changed formula is right at random points.
 */
final class Diagnosis {

  /** The likelier before the less likely. */
  private static final List<Function<Suspect, @Nullable Cause>> HYPOTHESES =
      List.of(
          Layout::cause,
          Factors::ofTheWhole,
          Layout::withFactor,
          OtherVariable::cause,
          Factors::ofTerms,
          Slips::sign,
          Slips::derivative,
          MissingTerms::cause,
          OtherLoss::cause,
          Slips::one,
          WrongTerms::cause,
          Slips::two);

  private Diagnosis() {}

  /** Returns the likeliest cause that is found, or null. */
  static @Nullable Cause of(Suspect suspect) {
    return first(suspect, HYPOTHESES);
  }

  /** Returns what is wrong with a formula that is right for some inputs, if that is likelier. */
  static @Nullable Cause inSpiteOfConditions(Suspect suspect) {
    return first(suspect, List.of(Layout::cause, Slips::transpose));
  }

  private static @Nullable Cause first(
      Suspect suspect, List<Function<Suspect, @Nullable Cause>> hypotheses) {
    if (suspect.points().isEmpty()) {
      return null;
    }
    for (Function<Suspect, @Nullable Cause> hypothesis : hypotheses) {
      Cause cause = hypothesis.apply(suspect);
      if (cause != null) {
        String corrected = cause.corrected();
        return corrected == null
            ? cause
            : new Cause(cause.findings(), Brackets.dropped(corrected, suspect::isRight));
      }
    }
    return null;
  }
}
