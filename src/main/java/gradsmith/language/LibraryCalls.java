package gradsmith.language;

import gradsmith.expr.FunctionSymbol;
import gradsmith.shape.Length;
import gradsmith.shape.Polynomial;
import gradsmith.shape.Signature;
import gradsmith.source.Diagnostic;
import gradsmith.source.Diagnostics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls of functions in the library: what their signatures demand of the shapes of arguments. */
final class LibraryCalls {

  private final Calls calls;
  private final Shapes shapes;
  private final LabelUses labels;
  private final Diagnostics diagnostics;

  LibraryCalls(Calls calls, Shapes shapes, LabelUses labels, Diagnostics diagnostics) {
    this.calls = calls;
    this.shapes = shapes;
    this.labels = labels;
    this.diagnostics = diagnostics;
  }

  /** Builds {@code call} of the function {@code entry}. */
  Proto build(Library.Entry entry, Ast.Call call, List<Proto> arguments) {
    Signature signature = entry.signature();
    boolean plain =
        signature == null
            || entry.symbol() == null && signature.kind() == Signature.Kind.ELEMENTWISE;
    if (plain && entry.definition() != null) {
      return calls.define(entry.definition(), call, arguments);
    }
    if (signature == null) {
      throw new IllegalStateException("an entry without meaning: " + entry.name());
    }
    labels.note(entry, call, arguments, diagnostics);
    if (signature.kind() == Signature.Kind.ELEMENTWISE) {
      return elementwise(entry, call, arguments, signature);
    }
    List<Proto> lifted = new ArrayList<>();
    List<Boolean> flags = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      Proto argument = arguments.get(i);
      boolean lift =
          signature.kind() == Signature.Kind.ROWS
              && signature.parameters().get(i).equals(List.of("n", "k"))
              && argument.isVector();
      flags.add(lift);
      lifted.add(lift ? shapes.transpose(argument, argument.span) : argument);
    }
    if (!calls.isInBody() && signature.kind() == Signature.Kind.ROWS) {
      oneEntryRows(call, lifted.getFirst());
    }
    Proto result = mapped(entry, call, lifted, signature);
    boolean vectors = flags.contains(true);
    return vectors && !result.isError() && result.rows.isOne() && !result.columns.isOne()
        ? shapes.transpose(result, call.span())
        : result;
  }

  /** A column that is no vector has as many rows as entries, which is seldom meant. */
  private void oneEntryRows(Ast.Call call, Proto argument) {
    if (argument.columns.isOne() && !argument.rows.isOne()) {
      diagnostics.add(
          Diagnostic.warning(
              argument.span,
              call.name() + " takes each row by itself, and each row here has one entry",
              "one row of all entries is a vector, x : (n), or the transpose "
                  + Shapes.text(argument)
                  + "'"));
    }
  }

  private Proto elementwise(
      Library.Entry entry, Ast.Call call, List<Proto> arguments, Signature signature) {
    List<Proto> entries = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      if (!signature.parameters().get(i).isEmpty()) {
        entries.add(arguments.get(i));
      } else if (!arguments.get(i).isScalar()) {
        return notScalar(call, arguments.get(i));
      }
    }
    FunctionSymbol symbol = entry.symbol();
    if (symbol == null) {
      throw new IllegalStateException(
          "an elementwise entry without a differential: " + entry.name());
    }
    Proto.Form form =
        new Proto.Form.Function(symbol, arguments.stream().map(argument -> false).toList());
    if (entries.size() == 1) {
      return shapes.same(form, arguments, entries.getFirst(), call.span());
    }
    return shapes.entrywise(form, "combine", arguments, call.nameSpan(), call.span());
  }

  private Proto notScalar(Ast.Call call, Proto argument) {
    return shapes.misfit(
        Diagnostic.error(
            argument.span,
            "this argument of "
                + call.name()
                + " must be a scalar; it is "
                + shapes.messages.shape(argument),
            null));
  }

  private Proto mapped(
      Library.Entry entry, Ast.Call call, List<Proto> arguments, Signature signature) {
    Map<String, Length> lengths = new HashMap<>();
    List<Length> leading = List.of();
    Proto first = null;
    for (int i = 0; i < arguments.size(); i++) {
      Proto argument = arguments.get(i);
      List<String> pattern = signature.parameters().get(i);
      if (pattern.isEmpty()) {
        if (!argument.isScalar()) {
          return notScalar(call, argument);
        }
        continue;
      }
      if (first != null && entry.roles().get(i).isLabel()) {
        argument.stackLike(first);
      }
      if (!bind(pattern.get(0), argument.rows, lengths, call)
          || !bind(pattern.size() == 1 ? "1" : pattern.get(1), argument.columns, lengths, call)) {
        return misfit(call, first, argument, pattern);
      }
      if (first != null) {
        List<Length> both = shapes.leading(first, argument, "combine", call.nameSpan());
        if (both == null) {
          return shapes.error(call.span());
        }
        leading = leading.size() > both.size() ? leading : both;
      } else {
        leading = argument.leading;
        first = argument;
      }
    }
    if (entry.symbol() == null) {
      Statement.Definition definition = entry.definition();
      if (definition == null) {
        throw new IllegalStateException("an entry without meaning: " + entry.name());
      }
      return calls.define(definition, call, arguments);
    }
    Proto.Form form =
        new Proto.Form.Function(entry.symbol(), arguments.stream().map(argument -> false).toList());
    List<String> result = signature.result();
    if (result.isEmpty()) {
      return shapes.scalar(form, arguments, call.span());
    }
    Length rows = resultLength(result.get(0), lengths);
    Length columns = result.size() == 1 ? Shapes.one() : resultLength(result.get(1), lengths);
    boolean vector = first != null && first.vector;
    return shapes.node(form, arguments, leading, rows, columns, vector, call.span());
  }

  private static Length resultLength(String axis, Map<String, Length> lengths) {
    return Character.isDigit(axis.charAt(0))
        ? Length.of(Polynomial.of(Integer.parseInt(axis)), null)
        : lengths.computeIfAbsent(axis, unused -> Length.free());
  }

  private static boolean bind(
      String axis, Length length, Map<String, Length> lengths, Ast.Call call) {
    if (Character.isDigit(axis.charAt(0))) {
      return length.unify(
          Length.of(Polynomial.of(Integer.parseInt(axis)), null),
          "`" + Shapes.text(call.span()) + "` takes a vector");
    }
    Length known = lengths.putIfAbsent(axis, length);
    return known == null
        || known.unify(length, "`" + Shapes.text(call.span()) + "` needs them equal");
  }

  private Proto misfit(Ast.Call call, @Nullable Proto first, Proto argument, List<String> pattern) {
    if (pattern.size() == 2 && pattern.get(0).equals(pattern.get(1))) {
      return shapes.misfit(
          Diagnostic.error(
              argument.span,
              call.name()
                  + " needs a square matrix; "
                  + Shapes.text(argument)
                  + " is "
                  + shapes.messages.shape(argument),
              shapes.messages.because(argument)));
    }
    if (argument.isDimension()) {
      return shapes.misfit(shapes.messages.dimension(argument, "no argument of " + call.name()));
    }
    String other = first == null ? "" : "; " + shapes.messages.because(first);
    return shapes.misfit(
        new Diagnostic(
            Diagnostic.Severity.ERROR,
            call.nameSpan(),
            first == null ? List.of(argument.span) : List.of(first.span, argument.span),
            "the arguments of "
                + call.name()
                + " do not fit: "
                + (first == null ? "" : shapes.messages.shape(first) + " and ")
                + shapes.messages.shape(argument),
            shapes.messages.because(argument) + other));
  }
}
