package gradsmith.language;

import gradsmith.shape.Length;
import gradsmith.shape.Polynomial;
import gradsmith.source.Diagnostic;
import gradsmith.source.Diagnostics;
import gradsmith.source.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes proto-nodes and states what their operators demand of the shapes of their arguments. */
final class Shapes {

  /** What is applied to what. */
  private record Meaning(Proto.Form form, List<Proto> arguments) {}

  private final Diagnostics diagnostics;
  private final Diagnostics misfits;
  final ShapeMessages messages;
  final List<Proto> nodes = new ArrayList<>();
  private final Map<Meaning, Proto> firsts = new HashMap<>();
  final Broadcasts broadcasts;
  private @Nullable CallSite site;

  Shapes(Diagnostics diagnostics, ShapeMessages messages) {
    this(diagnostics, diagnostics, messages);
  }

  /** Reports what is wrong only because of the shapes that names have to {@code misfits}. */
  Shapes(Diagnostics diagnostics, Diagnostics misfits, ShapeMessages messages) {
    this.diagnostics = diagnostics;
    this.misfits = misfits;
    this.messages = messages;
    broadcasts = new Broadcasts(this, diagnostics);
  }

  static Length one() {
    return Length.of(Polynomial.ONE, null);
  }

  Proto node(
      Proto.Form form,
      List<Proto> arguments,
      List<Length> leading,
      Length rows,
      Length columns,
      boolean vector,
      Span span) {
    List<Proto> copy = List.copyOf(arguments);
    Meaning meaning = meaning(form, copy);
    Proto first =
        form instanceof Proto.Form.Alias
            ? copy.getFirst().first
            : meaning == null ? null : firsts.get(meaning);
    Proto made = new Proto(nodes.size(), form, copy, leading, rows, columns, vector, span, first);
    nodes.add(made);
    if (meaning != null && first == null) {
      firsts.put(meaning, made);
    }
    return made;
  }

  /** Returns what a node means if its form and arguments say it all, its lengths too; else null. */
  private static @Nullable Meaning meaning(Proto.Form form, List<Proto> arguments) {
    return switch (form) {
      case Proto.Form.Alias alias -> null;
      case Proto.Form.Identity identity -> null;
      case Proto.Form.Fill fill -> null;
      case Proto.Form.Rearranged rearranged -> null;
      case Proto.Form.Reported reported -> null;
      default -> {
        List<Proto> firsts = new ArrayList<>(arguments.size());
        for (Proto argument : arguments) {
          firsts.add(argument.first);
        }
        yield new Meaning(form, firsts);
      }
    };
  }

  Proto scalar(Proto.Form form, List<Proto> arguments, Span span) {
    return node(form, arguments, List.of(), one(), one(), false, span);
  }

  /** A node with the shape of {@code like}. */
  Proto same(Proto.Form form, List<Proto> arguments, Proto like, Span span) {
    Proto made = node(form, arguments, like.leading, like.rows, like.columns, like.vector, span);
    return transposedLike(made, like);
  }

  private static Proto transposedLike(Proto made, Proto like) {
    if (like.isTransposedVector()) {
      made.setTransposedVector();
    }
    return made;
  }

  /** A node that means the same as {@code proto}, for messages that show {@code span}. */
  Proto alias(Proto proto, Span span) {
    return same(new Proto.Form.Alias(), List.of(proto), proto, span);
  }

  Proto error(Span span) {
    return node(
        new Proto.Form.Reported(), List.of(), List.of(), Length.free(), Length.free(), false, span);
  }

  Proto error(Diagnostic diagnostic) {
    diagnostics.add(outside(diagnostic));
    return error(diagnostic.span());
  }

  /** From now on what is wrong is told at {@code call}, or at its own place for null. */
  void readAt(@Nullable CallSite call) {
    site = call;
  }

  private Diagnostic outside(Diagnostic diagnostic) {
    return site == null || diagnostic.span().source() == site.call().span().source()
        ? diagnostic
        : site.outside(diagnostic, messages);
  }

  /** Reports what would be right with other shapes. */
  Proto misfit(Diagnostic diagnostic) {
    misfits.add(outside(diagnostic));
    return error(diagnostic.span());
  }

  static boolean anyError(List<Proto> nodes) {
    for (Proto node : nodes) {
      if (node.isError()) {
        return true;
      }
    }
    return false;
  }

  Proto transpose(Proto operand, Span span) {
    if (operand.isError()) {
      return operand;
    }
    Proto made =
        node(
            new Proto.Form.Transpose(),
            List.of(operand),
            operand.leading,
            operand.columns,
            operand.rows,
            operand.vector,
            span);
    if (operand.isVector()) {
      made.setTransposedVector();
    }
    return made;
  }

  /** The matrix product, or scaling. */
  Proto times(Proto left, Proto right, Span operator, Span span) {
    if (anyError(List.of(left, right))) {
      return error(span);
    }
    List<Length> leading = leading(left, right, "multiply", operator);
    if (leading == null) {
      return error(span);
    }
    if (left.isScalarMatrix() || right.isScalarMatrix()) {
      Proto like = left.isScalarMatrix() ? right : left;
      Proto scaled =
          node(
              new Proto.Form.Product(),
              List.of(left, right),
              leading,
              like.rows,
              like.columns,
              like.vector,
              span);
      return transposedLike(scaled, like);
    }
    if (!left.columns.unify(
        right.rows,
        "the columns of "
            + text(left)
            + " match the rows of "
            + text(right)
            + " in `"
            + text(span)
            + "`")) {
      return misfit(messages.mismatch("multiply", operator, left, right, remedy(left, right)));
    }
    boolean vector = right.columns.isOne() && right.vector || left.rows.isOne() && left.vector;
    return node(
        new Proto.Form.Product(),
        List.of(left, right),
        leading,
        left.rows,
        right.columns,
        vector,
        span);
  }

