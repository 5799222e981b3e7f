package gradsmith.rules;

import gradsmith.expr.Apply;
import gradsmith.expr.Expr;
import gradsmith.expr.Fact;
import gradsmith.expr.Operator;
import gradsmith.expr.Operator.Primitive;
import gradsmith.expr.Property;
import gradsmith.expr.Variable;
import gradsmith.language.Program;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What one derivation may take to be true of its variables, and which of the things that were not
 * declared it has relied on.
 */
public final class Assumptions {

  private final Set<Variable> stochastic;
  private final Set<Variable> used = new LinkedHashSet<>();

  /** Allows each row of each of {@code stochastic} to be taken to sum to 1. */
  public Assumptions(Set<Variable> stochastic) {
    this.stochastic = stochastic;
  }

  /** Allows what {@code program} takes to be true in a derivative by {@code by}. */
  public static Assumptions of(Program program, Collection<Variable> by) {
    return new Assumptions(program.stochasticIn(by));
  }

  /** Returns the variables whose rows were taken to sum to 1 and were not declared so. */
  public Set<Variable> usedStochastic() {
    return used;
  }

  /** Tells whether {@code node} has {@code property}, as declared, as assumed or by what it is. */
  boolean holds(Expr node, Property property) {
    if (node instanceof Variable variable) {
      if (variable.has(property)) {
        return true;
      }
      if (property == Property.STOCHASTIC && stochastic.contains(variable)) {
        used.add(variable);
        return true;
      }
      return false;
    }
    if (!(node instanceof Apply apply)) {
      return false;
    }
    return switch (property) {
      case STOCHASTIC -> isCallWith(Fact.STOCHASTIC, apply);
      case POSITIVE -> isCallWith(Fact.POSITIVE, apply);
      case ORTHOGONAL ->
          apply.operator() == Primitive.TRANSPOSE && holds(apply.argument(0), property);
      case SYMMETRIC, SPD, DIAGONAL, ONEHOT, CONSTANT, INTEGER -> false;
    };
  }

  private static boolean isCallWith(Fact fact, Apply apply) {
    return apply.operator() instanceof Operator.Function function && function.symbol().has(fact);
  }
}
