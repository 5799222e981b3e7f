package gradsmith.language;

import gradsmith.expr.Operator;
import gradsmith.expr.Rational;
import gradsmith.shape.Length;
import gradsmith.source.Diagnostic;
import gradsmith.source.Diagnostics;
import gradsmith.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Calls of the functions that have no entry in the library: {@link Builtin}. */
final class BuiltinCalls {

  private static final String REMEDY =
      "a length is put together from whole numbers, dimensions, rows(A) and cols(A) with + - * ^";

  private final Shapes shapes;
  private final Diagnostics diagnostics;
  private final Map<String, Length> lengths;

  BuiltinCalls(Shapes shapes, Diagnostics diagnostics, Map<String, Length> lengths) {
    this.shapes = shapes;
    this.diagnostics = diagnostics;
    this.lengths = lengths;
  }

  /**
   * Builds unvec(x, n, d), kron_left(G, B, n, d) and kron_right(G, A, k, m): the inverse of vec,
   * and the adjoints of the Kronecker product A ⊗ B by A (n×d) and by B (k×m).
   */
  Proto rearranged(Builtin builtin, Ast.Call call, List<Proto> values, Function<Ast, Proto> infer) {
    List<Length> axes =
        readLengths(call.arguments().subList(values.size(), values.size() + 2), infer);
    if (axes == null) {
      return shapes.error(call.span());
    }
    return limited(call.span(), () -> rearranged(builtin, call, values, axes));
  }

  private Proto rearranged(Builtin builtin, Ast.Call call, List<Proto> values, List<Length> axes) {
    Proto first = values.getFirst();
    String why = "`" + Shapes.text(call.span()) + "` needs it";
    boolean fits =
        rows(builtin, axes, values).unify(first.rows, why)
            && columns(builtin, axes, values).unify(first.columns, why);
    if (!fits) {
      return shapes.misfit(
          Diagnostic.error(
              call.span(),
              call.name() + " does not fit " + shapes.messages.shape(first),
              shapes.messages.because(first)));
    }
    return shapes.node(
        new Proto.Form.Rearranged(call.name()),
        values,
        first.leading,
        axes.get(0),
        axes.get(1),
        false,
        call.span());
  }

  /** Returns the rows of what a call with {@code axes} rearranges. */
  private static Length rows(Builtin builtin, List<Length> axes, List<Proto> values) {
    return switch (builtin) {
      case UNVEC -> Length.product(axes.get(1), axes.get(0));
      case KRON_LEFT -> Length.product(axes.get(0), values.get(1).rows);
      default -> Length.product(values.get(1).rows, axes.get(0));
    };
  }

  private static Length columns(Builtin builtin, List<Length> axes, List<Proto> values) {
    return switch (builtin) {
      case UNVEC -> Shapes.one();
      case KRON_LEFT -> Length.product(axes.get(1), values.get(1).columns);
      default -> Length.product(values.get(1).columns, axes.get(1));
    };
  }

  /** Reads the lengths that {@code arguments} say; returns null if one says none. */
  private @Nullable List<Length> readLengths(List<Ast> arguments, Function<Ast, Proto> infer) {
    List<Length> axes = new ArrayList<>();
    for (Ast argument : arguments) {
      Length length = lengthReader(infer).read(argument);
      if (length == null) {
        return null;
      }
      axes.add(length);
    }
    return axes;
  }

  private LengthReader lengthReader(Function<Ast, Proto> infer) {
    return new LengthReader(part -> length(part, infer), REMEDY, diagnostics);
  }

  /** Returns the length that a name or call is, or null after reporting that it is none. */
  private @Nullable Length length(Ast part, Function<Ast, Proto> infer) {
    Proto value = Proto.bare(infer.apply(part));
    if (value.isError()) {
      return null;
    }
    Length length =
        switch (value.form) {
          case Proto.Form.Size size -> size.length();
          case Proto.Form.Count count -> count(value.arguments.getFirst());
          case Proto.Form.Numeral number -> LengthReader.whole(number.value());
          default -> part instanceof Ast.Name name ? lengths.get(name.name()) : null;
        };
    if (length == null) {
      shapes.misfit(LengthReader.none(part, REMEDY));
    }
    return length;
  }

  private static Length count(Proto value) {
    Length count = Shapes.one();
    for (Length axis : value.axes()) {
      count = Length.product(count, axis);
    }
    return count;
  }

  /** Builds ones(n, m), zeros(n, m), I(n), commutation(n, m). */
  Proto lengths(Builtin builtin, Ast.Call call, Function<Ast, Proto> infer) {
    List<Length> axes = readLengths(call.arguments(), infer);
    if (axes == null) {
      return shapes.error(call.span());
    }
    boolean identity = builtin == Builtin.I || builtin == Builtin.EYE;
    if (identity && axes.size() == 1) {
      return shapes.node(
          new Proto.Form.Identity(),
          List.of(),
          List.of(),
          axes.getFirst(),
          axes.getFirst(),
          false,
          call.span());
    }
    boolean commutation = builtin == Builtin.COMMUTATION;
    if (identity || axes.isEmpty() || (commutation && axes.size() != 2)) {
      return shapes.error(
          Diagnostic.error(
              call.span(),
              call.name() + " takes lengths: " + (identity ? "I(n)" : call.name() + "(n, m)"),
              null));
    }
    if (commutation) {
      return limited(call.span(), () -> commutation(axes.get(0), axes.get(1), call.span()));
    }
    boolean vector = axes.size() == 1;
    if (vector) {
      axes.add(Shapes.one());
    }
    int size = axes.size();
    return shapes.node(
        new Proto.Form.Fill(builtin == Builtin.ONES ? Rational.ONE : Rational.ZERO),
        List.of(),
        List.copyOf(axes.subList(0, size - 2)),
        axes.get(size - 2),
        axes.get(size - 1),
        vector,
        call.span());
  }

