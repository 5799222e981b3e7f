package gradsmith.expr;

import gradsmith.shape.Polynomial;
import gradsmith.shape.Shape;
import java.util.List;
import java.util.Set;

/** A name: a free variable, an assigned intermediate, a cotangent, or a hole of a rule. */
public final class Variable extends Expr {

  private final String name;
  private final int rank;
  private final Set<Property> properties;

  Variable(int id, String name, Shape shape, int rank, Set<Property> properties) {
    super(id, shape);
    this.name = name;
    this.rank = rank;
    this.properties = Set.copyOf(properties);
  }

  /** Returns the name, unique in its session. */
  public String name() {
    return name;
  }

  /**
   * Returns the number of axes as a user counts them: 0 for a scalar, 1 for a vector, 2 for a
   * matrix.
   */
  public int rank() {
    return rank;
  }

  /** Returns the lengths of those axes. */
  public List<Polynomial> axes() {
    return List.copyOf(shape().axes().subList(0, Math.min(rank, shape().axes().size())));
  }

  /** Returns what was declared or is assumed. */
  public Set<Property> properties() {
    return properties;
  }

  /** Tells whether the declared or assumed properties imply {@code property}. */
  public boolean has(Property property) {
    for (Property own : properties) {
      if (own.implies(property)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String toString() {
    return name;
  }
}
