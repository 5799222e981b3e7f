package gradsmith.derive;

import gradsmith.expr.Expr;
import gradsmith.expr.Variable;

/**
 * A part of the derivatives that got a name while it was carried through the program.
 *
 * @param name stands for it in the parts that depend on it
 * @param value the part in terms of earlier ones
 * @param of what it belongs to: a node of the forward pass, an assigned name, or the name of
 *     another part
 * @param role what it is of that
 */
record Intermediate(Variable name, Expr value, Expr of, Role role) {

  /** What a part is of what it belongs to, and how its name begins. */
  enum Role {
    /** The gradient of the value by it. */
    COTANGENT("d"),
    /** What some of its uses contribute to that gradient. */
    CONTRIBUTION(""),
    /** Its differential. */
    DIFFERENTIAL("δ"),
    /** Its derivative along a direction. */
    TANGENT("v_"),
    /** Its Jacobian. */
    JACOBIAN("J_");

    private final String prefix;

    Role(String prefix) {
      this.prefix = prefix;
    }

    String prefix() {
      return prefix;
    }
  }

  /** Returns this part in another role. */
  Intermediate as(Role other) {
    return new Intermediate(name, value, of, other);
  }
}
