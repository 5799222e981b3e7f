package gradsmith.language;

import gradsmith.shape.Length;
import gradsmith.source.Diagnostic;
import gradsmith.source.Diagnostics;
import gradsmith.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Walks over syntax and makes proto-nodes; names are looked up in a {@link Scope}. */
final class Inference {

  /** Finds what a name stands for. */
  interface Scope {
    /** Returns the value of {@code name}. */
    Proto lookUp(Ast.Name name);
  }

  private final Shapes shapes;
  private final Library library;
  private final Diagnostics diagnostics;
  private final BuiltinCalls builtins;
  private final Powers powers;
  private final Calls calls;
  private int depth;

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
    this.library = library;
    this.shapes = shapes;
    this.diagnostics = diagnostics;
    builtins = new BuiltinCalls(shapes, diagnostics, declaredLengths);
    powers = new Powers(library, wholeNames, shapes, diagnostics);
    calls =
        new Calls(
            this,
            library,
            definitions,
            unknownFunctions,
            declaredLengths,
            shapes,
            labels,
            wholeNames,
            expansion,
            builtins,
            diagnostics);
  }

  Proto infer(Ast ast, Scope scope) {
    depth++;
    Proto made = inferred(ast, scope);
    depth--;
    return made;
  }

  /** Returns how many operations deep the walk is. */
  int depth() {
    return depth;
  }

  private Proto inferred(Ast ast, Scope scope) {
    return switch (ast) {
      case Ast.Numeral numeral ->
          shapes.scalar(new Proto.Form.Numeral(numeral.value()), List.of(), ast.span());
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
      case Ast.Transposition transposition -> {
        Proto operand = infer(transposition.operand(), scope);
        if (!calls.isInBody() && operand.isScalar()) {
          HermitianTransposes.warnOfNumber(operand, ast.span(), diagnostics);
        }
        yield shapes.transpose(operand, ast.span());
      }
      case Ast.Power power ->
          powers.power(power, infer(power.base(), scope), infer(power.exponent(), scope));
      case Ast.Sum sum -> sum(sum, scope);
      case Ast.Product product -> product(product, scope);
      case Ast.Comparison comparison -> comparison(comparison, scope);
      case Ast.Call call -> calls.call(call, scope);
    };
  }

  private Proto sum(Ast.Sum sum, Scope scope) {
    List<Proto> operands = new ArrayList<>();
    List<Boolean> negative = new ArrayList<>();
    for (Ast.Term term : sum.terms()) {
      operands.add(infer(term.operand(), scope));
      negative.add(term.negative());
    }
    noteDimension(operands);
    if (operands.size() == 2 && negative.get(1)) {
      operands.get(0).stackLike(operands.get(1));
      operands.get(1).stackLike(operands.get(0));
    }
    Span operator = sum.terms().get(1).signSpan();
    return shapes.entrywise(new Proto.Form.Sum(negative), "add", operands, operator, sum.span());
  }

  /** Beside a vector or matrix the name of a length could have been meant as a bias. */
  private void noteDimension(List<Proto> operands) {
    Proto size = null;
    boolean others = false;
    for (Proto operand : operands) {
      size = operand.isDimension() ? operand : size;
      others |= !operand.isError() && !operand.isScalarMatrix();
    }
    if (size != null && others && !calls.isInBody()) {
      diagnostics.add(shapes.messages.dimensionAsNumber(size));
    }
  }

  private Proto product(Ast.Product product, Scope scope) {
    Ast.Factor first = product.factors().getFirst();
    Proto left = infer(first.operand(), scope);
    boolean matrixProduct = false;
    boolean entrywise = false;
    for (int i = 1; i < product.factors().size(); i++) {
      Ast.Factor factor = product.factors().get(i);
      Proto right = infer(factor.operand(), scope);
      Span span = first.span().to(factor.span());
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
    Proto inverse = powers.inverse(left, span);
    return inverse.isError() ? inverse : shapes.times(inverse, right, operator, span);
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
}