  private static @Nullable String remedy(Proto left, Proto right) {
    if (left.isVector() && right.isVector()) {
      return "an inner product is written x' y, an elementwise product x .* y";
    }
    if (left.rows.same(right.rows) && left.columns.same(right.columns)) {
      return "an elementwise product is written .*";
    }
    return left.columns.same(right.columns)
        ? "did you mean to transpose the right factor?"
        : left.rows.same(right.rows) ? "did you mean to transpose the left factor?" : null;
  }

  /** Returns the remedy if one of both would fit transposed. */
  private static @Nullable String transposed(Proto left, Proto right) {
    return left.rows.same(right.columns) && left.columns.same(right.rows)
        ? "did you mean to transpose one of them?"
        : null;
  }

  static String text(Proto proto) {
    return text(proto.span);
  }

  static String text(Span span) {
    String text = span.beginning(49).replace('\n', ' ');
    return text.length() > 48 ? text.substring(0, 45) + "…" : text;
  }

  @Nullable List<Length> leading(Proto left, Proto right, String verb, Span operator) {
    List<Length> a = left.leading;
    List<Length> b = right.leading;
    List<Length> result = new ArrayList<>();
    int size = Math.max(a.size(), b.size());
    for (int i = 0; i < size; i++) {
      int fromA = i - (size - a.size());
      int fromB = i - (size - b.size());
      if (fromA < 0 || fromB < 0) {
        result.add(fromA < 0 ? b.get(fromB) : a.get(fromA));
        continue;
      }
      Length x = a.get(fromA);
      Length y = b.get(fromB);
      if (!x.isOne() && !y.isOne() && !x.unify(y, "leading axes are aligned from the right")) {
        misfit(
            messages.mismatch(
                verb, operator, left, right, "leading axes are aligned from the right"));
        return null;
      }
      result.add(x.isOne() ? y : x);
    }
    return result;
  }

  /**
   * An operator that acts entry by entry: numbers, rows and columns are repeated, vectors beside a
   * matrix are biases.
   */
  Proto entrywise(Proto.Form form, String verb, List<Proto> operands, Span operator, Span span) {
    if (anyError(operands)) {
      return error(span);
    }
    boolean matrix = false;
    boolean row = false;
    boolean transposed = false;
    for (Proto operand : operands) {
      matrix |=
          !operand.rows.isOne() && !operand.columns.isOne()
              || !operand.leading.isEmpty() && !operand.isScalarMatrix();
      row |= operand.rows.isOne() && !operand.columns.isOne();
      transposed |= operand.isTransposedVector();
    }
    boolean asMatrix = matrix || row && !transposed;
    Proto rowsFrom = null;
    Proto columnsFrom = null;
    Proto like = operands.getFirst();
    boolean vector = false;
    List<Length> leading = operands.getFirst().leading;
    Proto shaped = operands.getFirst();
    List<Integer> biased = new ArrayList<>();
    for (int i = 0; i < operands.size(); i++) {
      Proto operand = operands.get(i);
      Proto soFar =
          node(
              new Proto.Form.Reported(),
              List.of(),
              leading,
              shaped.rows,
              shaped.columns,
              false,
              shaped.span);
      List<Length> both = leading(soFar, operand, verb, operator);
      if (both == null) {
        return error(span);
      }
      leading = both;
      if (asMatrix && operand.isVector()) {
        biased.add(i);
        continue;
      }
      vector |= operand.vector && !operand.isScalarMatrix();
      if (!operand.rows.isOne()) {
        if (rowsFrom != null && !rowsFrom.rows.unify(operand.rows, because(verb, span))) {
          return misfit(
              messages.mismatch(verb, operator, rowsFrom, operand, transposed(rowsFrom, operand)));
        }
        rowsFrom = rowsFrom == null ? operand : rowsFrom;
      }
      if (!operand.columns.isOne()) {
        if (columnsFrom != null
            && !columnsFrom.columns.unify(operand.columns, because(verb, span))) {
          return misfit(
              messages.mismatch(
                  verb, operator, columnsFrom, operand, transposed(columnsFrom, operand)));
        }
        columnsFrom = columnsFrom == null ? operand : columnsFrom;
      }
      like = operand.isScalarMatrix() ? like : operand;
    }
    Length rows = rowsFrom == null ? one() : rowsFrom.rows;
    Length columns = columnsFrom == null ? one() : columnsFrom.columns;
    boolean filled = false;
    if (rowsFrom != null && columnsFrom != null && !matrix) {
      broadcasts.addCrossing(rowsFrom, columnsFrom, span);
      filled = true;
    }
    Proto made = node(form, operands, leading, rows, columns, vector && !matrix && !filled, span);
    if (!filled && transposed && !matrix) {
      made.setTransposedVector();
    }
    for (int index : biased) {
      broadcasts.addVector(made, index, site);
    }
    return made;
  }

  private static String because(String verb, Span span) {
    return "`"
        + text(span)
        + "` "
        + (verb.equals("add") ? "adds" : "combines")
        + " them entry by entry";
  }
}
