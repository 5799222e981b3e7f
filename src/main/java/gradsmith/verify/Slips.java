package gradsmith.verify;

import gradsmith.expr.Apply;
import gradsmith.expr.Expr;
import gradsmith.expr.Graph;
import gradsmith.expr.Operator.Primitive;
import gradsmith.language.Ast;
import gradsmith.render.FormulaPrinter;
import gradsmith.shape.Shape;
import gradsmith.source.Diagnostics;
import gradsmith.source.Source;
import gradsmith.verify.FactorEdits.Forgotten;
import gradsmith.verify.Suspect.Cause;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Slips of the pen: the formula is right with a change or two of a few characters. */
final class Slips {

  /** More changed formulas than this are not tried. */
  private static final int MOST_TRIALS = 4000;

  /** More factors of the right formula than this are not tried in the wrong one. */
  private static final int MOST_FACTORS = 32;

  private static final int LONGEST = 60;

  private final Suspect suspect;
  private final FunctionDerivatives derivatives;
  private int trials;

  private Slips(Suspect suspect) {
    this.suspect = suspect;
    derivatives = new FunctionDerivatives(suspect);
  }

  /** Returns the cause if one transpose is wrong. */
  static @Nullable Cause transpose(Suspect suspect) {
    Slips slips = new Slips(suspect);
    return slips.first(Edits.transposes(suspect.formula(), slips.derivatives));
  }

  /** Returns the cause if one change makes {@code suspect} right. */
  static @Nullable Cause one(Suspect suspect) {
    Slips slips = new Slips(suspect);
    List<Edit> edits = new ArrayList<>(slips.edits());
    edits.addAll(BracketEdits.of(suspect.formula()));
    edits.addAll(LengthEdits.of(suspect.formula(), suspect.program().dimensions()));
    edits.addAll(AxisEdits.of(suspect));
    edits.addAll(slips.multiplied(slips.factors()));
    return slips.first(edits);
  }

  /** Returns the cause if one sign is wrong. */
  static @Nullable Cause sign(Suspect suspect) {
    Slips slips = new Slips(suspect);
    return slips.first(Edits.signs(suspect.formula(), slips.derivatives));
  }

  /** Returns the cause if the derivative of a function in the program was forgotten. */
  static @Nullable Cause derivative(Suspect suspect) {
    Slips slips = new Slips(suspect);
    return slips.first(slips.multiplied(slips.derivatives.forgotten()));
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
    return Edits.of(suspect.formula(), derivatives);
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
                    + String.join(
                        ", and ", edits.stream().map(Edit::description).distinct().toList())),
            changed)
        : null;
  }

  /** Returns the factors of the right formula, which someone may have forgotten. */
  private List<Forgotten> factors() {
    Map<String, Forgotten> factors = new LinkedHashMap<>();
    derivatives.forgotten().forEach(factor -> factors.put(factor.text(), factor));
    for (Expr node : Graph.postOrder(suspect.shown())) {
      if (node instanceof Apply apply
          && (apply.operator() == Primitive.PRODUCT || apply.operator() == Primitive.HADAMARD)) {
        for (Expr factor : apply.arguments()) {
          boolean diagonal =
              factor instanceof Apply inner && inner.operator() == Primitive.DIAGONAL_MATRIX;
          String text =
              FormulaPrinter.typed().print(diagonal ? ((Apply) factor).argument(0) : factor);
          boolean sum = factor instanceof Apply inner && inner.operator() == Primitive.SUM;
          if (text.length() <= LONGEST && factors.size() < MOST_FACTORS) {
            String whole = sum ? "(" + text + ")" : text;
            factors.putIfAbsent(whole, new Forgotten(whole, ""));
          }
        }
      }
    }
    return List.copyOf(factors.values());
  }

  private List<Edit> multiplied(List<Forgotten> factors) {
    Map<String, Optional<Shape>> shapes = new HashMap<>();
    return FactorEdits.of(
        suspect.formula(),
        factors,
        (part, factor) -> {
          Optional<Shape> whole = shapes.computeIfAbsent(part, this::shape);
          return whole.isEmpty() || whole.equals(shapes.computeIfAbsent(factor, this::shape));
        });
  }

  /** Returns the shape of {@code text}; nothing if it has none, or any that it is used with. */
  private Optional<Shape> shape(String text) {
    Ast part = suspect.scope().parse(new Source("", text), new Diagnostics());
    return part == null || Edits.parts(part).stream().noneMatch(Ast.Name.class::isInstance)
        ? Optional.empty()
        : Optional.ofNullable(suspect.read(text)).map(Expr::shape);
  }
}
