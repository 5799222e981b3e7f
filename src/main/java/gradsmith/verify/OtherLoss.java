package gradsmith.verify;

import gradsmith.derive.Assumption;
import gradsmith.derive.Derivation;
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
import gradsmith.expr.Property;
import gradsmith.expr.Rational;
import gradsmith.expr.Variable;
import gradsmith.language.Program;
import gradsmith.render.FormulaPrinter;
import gradsmith.verify.Suspect.Cause;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A formula that is right for another program: one without a function of what is taken for its
 * value already, as logits for probabilities, or with one that this program has not.
 */
final class OtherLoss {

  private static final int MOST_FUNCTIONS = 12;

  private static final int LONGEST = 40;

  /** Changes a part of the program that has other arguments already; null if it stays. */
  private interface Change extends BiFunction<Expr, List<Expr>, @Nullable Expr> {}

  private final Suspect suspect;
  private final Expressions expressions;
  private final List<Expr> nodes;

  private OtherLoss(Suspect suspect) {
    this.suspect = suspect;
    expressions = suspect.program().expressions();
    nodes = Graph.postOrder(suspect.program().bindings().stream().map(Binding::value).toList());
  }

  /** Returns the cause if {@code suspect} is right for another loss. */
  static @Nullable Cause cause(Suspect suspect) {
    return suspect.fitting() == null || suspect.kind() != Kind.GRADIENT
        ? null
        : new OtherLoss(suspect).cause();
  }

  private @Nullable Cause cause() {
    Set<String> functions = functions();
    // The losses first: where a program squashes twice, theirs is the one too many.
    for (String function : functions) {
      Cause cause = withoutSquashing(function);
      if (cause != null) {
        return cause;
      }
    }
    for (String function : functions) {
      Cause cause = without(function);
      if (cause != null) {
        return cause;
      }
    }
    return functions.contains("log") ? ofLogits() : null;
  }

  private Set<String> functions() {
    Set<String> functions = new LinkedHashSet<>();
    for (Expr node : nodes) {
      String function = function(node);
      if (function != null && functions.size() < MOST_FUNCTIONS) {
        functions.add(function);
      }
    }
    return functions;
  }

  /** Takes probabilities where the loss takes logits, and has what makes probabilities in it. */
  private @Nullable Cause withoutSquashing(String function) {
    return switch (function) {
      case "CE", "logsoftmax" ->
          cause(
              "it is right for the loss NLL, which takes probabilities; here %s is logits, and the"
                  + " loss has the softmax in it",
              argument(function),
              (node, arguments) -> {
                if (!function.equals(function(node))) {
                  return null;
                }
                Expr logarithms = call("log", arguments.getFirst());
                return function.equals("CE")
                    ? suspect.negative(
                        expressions.apply(
                            Primitive.TOTAL,
                            expressions.apply(Primitive.HADAMARD, arguments.get(1), logarithms)))
                    : logarithms;
              });
      case "softplus" -> {
        // Of probabilities p, the logits are log(p) - log(1 - p), and their softplus is -log(1 -
        // p).
        Expr logits = argument(function);
        Expr rest =
            suspect.negative(
                call("log", suspect.sum(List.of(one(logits), suspect.negative(logits)))));
        yield cause(
            "it is right for a binary cross-entropy of probabilities; here %s is logits, and the"
                + " loss has the sigmoid in it",
            logits,
            (node, arguments) ->
                node == logits
                    ? suspect.sum(List.of(call("log", logits), rest))
                    : function.equals(function(node)) && ((Apply) node).argument(0) == logits
                        ? rest
                        : null);
      }
      default -> null;
    };
  }

  /** Takes what {@code function} is of for its value. */
  private @Nullable Cause without(String function) {
    Expr argument = argument(function);
    if (suspect.functions().library().entry(function, 1) == null) {
      return null;
    }
    boolean probabilities = Edits.PROBABILITIES.contains(function);
    return cause(
        "it is right for a program without "
            + function
            + (probabilities ? ": %s is taken for probabilities" : ", with %s in its place"),
        argument,
        (node, arguments) ->
            function.equals(function(node)) && arguments.getFirst().shape().equals(node.shape())
                ? arguments.getFirst()
                : null);
  }

