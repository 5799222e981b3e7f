package gradsmith.expr;

/**
 * {@code variable = value}: a name for an intermediate value.
 *
 * @param variable the name
 * @param value what it stands for; earlier names stand in it as variables
 */
public record Binding(Variable variable, Expr value) {}
