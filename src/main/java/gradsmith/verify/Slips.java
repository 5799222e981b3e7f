package gradsmith.verify;

import gradsmith.expr.Apply;
import gradsmith.expr.Binding;
import gradsmith.expr.Expr;
import gradsmith.expr.Graph;
import gradsmith.expr.Operator;
import gradsmith.expr.Operator.Primitive;
import gradsmith.language.Library;
import gradsmith.render.FormulaPrinter;
import gradsmith.shape.Signature;
import gradsmith.verify.Suspect.Cause;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Slips of the pen: the formula is right with a change or two of a few characters. */
final class Slips {

  /** More changed formulas than this are not tried. */
  private static final int MOST_TRIALS = 4000;

  /** More factors of the right formula than this are not tried in the wrong one. */
  private static final int MOST_FACTORS = 16;

  private static final int LONGEST = 60;

  private final Suspect suspect;
  private int trials;

  private Slips(Suspect suspect) {
    this.suspect = suspect;
  }

  /** Returns the cause if one transpose is wrong. */
  static @Nullable Cause transpose(Suspect suspect) {
    return new Slips(suspect).first(Edits.transposes(suspect.formula()));
  }

  /** Returns the cause if one change makes {@code suspect} right. */
  static @Nullable Cause one(Suspect suspect) {
    Slips slips = new Slips(suspect);
    Cause cause = slips.first(slips.edits());
    return cause != null ? cause : slips.first(Edits.factors(suspect.formula(), slips.factors()));
  }

  /** Returns the cause if two changes make {@code suspect} right. */
  static @Nullable Cause two(Suspect suspect) {
    Slips slips = new Slips(suspect);
    List<Edit> edits = slips.edits();
    for (int i = 0; i < edits.size(); i++) {
      for (Edit second : edits.subList(i + 1, edits.size())) {
        Edit first = edits.get(i);
        if (!first.overlaps(second)) {
          Cause cause = slips.tried(List.of(first, second));
          if (cause != null) {
            return cause;
          }
        }
      }
    }
    return null;
  }

  private List<Edit> edits() {
    return Edits.of(suspect.formula(), this::derivative);
  }

  private @Nullable Cause first(List<Edit> edits) {
    for (Edit edit : edits) {
      Cause cause = tried(List.of(edit));
      if (cause != null) {
        return cause;
      }
    }
    return null;
  }

  private @Nullable Cause tried(List<Edit> edits) {
    if (trials++ >= MOST_TRIALS) {
      return null;
    }
    String changed = suspect.text();
    List<Edit> fromRight = new ArrayList<>(edits);
    fromRight.sort((a, b) -> b.start() - a.start());
    for (Edit edit : fromRight) {
      changed = edit.apply(changed);
    }
    return suspect.isRight(changed)
        ? new Cause(
            List.of(
                "it is right with "
                    + String.join(", and ", edits.stream().map(Edit::description).toList())),
            changed)
        : null;
  }

  /** Returns what someone may have forgotten to multiply by: derivatives of functions, factors. */
  private Set<String> factors() {
    Set<String> factors = new LinkedHashSet<>();
    List<Expr> values = suspect.program().bindings().stream().map(Binding::value).toList();
    for (Expr node : Graph.postOrder(values)) {
      if (node instanceof Apply apply
          && apply.operator() instanceof Operator.Function function
          && factors.size() < MOST_FACTORS) {
        String derivative = derivative(function.symbol().name());
        String argument = FormulaPrinter.typed().print(apply.argument(0));
        if (derivative != null && argument.length() <= LONGEST) {
          factors.add("(" + Edits.substituted(derivative, argument) + ")");
        }
      }
    }
    for (Expr node : Graph.postOrder(suspect.shown())) {
      if (node instanceof Apply apply
          && (apply.operator() == Primitive.PRODUCT || apply.operator() == Primitive.HADAMARD)) {
        for (Expr factor : apply.arguments()) {
          boolean diagonal =
              factor instanceof Apply inner && inner.operator() == Primitive.DIAGONAL_MATRIX;
          String text =
              FormulaPrinter.typed().print(diagonal ? ((Apply) factor).argument(0) : factor);
          boolean sum = factor instanceof Apply inner && inner.operator() == Primitive.SUM;
          if (text.length() <= LONGEST && factors.size() < 2 * MOST_FACTORS) {
            factors.add(sum ? "(" + text + ")" : text);
          }
        }
      }
    }
    return factors;
  }

  /** Returns the derivative of an elementwise function, in its argument {@code A}; null if none. */
  private @Nullable String derivative(String function) {
    Library.Entry entry = suspect.functions().library().entry(function, 1);
    if (entry == null
        || entry.symbol() == null
        || entry.differential() == null
        || entry.symbol().signature().kind() != Signature.Kind.ELEMENTWISE) {
      return null;
    }
    String differential = entry.differential().value().span().text();
    String tangent = " .* d" + entry.parameters().getFirst();
    return differential.endsWith(tangent)
        ? differential.substring(0, differential.length() - tangent.length())
        : null;
  }
}
