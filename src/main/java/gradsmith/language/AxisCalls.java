package gradsmith.language;

import gradsmith.expr.Rational;
import gradsmith.shape.Length;
import gradsmith.shape.Polynomial;
import gradsmith.source.Diagnostic;
import gradsmith.source.Diagnostics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Calls whose second argument says which axis: sum(A, n) and mean(A, n) by its length, axissum(A,
 * i) and newaxis(A, i) by the number of leading axes between it and the rows.
 */
final class AxisCalls {

  private final Shapes shapes;
  private final Map<String, Length> lengths;
  private final Diagnostics diagnostics;

  AxisCalls(Shapes shapes, Map<String, Length> lengths, Diagnostics diagnostics) {
    this.shapes = shapes;
    this.lengths = lengths;
    this.diagnostics = diagnostics;
  }

  /** Tells whether the second argument of {@code call} is an axis. */
  static boolean takesAxis(Ast.Call call) {
    Builtin builtin = Builtin.named(call.name());
    boolean reduces = builtin == Builtin.SUM || call.name().equals("mean");
    return builtin != null && builtin.takes() == Builtin.Takes.VALUE_THEN_AXIS
        || reduces && call.arguments().size() == 2;
  }

  /** Builds a call that takes an axis. */
  Proto build(Ast.Call call, Proto argument) {
    Builtin builtin = Builtin.named(call.name());
    return builtin == null
        ? mean(call, argument)
        : builtin == Builtin.SUM ? sum(call, argument) : atPosition(call, argument, builtin);
  }

  private Proto mean(Ast.Call call, Proto argument) {
    Proto sum = sum(call, argument);
    Length length = sum.isError() ? null : length(call.arguments().get(1));
    return length == null
        ? sum
        : shapes.same(
            new Proto.Form.Hadamard(List.of(false, true)),
            List.of(sum, shapes.scalar(new Proto.Form.Size(length), List.of(), call.nameSpan())),
            sum,
            call.span());
  }

  private Proto atPosition(Ast.Call call, Proto argument, Builtin builtin) {
    boolean sum = builtin == Builtin.AXISSUM;
    int most = argument.leading.size() - (sum ? 1 : 0);
    Ast axis = call.arguments().get(1);
    int fromRight = axis instanceof Ast.Numeral numeral ? whole(numeral) : -1;
    if (most < 0) {
      return shapes.misfit(
          Diagnostic.error(
              call.span(),
              Shapes.text(argument) + " has no leading axis",
              "it is "
                  + shapes.messages.shape(argument)
                  + "; sum(A, n) sums over an axis by name"));
    }
    if (fromRight < 0 || fromRight > most) {
      return shapes.misfit(
          Diagnostic.error(
              axis.span(),
              call.name()
                  + " takes "
                  + (most == 0 ? "0" : "a whole number from 0 to " + most)
                  + " here",
              "it counts leading axes from the right: 0 is next to the rows"));
    }
    List<Length> leading = new ArrayList<>(argument.leading);
    if (sum) {
      leading.remove(most - fromRight);
    } else {
      leading.add(most - fromRight, Shapes.one());
    }
    return shapes.node(
        sum ? new Proto.Form.AxisSum(fromRight) : new Proto.Form.NewAxis(fromRight),
        List.of(argument),
        leading,
        argument.rows,
        argument.columns,
        argument.vector,
        call.span());
  }

  /** Returns the value of {@code numeral} if it could count axes, else -1. */
  private static int whole(Ast.Numeral numeral) {
    Rational value = numeral.value();
    boolean counts = value.isInteger() && value.compareTo(Rational.of(Integer.MAX_VALUE)) <= 0;
    return counts ? value.numerator().intValueExact() : -1;
  }

  /** A leading axis goes, one of the last two stays with length 1. */
  private Proto sum(Ast.Call call, Proto argument) {
    Ast axis = call.arguments().get(1);
    Length wanted = length(axis);
    List<Length> axes = new ArrayList<>(argument.leading);
    axes.add(argument.rows);
    axes.add(argument.columns);
    int found = -1;
    int count = 0;
    for (int i = 0; wanted != null && i < axes.size(); i++) {
      if (axes.get(i).same(wanted)) {
        found = i;
        count++;
      }
    }
    String text = Shapes.text(argument);
    if (count == 0) {
      return shapes.misfit(
          Diagnostic.error(
              axis.span(),
              text + " has no axis " + axis.span().text(),
              "it is "
                  + shapes.messages.shape(argument)
                  + "; an axis is named by a declared dimension"
                  + byPosition(argument)));
    }
    if (count > 1) {
      return shapes.misfit(
          Diagnostic.error(
              axis.span(),
              axis.span().text() + " names " + count + " axes of " + text,
              "it is " + shapes.messages.shape(argument) + byPosition(argument)));
    }
    if (axis instanceof Ast.Numeral) {
      diagnostics.add(
          Diagnostic.note(
              axis.span(),
              axis.span().text() + " is read as the length of the axis, not its position",
              "it is " + shapes.messages.shape(argument) + byPosition(argument)));
    }
    int leading = argument.leading.size();
    if (found < leading) {
      List<Length> rest = new ArrayList<>(argument.leading);
      rest.remove(found);
      return shapes.node(
          new Proto.Form.AxisSum(leading - 1 - found),
          List.of(argument),
          rest,
          argument.rows,
          argument.columns,
          argument.vector,
          call.span());
    }
    boolean rows = found == leading;
    Length summed = rows ? argument.rows : argument.columns;
    Proto ones =
        shapes.node(
            new Proto.Form.Fill(Rational.ONE),
            List.of(),
            List.of(),
            rows ? Shapes.one() : summed,
            rows ? summed : Shapes.one(),
            false,
            call.span());
    return rows
        ? shapes.times(ones, argument, call.nameSpan(), call.span())
        : shapes.times(argument, ones, call.nameSpan(), call.span());
  }

  private static String byPosition(Proto argument) {
    return argument.leading.isEmpty()
        ? ""
        : "; a leading axis is named by position, too: axissum(" + Shapes.text(argument) + ", 0)";
  }

  /** Returns the length that {@code axis} names; an axis of length 1 is not found by its length. */
  private @Nullable Length length(Ast axis) {
    if (axis instanceof Ast.Numeral numeral) {
      int size = whole(numeral);
      return size > 1 ? Length.of(Polynomial.of(size), null) : null;
    }
    return axis instanceof Ast.Name name ? lengths.get(name.name()) : null;
  }
}
