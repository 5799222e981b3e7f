package gradsmith.language;

import gradsmith.source.Diagnostic;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * How far calls of definitions are written out: a few lines in which each calls the one before
 * twice stand for more than any memory holds.
 */
final class Expansion {

  /** What each typed call may become without a claim on {@link Limits#EXPANSION}. */
  private static final int FREE = 200;

  private int left = Limits.EXPANSION;
  private int nodesBefore;
  private int calls;
  private final AtomicBoolean refused;

  Expansion() {
    this(new AtomicBoolean());
  }

  private Expansion(AtomicBoolean refused) {
    this.refused = refused;
  }

  /** Returns another for the same program, which says only once that there is too much. */
  Expansion another() {
    return new Expansion(refused);
  }

  /**
   * Begins to write out {@code call}, {@code depth} operations deep, where there are {@code nodes}
   * already; returns what there is to say if that is too much.
   */
  @Nullable Diagnostic begin(Ast.Call call, int depth, int nodes) {
    if (calls == 0) {
      nodesBefore = nodes;
    }
    boolean deep = depth > Limits.EXPANSION_DEPTH;
    if (!deep && nodes - nodesBefore <= left) {
      calls++;
      return null;
    }
    refused.set(true);
    return deep
        ? Diagnostic.error(
            call.nameSpan(),
            "this call is more than " + Limits.EXPANSION_DEPTH + " operations deep, written out",
            "assign an inner part to a name: H = …, then use H")
        : Diagnostic.error(
            call.nameSpan(),
            "calls of definitions stand for more than " + Limits.EXPANSION + " operations",
            "each call is replaced by the body of the definition; call "
                + call.name()
                + " less often");
  }

  /** Ends what was begun last. */
  void end(int nodes) {
    calls--;
    if (calls == 0) {
      left -= Math.max(0, nodes - nodesBefore - FREE);
    }
  }

  /** Tells whether anything was too much: it was reported, and nothing is written out any more. */
  boolean isRefused() {
    return refused.get();
  }
}
