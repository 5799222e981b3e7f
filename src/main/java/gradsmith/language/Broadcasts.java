package gradsmith.language;

import gradsmith.shape.Length;
import gradsmith.source.Diagnostic;
import gradsmith.source.Diagnostics;
import gradsmith.source.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The vectors beside matrices and rows of a program: each is read as a row or as a column when
 * everything else is known.
 */
final class Broadcasts {

  /** Argument {@code index} of {@code node}, which is a vector. */
  private record Bias(Proto node, int index, @Nullable CallSite site) {

    Proto vector() {
      return node.arguments.get(index);
    }
  }

  private final Shapes shapes;
  private final Diagnostics diagnostics;
  private final List<Bias> biases = new ArrayList<>();
  private final List<Diagnostic> crossings = new ArrayList<>();

  Broadcasts(Shapes shapes, Diagnostics diagnostics) {
    this.shapes = shapes;
    this.diagnostics = diagnostics;
  }

  /** Adds argument {@code index} of {@code node}, read at {@code site}. */
  void addVector(Proto node, int index, @Nullable CallSite site) {
    biases.add(new Bias(node, index, site));
  }

  /** Adds a column and a transposed vector that fill a matrix together. */
  void addCrossing(Proto column, Proto row, Span span) {
    crossings.add(
        Diagnostic.note(
            span,
            "the column "
                + Shapes.text(column)
                + " and the row "
                + Shapes.text(row)
                + " are repeated, and fill a matrix together",
            "two vectors of one length are combined entry by entry without the transpose"));
  }

  /** Decides for each vector whether it is a row or a column. */
  void decide() {
    for (Bias bias : biases) {
      shapes.readAt(bias.site);
      decide(bias);
    }
    shapes.readAt(null);
    crossings.forEach(diagnostics::add);
  }

  private void decide(Bias bias) {
    Length length = bias.vector().rows;
    boolean fitsColumns = length.same(bias.node.columns);
    if (length.same(bias.node.rows)) {
      if (fitsColumns) {
        shapes.misfit(shapes.messages.rowOrColumn(bias.vector(), bias.node));
      }
    } else if (fitsColumns || fitsEachRow(bias)) {
      bias.node.readAsRow(bias.index);
      noteRow(bias);
    } else if (!fitsEachColumn(bias)) {
      shapes.misfit(
          shapes.messages.mismatch("combine", bias.node.span, bias.vector(), bias.node, null));
    }
  }

  private void noteRow(Bias bias) {
    CallSite site = bias.site;
    boolean inBody = site != null;
    Span span = site == null ? bias.vector().span : site.call().span();
    String name = inBody ? "a vector in " + Shapes.text(span) : Shapes.text(span);
    String row = name + " is read as a row";
    boolean repeated = !bias.node.rows.isOne() && !inBody;
    diagnostics.add(
        Diagnostic.note(span, repeated ? row + " that is repeated, 1 " + name + "'" : row, null));
  }

  private static boolean fitsEachRow(Bias bias) {
    return bias.vector()
        .rows
        .unify(bias.node.columns, "`" + Shapes.text(bias.node.span) + "` adds it to each row");
  }

  private static boolean fitsEachColumn(Bias bias) {
    return bias.vector()
        .rows
        .unify(bias.node.rows, "`" + Shapes.text(bias.node.span) + "` adds it to each column");
  }
}