  /** Builds a call whose arguments are values. */
  Proto build(Builtin builtin, Ast.Call call, List<Proto> arguments) {
    Proto first = arguments.getFirst();
    return switch (builtin) {
      case SUM -> reduce(Operator.Primitive.TOTAL, arguments, call);
      case TR ->
          square(call, first)
              ? shapes.node(
                  new Proto.Form.Primitive(Operator.Primitive.TRACE),
                  arguments,
                  first.leading,
                  Shapes.one(),
                  Shapes.one(),
                  false,
                  call.span())
              : shapes.error(call.span());
      case DIAG -> diagonal(call, first);
      case VEC -> limited(call.span(), () -> stacked(first, call.span()));
      case KRON -> kronecker(first, arguments.get(1), call.span());
      case ROWS -> shapes.scalar(new Proto.Form.Size(first.rows), List.of(), call.span());
      case COLS -> shapes.scalar(new Proto.Form.Size(first.columns), List.of(), call.span());
      case NUMEL -> shapes.scalar(new Proto.Form.Count(), arguments, call.span());
      case VECTOR -> fill(call, first, Shapes.one());
      case MATRIX -> fill(call, first, Length.free());
      case I, EYE, ONES, ZEROS, COMMUTATION, UNVEC, KRON_LEFT, KRON_RIGHT, AXISSUM, NEWAXIS ->
          throw new IllegalStateException(builtin + " takes more than values");
    };
  }

  /** Builds A ⊗ B. */
  Proto kronecker(Proto left, Proto right, Span span) {
    if (!left.leading.isEmpty() || !right.leading.isEmpty()) {
      return shapes.misfit(
          Diagnostic.error(span, "a Kronecker product takes matrices without leading axes", null));
    }
    return limited(
        span,
        () ->
            shapes.node(
                new Proto.Form.Primitive(Operator.Primitive.KRONECKER),
                List.of(left, right),
                List.of(),
                Length.product(left.rows, right.rows),
                Length.product(left.columns, right.columns),
                left.vector || right.vector,
                span));
  }

  private Proto stacked(Proto matrix, Span span) {
    return shapes.node(
        new Proto.Form.Primitive(Operator.Primitive.VEC),
        List.of(matrix),
        matrix.leading,
        Length.product(matrix.columns, matrix.rows),
        Shapes.one(),
        true,
        span);
  }

  private Proto commutation(Length rows, Length columns, Span span) {
    Length size = Length.product(rows, columns);
    Proto.Form form = new Proto.Form.Commutation(rows, columns);
    return shapes.node(form, List.of(), List.of(), size, size, false, span);
  }

  /** Returns what {@code build} builds, or reports that a length of it is too large. */
  private Proto limited(Span span, Supplier<Proto> build) {
    try {
      return build.get();
    } catch (ArithmeticException e) {
      return shapes.error(Settling.tooLarge(span));
    }
  }

  private Proto fill(Ast.Call call, Proto value, Length columns) {
    if (!value.isScalar()) {
      return shapes.misfit(Diagnostic.error(call.span(), call.name() + " repeats a scalar", null));
    }
    return shapes.node(
        new Proto.Form.Fill(Rational.ONE),
        List.of(value),
        List.of(),
        Length.free(),
        columns,
        call.name().equals("vector"),
        call.span());
  }

  private Proto reduce(Operator.Primitive operator, List<Proto> arguments, Ast.Call call) {
    return shapes.scalar(new Proto.Form.Primitive(operator), arguments, call.span());
  }

  private boolean square(Ast.Call call, Proto argument) {
    if (argument.rows.unify(
        argument.columns, "`" + Shapes.text(call.span()) + "` needs a square matrix")) {
      return true;
    }
    shapes.misfit(
        Diagnostic.error(
            argument.span,
            call.name()
                + " needs a square matrix; "
                + Shapes.text(argument)
                + " is "
                + shapes.messages.shape(argument),
            shapes.messages.because(argument)));
    return false;
  }

  private Proto diagonal(Ast.Call call, Proto argument) {
    if (argument.columns.isOne()) {
      return shapes.node(
          new Proto.Form.Primitive(Operator.Primitive.DIAGONAL_MATRIX),
          List.of(argument),
          argument.leading,
          argument.rows,
          argument.rows,
          false,
          call.span());
    }
    if (!square(call, argument)) {
      return shapes.error(call.span());
    }
    return shapes.node(
        new Proto.Form.Primitive(Operator.Primitive.DIAGONAL),
        List.of(argument),
        argument.leading,
        argument.rows,
        Shapes.one(),
        true,
        call.span());
  }
}
