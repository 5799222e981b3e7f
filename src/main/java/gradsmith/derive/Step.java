package gradsmith.derive;

import gradsmith.expr.Apply;
import gradsmith.expr.Binding;
import gradsmith.expr.Expr;
import gradsmith.expr.Variable;
import gradsmith.rules.Identity;
import gradsmith.rules.Laws;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A step of a derivation: a line of the program, what is carried through it, and why.
 *
 * @param line the line, a single operation of names; null where contributions are added
 * @param rule the name of that operation, as the formula sheet has it
 * @param results what the step gives; each is named for what it is the derivative by
 * @param simplifications the identities that were used on the way
 * @param citation the law of the operation; null where contributions are added, and for a function
 *     without a body
 */
public record Step(
    @Nullable Binding line,
    String rule,
    List<Result> results,
    List<Simplification> simplifications,
    @Nullable Citation citation) {

  /**
   * A result.
   *
   * @param of what it is the cotangent or differential of
   * @param binding its name and its value
   * @param partial whether it is one of several contributions, which add up
   */
  public record Result(Variable of, Binding binding, boolean partial) {}

  /**
   * A use of an identity.
   *
   * @param identity which
   * @param before what it was applied to
   * @param after what came out
   */
  public record Simplification(Identity identity, Expr before, Expr after) {}

  /** Returns the operation that {@code line} is but for a transpose and a number in front. */
  static @Nullable Apply operation(Binding line) {
    return Inlining.bare(line.value()) instanceof Apply apply
        ? apply
        : line.value() instanceof Apply turned ? turned : null;
  }

  /** Returns the operation whose law the step is an instance of, if it is one. */
  public @Nullable Apply operation() {
    return line == null ? null : operation(line);
  }

  /** Makes a step that cites no law yet. */
  Step(
      @Nullable Binding line,
      String rule,
      List<Result> results,
      List<Simplification> simplifications) {
    this(line, rule, results, simplifications, null);
  }

  /** Returns this step with its law, as a step {@code reverse} or forward. */
  Step cited(boolean reverse, Laws laws) {
    return new Step(line, rule, results, simplifications, Citation.of(this, reverse, laws));
  }

  /** Copies the lists. */
  public Step {
    results = List.copyOf(results);
    simplifications = List.copyOf(simplifications);
  }
}
