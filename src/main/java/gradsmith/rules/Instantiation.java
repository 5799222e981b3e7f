package gradsmith.rules;

import gradsmith.algebra.Algebra;
import gradsmith.expr.Apply;
import gradsmith.expr.Constant;
import gradsmith.expr.Expr;
import gradsmith.expr.ExprMap;
import gradsmith.expr.Expressions;
import gradsmith.expr.Graph;
import gradsmith.expr.Lambda;
import gradsmith.expr.Operator;
import gradsmith.expr.Variable;
import gradsmith.shape.Polynomial;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;

/**
 * Rebuilds an expression in normal form with other values for its variables and lengths for its
 * named dimensions.
 */
public final class Instantiation {

  private final Expressions expressions;
  private final BiFunction<Operator, List<Expr>, Expr> constructor;
  private final boolean normal;
  private final ExprMap<Expr> values = new ExprMap<>();
  private final Map<String, Polynomial> lengths = new HashMap<>();
  private final ExprMap<Expr> built = new ExprMap<>();

  /**
   * Builds with {@code algebra}; variables without a value and dimensions without a length stay.
   */
  public Instantiation(Algebra algebra) {
    this(algebra, false);
  }

  private Instantiation(Algebra algebra, boolean normal) {
    this(algebra.expressions(), algebra::apply, normal);
  }

  private Instantiation(
      Expressions expressions, BiFunction<Operator, List<Expr>, Expr> constructor, boolean normal) {
    this.expressions = expressions;
    this.constructor = constructor;
    this.normal = normal;
  }

  /** Rebuilds expressions as they are, in no normal form. */
  public static Instantiation plain(Expressions expressions) {
    return new Instantiation(expressions, expressions::apply, false);
  }

  /**
   * Rebuilds expressions that {@code algebra} has built itself: what has no variable with a value
   * stays as it is.
   */
  public static Instantiation ofNormalForms(Algebra algebra) {
    return new Instantiation(algebra, true);
  }

  /** Returns {@code lambda} applied to {@code arguments}, whose leading axes may be any. */
  public static Expr apply(Lambda lambda, List<Expr> arguments, Algebra algebra) {
    Instantiation instantiation = new Instantiation(algebra);
    for (int i = 0; i < arguments.size(); i++) {
      instantiation.bind(lambda.parameters().get(i), arguments.get(i));
    }
    return instantiation.build(lambda.body());
  }

  /** Gives {@code hole} a value, and the names of its dimensions their lengths. */
  public void bind(Variable hole, Expr value) {
    values.put(hole, value);
    bind(hole.shape().rows(), value.shape().rows());
    bind(hole.shape().columns(), value.shape().columns());
  }

  /** Puts {@code other} wherever {@code node} stands. */
  public void replace(Expr node, Expr other) {
    built.putIfAbsent(node, other);
  }

  private void bind(Polynomial schematic, Polynomial length) {
    String name = schematic.name();
    if (name != null) {
      lengths.put(name, length);
    }
  }

  /** Returns the length that {@code schematic} stands for. */
  private Polynomial length(Polynomial schematic) {
    return lengths.isEmpty() ? schematic : schematic.with(lengths::get);
  }

  /** Returns {@code expression} rebuilt. */
  public Expr build(Expr expression) {
    for (Expr node : Graph.postOrder(expression, built::containsKey)) {
      built.put(node, rebuild(node));
    }
    return Objects.requireNonNull(built.get(expression));
  }

  private Expr rebuild(Expr node) {
    return switch (node) {
      case Variable variable -> values.getOrDefault(variable, variable);
      case Constant constant -> expressions.constant(constant.value(), this::length, constructor);
      case Apply apply -> {
        List<Expr> arguments = new ArrayList<>(apply.arguments().size());
        boolean changed = !normal;
        for (Expr argument : apply.arguments()) {
          Expr made = built.get(argument);
          changed |= made != argument;
          arguments.add(made);
        }
        yield changed ? constructor.apply(rebuild(apply.operator()), arguments) : apply;
      }
    };
  }

  private Operator rebuild(Operator operator) {
    if (operator instanceof Operator.Unvec unvec) {
      return new Operator.Unvec(length(unvec.rows()), length(unvec.columns()));
    }
    if (operator instanceof Operator.BlockContraction block) {
      return new Operator.BlockContraction(
          block.inner(), length(block.rows()), length(block.columns()));
    }
    return operator;
  }
}
