package gradsmith.language;

import gradsmith.expr.FunctionSymbol;
import gradsmith.expr.Rational;
import gradsmith.shape.Dimension;
import gradsmith.shape.Length;
import gradsmith.shape.Signature;
import gradsmith.source.Diagnostic;
import gradsmith.source.Diagnostics;
import gradsmith.source.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Walks over syntax and makes proto-nodes; names are looked up in a {@link Scope}. */
final class Inference {

  /** Finds what a name stands for. */
  interface Scope {
    /** Returns the value of {@code name}. */
    Proto lookUp(Ast.Name name);
  }

  final Shapes shapes;
  private final Library library;
  private final WholeNames wholeNames;
  private final Diagnostics diagnostics;
  private final Map<String, Statement.Definition> definitions;
  private final Set<String> unknownFunctions;
  private final IdentityHashMap<Statement.Definition, Map<List<Proto>, Proto>> calls =
      new IdentityHashMap<>();
  private final Map<String, Length> declaredLengths;
  private final List<Statement.Definition> callStack = new ArrayList<>();
  private int depth;
  private final Expansion expansion;
  private final LabelUses labels;
  private final BuiltinCalls builtins;
  private final AxisCalls axes;

  Inference(
      Library library,
      Map<String, Statement.Definition> definitions,
      Set<String> unknownFunctions,
      Map<String, Length> declaredLengths,
      Shapes shapes,
      LabelUses labels,
      WholeNames wholeNames,
      Expansion expansion,
      Diagnostics diagnostics) {
    this.expansion = expansion;
    this.library = library;
    this.wholeNames = wholeNames;
    this.definitions = definitions;
    this.unknownFunctions = unknownFunctions;
    this.declaredLengths = declaredLengths;
    this.shapes = shapes;
    this.labels = labels;
    this.diagnostics = diagnostics;
    builtins = new BuiltinCalls(shapes, diagnostics, declaredLengths, this::productLength);
    axes = new AxisCalls(shapes, declaredLengths, diagnostics);
  }

  Proto infer(Ast ast, Scope scope) {
    depth++;
    Proto made = inferred(ast, scope);
    depth--;
    return made;
  }

  private Proto inferred(Ast ast, Scope scope) {
    return switch (ast) {
      case Ast.Numeral numeral ->
          shapes.scalar(
              new Proto.Form.Numeral(Rational.parse(numeral.text())), List.of(), ast.span());
      case Ast.Name name -> scope.lookUp(name);
      case Ast.Negation negation -> {
        Proto operand = infer(negation.operand(), scope);
        yield operand.isError()
            ? operand
            : shapes.same(new Proto.Form.Negation(), List.of(operand), operand, ast.span());
      }
      case Ast.Transposition(Span span, Ast.Numeral number) ->
          shapes.error(
              Diagnostic.error(
                  span,
                  span.text() + " transposes a number",
                  "a row of ones is ones(1, n); a vector beside a matrix is repeated by itself, as"
                      + " in X W + b"));
      case Ast.Transposition transposition ->
          shapes.transpose(infer(transposition.operand(), scope), ast.span());
      case Ast.Power power -> power(power, scope);
      case Ast.Sum sum -> sum(sum, scope);
      case Ast.Product product -> product(product, scope);
      case Ast.Comparison comparison -> comparison(comparison, scope);
      case Ast.Call call -> call(call, scope);
    };
  }

  private Proto sum(Ast.Sum sum, Scope scope) {
    List<Proto> operands = new ArrayList<>();
    List<Boolean> negative = new ArrayList<>();
    for (Ast.Term term : sum.terms()) {
      operands.add(infer(term.operand(), scope));
      negative.add(term.negative());
    }
    Proto size = first(operands, Inference::isShortSize);
    Proto other = first(operands, operand -> !operand.isError() && !operand.isScalarMatrix());
    if (size != null && other != null) {
      String name = size.span.text();
      return shapes.misfit(
          Diagnostic.error(
              size.span,
              name + " is a dimension and cannot be added to " + Shapes.text(other),
              "declare " + name + " as a variable, or give the bias another name"));
    }
    Span operator = sum.terms().get(1).signSpan();
    return shapes.entrywise(new Proto.Form.Sum(negative), "add", operands, operator, sum.span());
  }

