package gradsmith.derive;

import gradsmith.expr.Property;
import gradsmith.expr.Variable;
import java.util.Collection;
import java.util.List;

/**
 * Something that a result relies on and that was not declared.
 *
 * @param variable what it is about
 * @param property what is taken to be true of it
 */
public record Assumption(Variable variable, Property property) {

  /** Returns for each of {@code variables} that its rows sum to 1. */
  public static List<Assumption> stochastic(Collection<Variable> variables) {
    return variables.stream()
        .map(variable -> new Assumption(variable, Property.STOCHASTIC))
        .toList();
  }

  /** Says it in words: {@code each row of Y sums to 1}. */
  public String sentence() {
    return switch (property) {
      case STOCHASTIC ->
          variable.shape().isVector() || variable.shape().isRow()
              ? variable.name() + " sums to 1"
              : "each row of " + variable.name() + " sums to 1";
      case ONEHOT -> "each row of " + variable.name() + " is one-hot";
      case SYMMETRIC, SPD, DIAGONAL, ORTHOGONAL, POSITIVE, CONSTANT, INTEGER ->
          variable.name() + " is " + property.word();
    };
  }
}
