package gradsmith.rules;

import gradsmith.algebra.Algebra;
import gradsmith.algebra.Identities;
import gradsmith.expr.Expr;
import gradsmith.expr.ExprSet;
import gradsmith.expr.Expressions;
import gradsmith.expr.FunctionSymbol;
import gradsmith.expr.Lambda;
import gradsmith.expr.Operator;
import gradsmith.expr.Variable;
import gradsmith.shape.Polynomial;
import gradsmith.shape.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a call of a function, and the cotangents of its arguments, look like in formulas: patterns
 * whose variables are holes.
 *
 * @param value the call, or what its definition says if it has no differential of its own
 * @param arguments the holes for the arguments
 * @param cotangent the hole for the cotangent of the value
 * @param adjoints the cotangents of the arguments that have one
 */
public record CallPattern(
    Expr value, List<Variable> arguments, Variable cotangent, Map<Variable, Expr> adjoints) {

  /** Copies the collections. */
  public CallPattern {
    arguments = List.copyOf(arguments);
    adjoints = Map.copyOf(adjoints);
  }

  /** The pattern for arguments with {@code leading} axes, and any lengths of rows and columns. */
  public static CallPattern of(
      FunctionSymbol function, List<List<Polynomial>> leading, FunctionRules rules) {
    Expressions session = new Expressions();
    Algebra algebra = new Algebra(session, Identities.NONE);
    List<Variable> holes = new ArrayList<>();
    ExprSet by = new ExprSet();
    List<Shape> shapes = new ArrayList<>();
    for (Variable parameter : rules.parameters(function)) {
      Shape one = parameter.shape();
      Shape shape = new Shape(leading.get(holes.size()), one.rows(), one.columns());
      shapes.add(shape);
      int rank = parameter.rank() + shape.leading().size();
      holes.add(session.variable(parameter.name(), shape, rank, parameter.properties()));
      if (parameter.rank() > 0) {
        by.add(holes.getLast());
      }
    }
    Lambda definition = rules.hasDifferential(function) ? null : rules.definition(function);
    Expr value =
        definition == null
            ? algebra.apply(new Operator.Function(function), List.copyOf(holes))
            : Instantiation.apply(definition, List.copyOf(holes), algebra);
    Shape shape = function.signature().resultShape(shapes);
    Variable cotangent = session.variable("G", shape, 2 + shape.leading().size(), Set.of());
    Pullback pullback = new Pullback(algebra, rules);
    Map<Variable, Expr> adjoints =
        pullback.pull(algebra.conform(value, shape), cotangent, by, (node, carried) -> carried);
    return new CallPattern(value, holes, cotangent, adjoints);
  }
}
