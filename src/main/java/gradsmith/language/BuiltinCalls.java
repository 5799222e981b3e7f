package gradsmith.language;

import gradsmith.expr.Operator;
import gradsmith.expr.Rational;
import gradsmith.shape.Dimension;
import gradsmith.shape.Length;
import gradsmith.source.Diagnostic;
import gradsmith.source.Diagnostics;
import gradsmith.source.Span;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Calls of the functions that have no entry in the library: {@link Builtin}. */
final class BuiltinCalls {

  private final Shapes shapes;
  private final Diagnostics diagnostics;
  private final Map<String, Length> lengths;
  private final BinaryOperator<Length> productLength;

  BuiltinCalls(
      Shapes shapes,
      Diagnostics diagnostics,
      Map<String, Length> lengths,
      BinaryOperator<Length> productLength) {
    this.shapes = shapes;
    this.diagnostics = diagnostics;
    this.lengths = lengths;
    this.productLength = productLength;
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
    Proto first = values.getFirst();
    boolean unvec = builtin == Builtin.UNVEC;
    Length rows = unvec ? axes.get(1) : values.get(1).rows;
    Length columns = unvec ? Shapes.one() : values.get(1).columns;
    String why = "`" + Shapes.text(call.span()) + "` needs it";
    boolean fits =
        productLength.apply(axes.get(0), rows).unify(first.rows, why)
            && (unvec ? Shapes.one() : productLength.apply(axes.get(1), columns))
                .unify(first.columns, why);
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

  private @Nullable List<Length> readLengths(List<Ast> arguments, Function<Ast, Proto> infer) {
    List<Length> axes = new ArrayList<>();
    for (Ast argument : arguments) {
      Length length = length(argument, infer);
      if (length == null) {
        diagnostics.add(
            Diagnostic.error(
                argument.span(),
                "this is no length",
                "a length is a whole number, a dimension, rows(A) or cols(A)"));
        return null;
      }
      axes.add(length);
    }
    return axes;
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
      Length size = productLength.apply(axes.get(0), axes.get(1));
      return shapes.node(
          new Proto.Form.Commutation(axes.get(0), axes.get(1)),
          List.of(),
          List.of(),
          size,
          size,
          false,
          call.span());
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

  private @Nullable Length length(Ast argument, Function<Ast, Proto> infer) {
    if (argument instanceof Ast.Numeral numeral) {
      Rational value = Rational.parse(numeral.text());
      boolean fits =
          value.isInteger()
              && value.signum() > 0
              && value.numerator().compareTo(BigInteger.valueOf(Integer.MAX_VALUE)) <= 0;
      return fits ? Length.of(Dimension.of(value.numerator().intValueExact()), null) : null;
    }
    if (argument instanceof Ast.Name name) {
      return lengths.get(name.name());
    }
    if (argument instanceof Ast.Product product) {
      return productOfLengths(product, infer);
    }
    Proto value = infer.apply(argument);
    return value.form instanceof Proto.Form.Size size ? size.length() : null;
  }

  private @Nullable Length productOfLengths(Ast.Product product, Function<Ast, Proto> infer) {
    Length result = null;
    for (Ast.Factor factor : product.factors()) {
      Length length = length(factor.operand(), infer);
      boolean times = result == null || factor.operator() == Ast.ProductOperator.TIMES;
      if (length == null || !times) {
        return null;
      }
      result = result == null ? length : productLength.apply(result, length);
    }
    return result;
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
      case VEC ->
          shapes.node(
              new Proto.Form.Primitive(Operator.Primitive.VEC),
              arguments,
              first.leading,
              productLength.apply(first.rows, first.columns),
              Shapes.one(),
              true,
              call.span());
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
    return shapes.node(
        new Proto.Form.Primitive(Operator.Primitive.KRONECKER),
        List.of(left, right),
        List.of(),
        productLength.apply(left.rows, right.rows),
        productLength.apply(left.columns, right.columns),
        left.vector || right.vector,
        span);
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