  private static boolean isShortSize(Proto proto) {
    return proto.form instanceof Proto.Form.Size && proto.span.beginning(21).length() <= 20;
  }

  private static @Nullable Proto first(List<Proto> protos, Predicate<Proto> condition) {
    return protos.stream().filter(condition).findFirst().orElse(null);
  }

  private Proto product(Ast.Product product, Scope scope) {
    Proto left = infer(product.factors().getFirst().operand(), scope);
    boolean matrixProduct = false;
    boolean entrywise = false;
    for (int i = 1; i < product.factors().size(); i++) {
      Ast.Factor factor = product.factors().get(i);
      Proto right = infer(factor.operand(), scope);
      Span span = left.span.to(right.span);
      boolean scales = left.isScalarMatrix() || right.isScalarMatrix();
      Span operator = factor.operatorSpan();
      switch (factor.operator()) {
        case TIMES -> matrixProduct |= !scales;
        case HADAMARD, ELEMENTWISE_QUOTIENT -> entrywise |= !scales;
        case DIVIDE, SOLVE, KRONECKER -> {}
      }
      left = combine(factor.operator(), left, right, operator, span, product);
    }
    if (matrixProduct && entrywise && !left.isError()) {
      diagnostics.add(
          Diagnostic.warning(
              product.span(),
              "matrix products and elementwise products are mixed; this is read from left to right",
              "as " + LeftToRight.of(product) + "; brackets make it plain"));
    }
    return left;
  }

  private Proto combine(
      Ast.ProductOperator operator,
      Proto left,
      Proto right,
      Span operatorSpan,
      Span span,
      Ast.Product whole) {
    if (left.isError() || right.isError()) {
      return shapes.error(span);
    }
    return switch (operator) {
      case TIMES -> shapes.times(left, right, operatorSpan, span);
      case HADAMARD ->
          shapes.entrywise(
              new Proto.Form.Hadamard(List.of(false, false)),
              "multiply elementwise",
              List.of(left, right),
              operatorSpan,
              span);
      case ELEMENTWISE_QUOTIENT ->
          shapes.entrywise(
              new Proto.Form.Hadamard(List.of(false, true)),
              "divide elementwise",
              List.of(left, right),
              operatorSpan,
              span);
      case DIVIDE -> divide(left, right, operatorSpan, span, whole);
      case SOLVE -> solve(left, right, operatorSpan, span);
      case KRONECKER -> builtins.kronecker(left, right, span);
    };
  }

  private Proto divide(Proto left, Proto right, Span operator, Span span, Ast.Product whole) {
    if (right.form instanceof Proto.Form.Numeral number && number.value().signum() == 0) {
      return shapes.error(
          Diagnostic.error(right.span, "this divides by zero", "a divisor is not 0"));
    }
    if (right.isScalarMatrix()) {
      return shapes.entrywise(
          new Proto.Form.Hadamard(List.of(false, true)),
          "divide",
          List.of(left, right),
          operator,
          span);
    }
    boolean more = whole.factors().getLast().operand().span().end() > right.span.end();
    String after = whole.span().source().text().substring(right.span.start(), whole.span().end());
    String hint =
        more
            ? "put the divisor in brackets: … / (" + after + ")"
            : "an elementwise quotient is written ./, a solution of A X = B is A \\ B";
    return shapes.misfit(
        Diagnostic.error(
            right.span,
            "cannot divide by " + Shapes.text(right) + ", which is " + shapes.messages.shape(right),
            hint));
  }

  private Proto solve(Proto left, Proto right, Span operator, Span span) {
    Proto inverse = inverse(left, span);
    return inverse.isError() ? inverse : shapes.times(inverse, right, operator, span);
  }

  private Proto inverse(Proto operand, Span span) {
    if (operand.isScalarMatrix()) {
      Proto minusOne = shapes.scalar(new Proto.Form.Numeral(Rational.MINUS_ONE), List.of(), span);
      return shapes.same(new Proto.Form.Power(), List.of(operand, minusOne), operand, span);
    }
    if (!operand.rows.unify(
        operand.columns, "`" + Shapes.text(span) + "` inverts it, so it is square")) {
      return shapes.misfit(
          Diagnostic.error(
              span,
              "cannot invert "
                  + Shapes.text(operand)
                  + ", which is "
                  + shapes.messages.shape(operand),
              shapes.messages.because(operand)
                  + "; an elementwise reciprocal is 1 ./ "
                  + Shapes.text(operand)));
    }
    Library.Entry entry = library.entry("inv", 1);
    if (entry == null || entry.symbol() == null) {
      throw new IllegalStateException("the library has no inv");
    }
    return shapes.same(
        new Proto.Form.Function(entry.symbol(), List.of(false)), List.of(operand), operand, span);
  }

