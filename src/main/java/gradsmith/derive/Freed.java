package gradsmith.derive;

import gradsmith.algebra.Algebra;
import gradsmith.expr.Expressions;
import gradsmith.expr.Property;
import gradsmith.expr.Variable;
import gradsmith.rules.Instantiation;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Variables to differentiate by, freed of what is known of their structure: a derivative treats the
 * entries of a matrix as independent, also where A' = A. While a program is differentiated, a free
 * variable stands for each such one; the formulas that result may use the structure again.
 */
final class Freed {

  /** What leaves every entry independent of the others. */
  private static final Set<Property> LOCAL =
      EnumSet.of(Property.POSITIVE, Property.CONSTANT, Property.INTEGER);

  private final List<Variable> by;
  private final Map<Variable, Variable> free = new LinkedHashMap<>();

  Freed(Expressions expressions, List<Variable> by) {
    this.by = by;
    for (Variable variable : by) {
      if (!LOCAL.containsAll(variable.properties())) {
        Set<Property> local = EnumSet.noneOf(Property.class);
        for (Property property : variable.properties()) {
          if (LOCAL.contains(property)) {
            local.add(property);
          }
        }
        String name = variable.name();
        do {
          name = "\u2202" + name; // no name that a program can have; another derivation may
        } while (expressions.variable(name) != null);
        free.put(variable, expressions.variable(name, variable.shape(), variable.rank(), local));
      }
    }
  }

  /** Tells whether no variable has a structure. */
  boolean isEmpty() {
    return free.isEmpty();
  }

  /** Returns what stands for the variables, in their order. */
  List<Variable> variables() {
    List<Variable> result = new ArrayList<>();
    for (Variable variable : by) {
      result.add(of(variable));
    }
    return result;
  }

  /** Returns what stands for {@code variable}. */
  Variable of(Variable variable) {
    return free.getOrDefault(variable, variable);
  }

  /** Returns what replaces each variable by its free one. */
  Instantiation free(Algebra algebra) {
    Instantiation instantiation = new Instantiation(algebra);
    free.forEach(instantiation::bind);
    return instantiation;
  }

  /** Returns what replaces each free variable by its own. */
  Instantiation bound(Algebra algebra) {
    Instantiation instantiation = Instantiation.ofNormalForms(algebra);
    free.forEach((variable, freed) -> instantiation.bind(freed, variable));
    return instantiation;
  }
}
