package gradsmith.verify;

import gradsmith.expr.Apply;
import gradsmith.expr.Binding;
import gradsmith.expr.Expr;
import gradsmith.expr.Expressions;
import gradsmith.expr.FunctionSymbol;
import gradsmith.expr.Graph;
import gradsmith.expr.Operator;
import gradsmith.expr.Operator.Primitive;
import gradsmith.expr.Rational;
import gradsmith.language.Program;
import gradsmith.rules.FunctionRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A program whose cross-entropies are taken of probabilities instead of logits. */
final class ProbabilityLoss {

  private ProbabilityLoss() {}

  /** Returns {@code program} with -sum(Y .* log(P)) for CE(P, Y); null if it has none. */
  static @Nullable Program of(Program program, FunctionRules functions) {
    FunctionSymbol crossEntropy = functions.symbol("CE", 2);
    Operator log = new Operator.Function(functions.symbol("log", 1));
    Expressions expressions = program.expressions();
    List<Binding> bindings = new ArrayList<>();
    Map<Expr, Expr> rebuilt = new HashMap<>();
    boolean found = false;
    for (Binding binding : program.bindings()) {
      for (Expr node : Graph.postOrder(binding.value())) {
        if (!(node instanceof Apply apply)) {
          rebuilt.put(node, node);
          continue;
        }
        List<Expr> arguments = new ArrayList<>();
        for (Expr argument : apply.arguments()) {
          arguments.add(Objects.requireNonNull(rebuilt.get(argument)));
        }
        if (apply.operator() instanceof Operator.Function function
            && function.symbol() == crossEntropy) {
          found = true;
          Expr logs = expressions.apply(log, List.of(arguments.get(0)));
          Expr entries = expressions.apply(Primitive.HADAMARD, List.of(arguments.get(1), logs));
          Expr total = expressions.apply(Primitive.TOTAL, List.of(entries));
          rebuilt.put(
              node, expressions.apply(new Operator.Scale(Rational.MINUS_ONE), List.of(total)));
        } else {
          rebuilt.put(node, expressions.apply(apply.operator(), arguments));
        }
      }
      bindings.add(
          new Binding(binding.variable(), Objects.requireNonNull(rebuilt.get(binding.value()))));
    }
    return found ? program.with(bindings) : null;
  }
}