  private final List<LengthProduct> products = new ArrayList<>();

  /** A length that is the product of two others, known when they are. */
  record LengthProduct(Length product, Length left, Length right) {}

  List<LengthProduct> lengthProducts() {
    return products;
  }

  private Length productLength(Length left, Length right) {
    if (left.isOne()) {
      return right;
    }
    if (right.isOne()) {
      return left;
    }
    Length made = Length.free();
    products.add(new LengthProduct(made, left, right));
    return made;
  }

  private Proto comparison(Ast.Comparison comparison, Scope scope) {
    String name =
        switch (comparison.operator()) {
          case ">" -> "greater";
          case ">=" -> "greater_equal";
          case "<" -> "less";
          case "<=" -> "less_equal";
          default -> "equal";
        };
    Library.Entry entry = library.entry(name, 2);
    if (entry == null || entry.symbol() == null) {
      throw new IllegalStateException("the library has no " + name);
    }
    List<Proto> operands =
        List.of(infer(comparison.left(), scope), infer(comparison.right(), scope));
    return shapes.entrywise(
        new Proto.Form.Function(entry.symbol(), List.of(false, false)),
        "compare",
        operands,
        comparison.operatorSpan(),
        comparison.span());
  }

  private Proto power(Ast.Power power, Scope scope) {
    Proto base = infer(power.base(), scope);
    Proto exponent = infer(power.exponent(), scope);
    if (base.isError() || exponent.isError()) {
      return shapes.error(power.span());
    }
    if (power.elementwise() && !exponent.isScalar()) {
      return powers(power, base, exponent);
    }
    if (!exponent.isScalar()) {
      return shapes.misfit(
          Diagnostic.error(
              exponent.span,
              "the exponent "
                  + Shapes.text(exponent)
                  + " is "
                  + shapes.messages.shape(exponent)
                  + ", not a scalar",
              "entry by entry: exp(B .* log(A))"));
    }
    if (power.elementwise() || base.isScalarMatrix()) {
      return shapes.same(new Proto.Form.Power(), List.of(base, exponent), base, power.span());
    }
    return matrixPower(power, base, exponent);
  }

  /** A .^ B for exponents that differ: exp(B .* log(A)). */
  private Proto powers(Ast.Power power, Proto base, Proto exponent) {
    Proto logarithm = shapes.same(elementwise("log"), List.of(base), base, base.span);
    Proto product =
        shapes.entrywise(
            new Proto.Form.Hadamard(List.of(false, false)),
            "raise elementwise",
            List.of(exponent, logarithm),
            power.operatorSpan(),
            power.span());
    return product.isError()
        ? product
        : shapes.same(elementwise("exp"), List.of(product), product, power.span());
  }

  private Proto.Form elementwise(String function) {
    Library.Entry entry = Objects.requireNonNull(library.entry(function, 1));
    return new Proto.Form.Function(Objects.requireNonNull(entry.symbol()), List.of(false));
  }

