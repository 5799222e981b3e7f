package gradsmith.expr;

import gradsmith.shape.Shape;
import java.util.List;

/** An operator applied to arguments. */
public final class Apply extends Expr {

  private final Operator operator;
  private final List<Expr> arguments;

  Apply(int id, Operator operator, List<Expr> arguments, Shape shape) {
    super(id, shape);
    this.operator = operator;
    this.arguments = arguments;
  }

  /** Returns the operator. */
  public Operator operator() {
    return operator;
  }

  /** Returns the arguments, unmodifiable. */
  public List<Expr> arguments() {
    return arguments;
  }

  /** Returns the argument at {@code index}. */
  public Expr argument(int index) {
    return arguments.get(index);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(operator.toString()).append('(');
    for (int i = 0; i < arguments.size(); i++) {
      Expr argument = arguments.get(i);
      text.append(i == 0 ? "" : ", ")
          .append(argument instanceof Apply ? "#" + argument.id() : argument.toString());
    }
    return text.append(')').toString();
  }
}
