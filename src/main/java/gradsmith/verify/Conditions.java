package gradsmith.verify;

import gradsmith.derive.Assumption;
import gradsmith.expr.Expr;
import gradsmith.expr.Property;
import gradsmith.expr.Variable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What would have to be true of the inputs for a formula to be right. */
final class Conditions {

  /** The weaker before the stronger. */
  private static final List<Property> PROPERTIES =
      List.of(
          Property.SYMMETRIC,
          Property.POSITIVE,
          Property.STOCHASTIC,
          Property.ORTHOGONAL,
          Property.SPD,
          Property.DIAGONAL,
          Property.ONEHOT);

  private Conditions() {}

  /** Returns what was not declared and makes {@code suspect} right; empty if nothing does. */
  static List<Assumption> of(Suspect suspect) {
    if (suspect.fitting() == null || !suspect.hasFewNames() || suspect.points().isEmpty()) {
      return List.of();
    }
    for (Property property : PROPERTIES) {
      Map<Variable, Property> all = new HashMap<>();
      for (Variable parameter : suspect.program().parameters()) {
        boolean given = !suspect.program().inputs().contains(parameter);
        if (given && property != Property.SYMMETRIC) {
          continue; // a cotangent is what comes, and no more can be asked of it
        }
        if (canHave(parameter, property, suspect.by())) {
          all.put(parameter, property);
          if (isRight(suspect, Map.of(parameter, property))) {
            return List.of(new Assumption(parameter, property));
          }
        }
      }
      // Of several inputs only symmetry is a usual thing to take for granted.
      if (property == Property.SYMMETRIC && all.size() > 1 && isRight(suspect, all)) {
        return suspect.program().parameters().stream()
            .filter(all::containsKey)
            .map(parameter -> new Assumption(parameter, property))
            .toList();
      }
    }
    return List.of();
  }

  /** Tells whether {@code property} would be news of {@code parameter}. */
  static boolean canHave(Variable parameter, Property property, List<Variable> by) {
    boolean square = parameter.shape().rows().equals(parameter.shape().columns());
    boolean has = parameter.properties().stream().anyMatch(each -> each.implies(property));
    return !has
        && !parameter.has(Property.INTEGER)
        && switch (property) {
          case SYMMETRIC, SPD, DIAGONAL, ORTHOGONAL -> square && !parameter.shape().isScalar();
          // What varies freely leaves such sets at once.
          case STOCHASTIC, ONEHOT -> !parameter.shape().isScalar() && !by.contains(parameter);
          case POSITIVE -> true;
          case CONSTANT, INTEGER -> false;
        };
  }

  private static boolean isRight(Suspect suspect, Map<Variable, Property> properties) {
    Expr claimed = suspect.claimed();
    Points special = suspect.pointsWith(properties);
    return claimed != null && !special.isEmpty() && special.isRight(claimed);
  }
}