  private Proto matrixPower(Ast.Power power, Proto base, Proto exponent) {
    String text = Shapes.text(base);
    if (base.isVector() || base.rows.isOne() || base.columns.isOne()) {
      return shapes.misfit(
          Diagnostic.error(
              power.span(),
              text + " is a vector and has no matrix power",
              "entry by entry: "
                  + text
                  + ".^"
                  + power.exponent().span().text().replace("²", "2").replace("³", "3")
                  + "; the squared length: "
                  + text
                  + "' "
                  + text));
    }
    boolean negative = power.exponent() instanceof Ast.Negation;
    Ast bare =
        power.exponent() instanceof Ast.Negation negation ? negation.operand() : power.exponent();
    if (!(bare instanceof Ast.Numeral) && wholeNames.collect(exponent)) {
      return symbolicPower(power, base, exponent);
    }
    if (!(bare instanceof Ast.Numeral numeral) || !Rational.parse(numeral.text()).isInteger()) {
      return shapes.misfit(
          Diagnostic.error(
              exponent.span,
              "the power of a matrix needs a whole number",
              "entry by entry: " + text + ".^(" + exponent.span.text() + ")"));
    }
    Rational count = Rational.parse(numeral.text());
    if (count.compareTo(Rational.of(Limits.MATRIX_POWER)) > 0) {
      return shapes.misfit(
          Diagnostic.error(
              exponent.span,
              "a matrix power of more than " + Limits.MATRIX_POWER + " is too long to write out",
              "entry by entry: " + text + ".^" + exponent.span.text()));
    }
    if (!base.rows.unify(
        base.columns, "`" + Shapes.text(power.span()) + "` is a power, so it is square")) {
      return shapes.misfit(
          Diagnostic.error(
              power.span(),
              "only a square matrix has powers; " + text + " is " + shapes.messages.shape(base),
              shapes.messages.because(base)
                  + "; entry by entry: "
                  + text
                  + ".^"
                  + exponent.span.text()));
    }
    int copies = count.numerator().intValueExact();
    Proto factor = negative ? inverse(base, power.span()) : base;
    return factor.isError() || copies == 1
        ? factor
        : shapes.same(new Proto.Form.Repeated(copies), List.of(factor), factor, power.span());
  }

  /** A^n for a whole number n that has a name. */
  private Proto symbolicPower(Ast.Power power, Proto base, Proto exponent) {
    String text = Shapes.text(power.span());
    if (!base.rows.unify(base.columns, "`" + text + "` is a power, so it is square")) {
      return shapes.misfit(
          Diagnostic.error(
              power.span(),
              "only a square matrix has powers; "
                  + Shapes.text(base)
                  + " is "
                  + shapes.messages.shape(base),
              shapes.messages.because(base)));
    }
    Library.Entry entry = Objects.requireNonNull(library.entry("matpow", 2));
    Proto.Form form =
        new Proto.Form.Function(Objects.requireNonNull(entry.symbol()), List.of(false, false));
    return shapes.node(
        form, List.of(base, exponent), base.leading, base.rows, base.columns, false, power.span());
  }

  private Proto call(Ast.Call call, Scope scope) {
    List<Proto> arguments = new ArrayList<>();
    Statement.Definition definition =
        isInLibrary() || !call.isNamed() ? null : definitions.get(call.name());
    boolean builtin = definition == null;
    if (builtin && BuiltinCalls.takesLengths(call)) {
      return builtins.lengths(call, argument -> infer(argument, scope));
    }
    if (builtin && AxisCalls.needsAxis(call) && call.arguments().size() != 2) {
      return wrongCount(call, List.of(2));
    }
    int values = builtin ? BuiltinCalls.valuesBeforeLengths(call) : 0;
    if (values > 0 && call.arguments().size() != values + 2) {
      return wrongCount(call, List.of(values + 2));
    }
    boolean axis = builtin && AxisCalls.takesAxis(call);
    int count = axis ? 1 : values > 0 ? values : call.arguments().size();
    for (Ast argument : call.arguments().subList(0, count)) {
      arguments.add(infer(argument, scope));
    }
    if (Shapes.anyError(arguments)) {
      return shapes.error(call.span());
    }
    if (unknownFunctions.contains(call.name())) {
      return unknown(call, arguments);
    }
    if (call.order() > 0) {
      return shapes.error(
          Diagnostic.error(
              call.span(),
              "only a function declared elementwise has a derivative written with a prime",
              "declare " + call.name() + " : elementwise"));
    }
    if (definition != null) {
      if (definition.parameters().size() != arguments.size()) {
        return wrongCount(call, List.of(definition.parameters().size()));
      }
      return respan(define(definition, call, arguments), call);
    }
    if (axis) {
      return axes.build(call, arguments.getFirst());
    }
    Library.Entry entry = library.entry(call.name(), arguments.size());
    if (entry != null) {
      for (int i = 0; i < arguments.size(); i++) {
        if (entry.roles().get(i) == ParameterRole.WHOLE && !wholeNames.collect(arguments.get(i))) {
          return shapes.error(
              Diagnostic.error(
                  arguments.get(i).span, call.name() + " needs a whole number here", null));
        }
      }
      return library(entry, call, arguments);
    }
    if (values > 0) {
      return builtins.rearranged(call, arguments, argument -> infer(argument, scope));
    }
    if (Builtins.NAMES.contains(call.name())) {
      return builtins.build(call, arguments);
    }
    return wrongCount(call, library.arities(call.name()));
  }

