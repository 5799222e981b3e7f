package gradsmith.verify;

import gradsmith.derive.Derivation;
import gradsmith.derive.Derivative;
import gradsmith.derive.Derivative.Kind;
import gradsmith.derive.Differentiator;
import gradsmith.derive.Request;
import gradsmith.expr.Apply;
import gradsmith.expr.Binding;
import gradsmith.expr.Expr;
import gradsmith.expr.Expressions;
import gradsmith.expr.Graph;
import gradsmith.expr.Operator;
import gradsmith.expr.Operator.Primitive;
import gradsmith.expr.Rational;
import gradsmith.language.Program;
import gradsmith.verify.Suspect.Cause;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A formula that is right for a loss of probabilities where the program's takes logits, or back.
 */
final class OtherLoss {

  /** What is often taken for something else. */
  private enum Confusion {
    LOGITS(
        "CE",
        "it is right for the loss NLL, which takes probabilities; CE takes logits, and has the"
            + " softmax in it"),
    PROBABILITIES(
        "log", "it is right for the loss CE, which takes logits; NLL takes probabilities"),
    BINARY_LOGITS(
        "softplus",
        "it is right for a binary cross-entropy of probabilities; BCE takes logits, and has the"
            + " sigmoid in it");

    private final String function;
    private final String finding;

    Confusion(String function, String finding) {
      this.function = function;
      this.finding = finding;
    }
  }

  private final Suspect suspect;
  private final Confusion confusion;
  private final Expressions expressions;

  private OtherLoss(Suspect suspect, Confusion confusion) {
    this.suspect = suspect;
    this.confusion = confusion;
    expressions = suspect.program().expressions();
  }

  /** Returns the cause if {@code suspect} is right for another loss. */
  static @Nullable Cause cause(Suspect suspect) {
    if (suspect.fitting() == null || suspect.kind() != Kind.GRADIENT) {
      return null;
    }
    for (Confusion confusion : Confusion.values()) {
      OtherLoss other = new OtherLoss(suspect, confusion);
      Program program = other.program();
      if (program != null && other.isRightFor(program)) {
        return new Cause(List.of(confusion.finding), null);
      }
    }
    return null;
  }

  private boolean isRightFor(Program program) {
    Derivation derivation =
        new Differentiator(suspect.functions(), suspect.identities())
            .derive(program, Request.gradients(suspect.by()));
    Scope names = new Scope(program, suspect.functions().library());
    names.bindAll(derivation);
    for (Derivative derivative : derivation.backprop()) {
      if (derivative.kind() == Kind.GRADIENT) {
        Expr right = names.inlined(derivative.formula());
        return Points.of(right, suspect.by(), List.of(), program, suspect.functions())
            .isRight(Objects.requireNonNull(suspect.claimed()));
      }
    }
    return false;
  }

  /** Returns the program with the other loss; null if it has none that could be taken for it. */
  private @Nullable Program program() {
    List<Expr> values = suspect.program().bindings().stream().map(Binding::value).toList();
    List<Expr> nodes = Graph.postOrder(values);
    Set<Expr> replaced = new HashSet<>();
    for (Expr node : nodes) {
      if (node instanceof Apply apply
          && apply.operator() instanceof Operator.Function function
          && function.symbol().name().equals(confusion.function)) {
        replaced.add(confusion == Confusion.BINARY_LOGITS ? apply.argument(0) : apply);
      }
    }
    if (replaced.isEmpty()) {
      return null;
    }
    Map<Expr, Expr> rebuilt = new HashMap<>();
    for (Expr node : nodes) {
      Expr same = node;
      List<Expr> arguments = new ArrayList<>();
      if (node instanceof Apply apply) {
        apply
            .arguments()
            .forEach(argument -> arguments.add(Objects.requireNonNull(rebuilt.get(argument))));
        same = expressions.apply(apply.operator(), arguments);
      }
      rebuilt.put(node, replaced.contains(node) ? other(same, arguments) : same);
    }
    List<Binding> bindings = new ArrayList<>();
    for (Binding binding : suspect.program().bindings()) {
      bindings.add(
          new Binding(binding.variable(), Objects.requireNonNull(rebuilt.get(binding.value()))));
    }
    return suspect.program().with(bindings);
  }

  private Expr other(Expr same, List<Expr> arguments) {
    return switch (confusion) {
      case LOGITS -> {
        Expr logs = apply("log", arguments.get(0));
        Expr entries = expressions.apply(Primitive.HADAMARD, arguments.get(1), logs);
        yield suspect.negative(expressions.apply(Primitive.TOTAL, entries));
      }
      case PROBABILITIES -> apply("logsoftmax", arguments.getFirst());
      case BINARY_LOGITS -> {
        Expr one = expressions.fill(Rational.ONE, same.shape());
        Expr rest = expressions.apply(Primitive.SUM, one, suspect.negative(same));
        yield expressions.apply(
            Primitive.SUM, apply("log", same), suspect.negative(apply("log", rest)));
      }
    };
  }

  private Expr apply(String function, Expr argument) {
    return expressions.apply(
        new Operator.Function(suspect.functions().symbol(function, 1)), argument);
  }
}
