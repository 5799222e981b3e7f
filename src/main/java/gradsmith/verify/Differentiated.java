package gradsmith.verify;

import gradsmith.expr.Variable;
import gradsmith.language.Program;
import gradsmith.source.AsciiText;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What derivatives by hand are of: the value of a program; of a layer, its values, or the loss that
 * their cotangents define.
 *
 * @param program what was differentiated
 */
record Differentiated(Program program) {

  /** What an objective is usually called, where the program gives it no name. */
  private static final Set<String> OBJECTIVES = Set.of("f", "L", "J", "E", "y", "loss");

  /** What the value of a layer is usually called. */
  private static final Set<String> FUNCTIONS = Set.of("f", "y");

  boolean isLayer() {
    return !program.given().isEmpty();
  }

  /**
   * Returns what {@code name} is differentiated, or null.
   *
   * @param taken whether a name is that of another variable
   */
  @Nullable Variable find(String name, Predicate<String> taken) {
    for (Variable value : program.values()) {
      if (isCalled(value, name, isLayer() ? FUNCTIONS : OBJECTIVES, taken)) {
        return value;
      }
    }
    return isCalled(program.value(), name, OBJECTIVES, taken) ? program.value() : null;
  }

  /** Tells whether {@code value} may be called so; one without a name is called as is usual. */
  private static boolean isCalled(
      Variable value, String name, Set<String> usual, Predicate<String> taken) {
    return isSame(name, value.name())
        || (usual.contains(name) && usual.contains(value.name()) && !taken.test(name));
  }

  /** Tells whether what is differentiated is the value of a layer, and not its loss. */
  boolean isValueOfLayer(Variable of) {
    return isLayer() && of != program.value();
  }

  /** Returns the names of the program's values. */
  String names() {
    return program.values().stream().map(Variable::name).collect(Collectors.joining(" and "));
  }

  static boolean isSame(String name, @Nullable String other) {
    return other != null && AsciiText.name(name).equals(AsciiText.name(other));
  }
}