  /** Takes logits where the loss takes probabilities. */
  private @Nullable Cause ofLogits() {
    Set<Expr> probabilities = new LinkedHashSet<>();
    for (Expr node : nodes) {
      if ("log".equals(function(node))) {
        Expr argument = ((Apply) node).argument(0);
        if (!(argument instanceof Apply apply && apply.operator() == Primitive.SUM)) {
          probabilities.add(argument);
        }
      }
    }
    Expr first = probabilities.isEmpty() ? null : probabilities.iterator().next();
    if (first == null) {
      return null;
    }
    Cause classes =
        cause(
            "it is right for the loss CE, which takes logits; here %s is probabilities",
            first,
            (node, arguments) ->
                "log".equals(function(node)) ? call("logsoftmax", arguments.getFirst()) : null);
    return classes != null
        ? classes
        : cause(
            "it is right for a binary cross-entropy of logits; here %s is probabilities",
            first,
            (node, arguments) ->
                probabilities.contains(node) ? call("sigmoid", rebuilt(node, arguments)) : null);
  }

  private @Nullable Cause cause(String finding, Expr subject, Change change) {
    Expr other = gradient(changed(change));
    Expr claimed = Objects.requireNonNull(suspect.claimed());
    // At the points of this program: those of the other one may all be outside its domain.
    String condition = suspect.points().agree(claimed, other) ? "" : classes(claimed, other);
    String words = FormulaPrinter.ascii().print(subject);
    return condition == null
        ? null
        : new Cause(
            List.of(
                finding.formatted(words.length() <= LONGEST ? words : "what it is of") + condition),
            null);
  }

  /** Returns for which inputs they agree if the rows of one sum to 1, as those of classes do. */
  private @Nullable String classes(Expr claimed, Expr other) {
    for (Variable parameter : suspect.program().parameters()) {
      if (Conditions.canHave(parameter, Property.STOCHASTIC, suspect.by())
          && suspect.pointsWith(Map.of(parameter, Property.STOCHASTIC)).agree(claimed, other)) {
        return ", if " + new Assumption(parameter, Property.STOCHASTIC).sentence();
      }
    }
    return null;
  }

  private Expr gradient(Program program) {
    Derivation derivation =
        new Differentiator(suspect.functions(), suspect.identities())
            .derive(program, Request.gradients(suspect.by()));
    Scope names = new Scope(program, suspect.functions().library());
    names.bindAll(derivation);
    return names.inlined(derivation.backprop().getFirst().formula());
  }

  private Program changed(Change change) {
    Map<Expr, Expr> changed = new HashMap<>();
    for (Expr node : nodes) {
      List<Expr> arguments = new ArrayList<>();
      if (node instanceof Apply apply) {
        apply
            .arguments()
            .forEach(argument -> arguments.add(Objects.requireNonNull(changed.get(argument))));
      }
      Expr other = change.apply(node, arguments);
      changed.put(node, other == null ? rebuilt(node, arguments) : other);
    }
    List<Binding> bindings = new ArrayList<>();
    for (Binding binding : suspect.program().bindings()) {
      bindings.add(
          new Binding(binding.variable(), Objects.requireNonNull(changed.get(binding.value()))));
    }
    return suspect.program().with(bindings);
  }

  private Expr rebuilt(Expr node, List<Expr> arguments) {
    return node instanceof Apply apply ? expressions.apply(apply.operator(), arguments) : node;
  }

  /** Returns the first argument of the first call of {@code function}. */
  private Expr argument(String function) {
    for (Expr node : nodes) {
      if (function.equals(function(node))) {
        return ((Apply) node).argument(0);
      }
    }
    throw new IllegalArgumentException(function);
  }

  private static @Nullable String function(Expr node) {
    return node instanceof Apply apply && apply.operator() instanceof Operator.Function function
        ? function.symbol().name()
        : null;
  }

  private Expr call(String function, Expr argument) {
    return expressions.apply(
        new Operator.Function(suspect.functions().symbol(function, 1)), argument);
  }

  private Expr one(Expr like) {
    return expressions.fill(Rational.ONE, like.shape());
  }
}