  private Proto wrongCount(Ast.Call call, List<Integer> arities) {
    List<String> counts = arities.stream().map(String::valueOf).toList();
    String takes =
        counts.isEmpty()
            ? "other arguments"
            : String.join(" or ", counts)
                + (counts.equals(List.of("1")) ? " argument" : " arguments");
    return shapes.error(
        Diagnostic.error(
            call.span(),
            call.name() + " takes " + takes + ", not " + call.arguments().size(),
            null));
  }

  private Proto unknown(Ast.Call call, List<Proto> arguments) {
    if (arguments.size() != 1) {
      return wrongCount(call, List.of(1));
    }
    return shapes.same(
        new Proto.Form.Unknown(call.name(), call.order()),
        arguments,
        arguments.getFirst(),
        call.span());
  }

  /** Replaces a call by the body of its definition. */
  private Proto define(Statement.Definition definition, Ast.Call call, List<Proto> arguments) {
    List<Proto> firsts = new ArrayList<>();
    for (Proto argument : arguments) {
      firsts.add(argument.first);
    }
    Map<List<Proto>, Proto> expanded = calls.computeIfAbsent(definition, unused -> new HashMap<>());
    Proto known = expanded.get(firsts);
    if (known != null) {
      return known;
    }
    if (isOpen(definition)) {
      return shapes.error(
          Diagnostic.error(
              call.nameSpan(),
              definition.name().name() + " is defined by itself",
              "a definition cannot call itself"));
    }
    if (expansion.isRefused()) {
      return shapes.error(call.span());
    }
    Diagnostic tooMuch = expansion.begin(call, depth, shapes.nodes.size());
    if (tooMuch != null) {
      return shapes.error(tooMuch);
    }
    callStack.add(definition);
    Map<String, Proto> parameters = new HashMap<>();
    for (int i = 0; i < arguments.size(); i++) {
      parameters.put(definition.parameters().get(i).name(), arguments.get(i));
    }
    Proto result =
        infer(
            definition.body(),
            new DefinitionScope(
                definition, parameters, shapes, isInLibrary() ? Map.of() : declaredLengths));
    callStack.removeLast();
    expansion.end(shapes.nodes.size());
    expanded.put(firsts, result);
    return result;
  }

  private boolean isOpen(Statement.Definition definition) {
    for (Statement.Definition open : callStack) {
      if (open == definition) {
        return true;
      }
    }
    return false;
  }

  /** Tells whether the body of a library function is read: no name in it is one of the program. */
  private boolean isInLibrary() {
    return !callStack.isEmpty()
        && definitions.get(callStack.getLast().name().name()) != callStack.getLast();
  }

  private Proto library(Library.Entry entry, Ast.Call call, List<Proto> arguments) {
    Signature signature = entry.signature();
    boolean plain =
        signature == null
            || entry.symbol() == null && signature.kind() == Signature.Kind.ELEMENTWISE;
    if (plain && entry.definition() != null) {
      return respan(define(entry.definition(), call, arguments), call);
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
    if (callStack.isEmpty() && signature.kind() == Signature.Kind.ROWS) {
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

  /** An expanded call keeps the reader's own text for messages. */
  private Proto respan(Proto proto, Ast.Call call) {
    return proto.isError() || proto.span.equals(call.span())
        ? proto
        : shapes.alias(proto, call.span());
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
      if (!bind(pattern.get(0), argument.rows, lengths, call)
          || !bind(pattern.size() == 1 ? "1" : pattern.get(1), argument.columns, lengths, call)) {
        return misfit(call, first, argument, pattern);
      }
      if (first != null) {
        if (entry.roles().get(i).isLabel()) {
          argument.stackLike(first);
        }
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
      return respan(define(definition, call, arguments), call);
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
        ? Length.of(Dimension.of(Integer.parseInt(axis)), null)
        : lengths.computeIfAbsent(axis, unused -> Length.free());
  }

  private static boolean bind(
      String axis, Length length, Map<String, Length> lengths, Ast.Call call) {
    if (Character.isDigit(axis.charAt(0))) {
      return length.unify(
          Length.of(Dimension.of(Integer.parseInt(axis)), null),
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
