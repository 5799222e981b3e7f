package gradsmith.language;

import gradsmith.source.Source;
import gradsmith.source.Span;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

/**
 * Turns the parse tree of an expression into syntax: a run of factors is one flat product, whatever
 * the grammar made of signs and of names before brackets.
 */
final class AstBuilder {

  private final Source source;
  private final CalledNames called;
  private final WrittenNames names;

  AstBuilder(Source source, CalledNames called, WrittenNames names) {
    this.source = source;
    this.called = called;
    this.names = names;
  }

  Ast expression(GradsmithParser.ExpressionContext tree) {
    Ast left = sum(tree.sum(0));
    if (tree.COMPARE() == null) {
      return left;
    }
    String operator = text(tree.COMPARE().getSymbol());
    operator = operator.equals("≥") ? ">=" : operator.equals("≤") ? "<=" : operator;
    return new Ast.Comparison(
        span(tree), span(tree.COMPARE().getSymbol()), operator, left, sum(tree.sum(1)));
  }

  private Ast sum(GradsmithParser.SumContext tree) {
    List<GradsmithParser.ProductContext> products = tree.product();
    List<GradsmithParser.AdditionContext> signs = tree.addition();
    Ast first = product(products.getFirst());
    if (signs.isEmpty()) {
      return first;
    }
    List<Ast.Term> terms = new ArrayList<>();
    Span start = new Span(source, first.span().start(), first.span().start());
    terms.add(new Ast.Term(false, start, first));
    for (int i = 0; i < signs.size(); i++) {
      boolean negative = signs.get(i).MINUS() != null;
      terms.add(new Ast.Term(negative, span(signs.get(i)), product(products.get(i + 1))));
    }
    return new Ast.Sum(span(tree), terms);
  }

  private Ast product(GradsmithParser.ProductContext tree) {
    List<Ast.Factor> factors = new ArrayList<>();
    Ast.ProductOperator operator = Ast.ProductOperator.TIMES;
    Span operatorSpan = new Span(source, span(tree).start(), span(tree).start());
    int primes = 0;
    for (int i = 0; i < tree.getChildCount(); i++) {
      ParseTree child = tree.getChild(i);
      if (child instanceof GradsmithParser.MultiplicationContext multiplication) {
        operator = operator(multiplication);
        operatorSpan = span(multiplication);
        continue;
      }
      ParserRuleContext factor = (ParserRuleContext) child;
      int order =
          primesOfFunction(factor, i + 1 < tree.getChildCount() ? tree.getChild(i + 1) : null);
      if (order > 0) {
        primes = order;
        continue; // f' (X): the bracket that follows takes it
      }
      if (primes > 0) {
        addDerivative(factors, operator, operatorSpan, tree.getChild(i - 1), factor, primes);
        primes = 0;
      } else {
        addFactor(factors, operator, operatorSpan, factor);
      }
      operator = Ast.ProductOperator.TIMES;
      int end = span(factor).end();
      operatorSpan = new Span(source, end, end);
    }
    return factors.size() == 1
        ? factors.getFirst().operand()
        : new Ast.Product(span(tree), factors);
  }

  private static Ast.ProductOperator operator(GradsmithParser.MultiplicationContext tree) {
    return switch (((TerminalNode) tree.getChild(0)).getSymbol().getType()) {
      case GradsmithLexer.TIMES -> Ast.ProductOperator.TIMES;
      case GradsmithLexer.HADAMARD -> Ast.ProductOperator.HADAMARD;
      case GradsmithLexer.QUOTIENT -> Ast.ProductOperator.ELEMENTWISE_QUOTIENT;
      case GradsmithLexer.SLASH -> Ast.ProductOperator.DIVIDE;
      case GradsmithLexer.BACKSLASH -> Ast.ProductOperator.SOLVE;
      default -> Ast.ProductOperator.KRONECKER;
    };
  }

  /**
   * Returns the number of primes if {@code factor} is a function's name with primes and {@code
   * next} a bracket.
   */
  private int primesOfFunction(ParserRuleContext factor, @Nullable ParseTree next) {
    GradsmithParser.PostfixContext postfix = postfix(factor);
    if (postfix == null
        || postfix.suffix().isEmpty()
        || !(postfix.atom() instanceof GradsmithParser.NameContext name)
        || !called.isFunction(names.of(span(name.NAME().getSymbol())))
        || !(next instanceof GradsmithParser.PowerContext power)
        || !(power.postfix().atom() instanceof GradsmithParser.BracketsContext)) {
      return 0;
    }
    for (GradsmithParser.SuffixContext suffix : postfix.suffix()) {
      if (suffix.TRANSPOSE() == null) {
        return 0;
      }
    }
    return postfix.suffix().size();
  }

  private void addDerivative(
      List<Ast.Factor> factors,
      Ast.ProductOperator operator,
      Span operatorSpan,
      ParseTree function,
      ParserRuleContext bracket,
      int order) {
    GradsmithParser.PostfixContext named = postfix((ParserRuleContext) function);
    GradsmithParser.PowerContext power = (GradsmithParser.PowerContext) bracket;
    GradsmithParser.BracketsContext brackets =
        (GradsmithParser.BracketsContext) power.postfix().atom();
    Span nameSpan = span(named == null ? bracket : named.atom());
    Ast call =
        new Ast.Call(
            nameSpan.to(span(brackets)),
            nameSpan,
            names.of(nameSpan),
            order,
            List.of(expression(brackets.expression())));
    List<Ast.Factor> made = new ArrayList<>();
    Span written = call.span();
    addPower(
        made, operator, operatorSpan, power, suffixes(call, written, power.postfix()), written);
    made.set(0, withSigns(made.getFirst(), (ParserRuleContext) function));
    factors.addAll(made);
  }

  /** Puts the signs in front of {@code factor} with which {@code tree} starts: -f'(X). */
  private Ast.Factor withSigns(Ast.Factor factor, ParserRuleContext tree) {
    return tree instanceof GradsmithParser.SignedContext signed && signed.addition() != null
        ? withSign(withSigns(factor, signed.signed()), signed.addition())
        : factor;
  }

  private Ast.Factor withSign(Ast.Factor factor, GradsmithParser.AdditionContext sign) {
    Span span = span(sign).to(factor.span());
    Ast operand =
        sign.MINUS() == null ? factor.operand() : new Ast.Negation(span, factor.operand());
    return new Ast.Factor(factor.operator(), factor.operatorSpan(), span, operand);
  }

  private boolean isFactor(GradsmithParser.CallContext call) {
    Span name = span(call.CALLED().getSymbol());
    return called.isFactor(names.of(name), name, call);
  }

  private static GradsmithParser.@Nullable PostfixContext postfix(ParserRuleContext factor) {
    if (factor instanceof GradsmithParser.PowerContext power && power.exponent() == null) {
      return power.postfix();
    }
    return factor instanceof GradsmithParser.SignedContext signed
        ? postfix(signed.power() != null ? signed.power() : signed.signed())
        : null;
  }

  private void addFactor(
      List<Ast.Factor> factors,
      Ast.ProductOperator operator,
      Span operatorSpan,
      ParserRuleContext tree) {
    if (tree instanceof GradsmithParser.SignedContext signed) {
      int first = factors.size();
      addFactor(
          factors,
          operator,
          operatorSpan,
          signed.power() != null ? signed.power() : signed.signed());
      if (signed.addition() != null) { // the sign is of the first factor: -a (b) is (-a) (b)
        factors.set(first, withSign(factors.get(first), signed.addition()));
      }
      return;
    }
    GradsmithParser.PowerContext power = (GradsmithParser.PowerContext) tree;
    if (power.postfix().atom() instanceof GradsmithParser.CallContext call && isFactor(call)) {
      Span nameSpan = span(call.CALLED().getSymbol());
      factors.add(
          new Ast.Factor(
              operator, operatorSpan, nameSpan, new Ast.Name(nameSpan, names.of(nameSpan))));
      Span gap = new Span(source, nameSpan.end(), nameSpan.end());
      Span bracket = span(call.OPEN().getSymbol()).to(span(call.CLOSE().getSymbol()));
      Ast base = suffixes(expression(call.arguments().expression(0)), bracket, power.postfix());
      addPower(factors, Ast.ProductOperator.TIMES, gap, power, base, bracket);
    } else {
      addPower(factors, operator, operatorSpan, power, postfix(power.postfix()), span(power));
    }
  }

  /**
   * Adds {@code base}, written from the start of {@code written}, raised to the exponent of {@code
   * tree} if there is one.
   */
  private void addPower(
      List<Ast.Factor> factors,
      Ast.ProductOperator operator,
      Span operatorSpan,
      GradsmithParser.PowerContext tree,
      Ast base,
      Span written) {
    List<Ast.Factor> after = new ArrayList<>();
    @Nullable Ast exponent = tree.exponent() == null ? null : exponent(tree.exponent(), after);
    int end = exponent == null || after.isEmpty() ? span(tree).end() : exponent.span().end();
    Span whole = new Span(source, written.start(), end);
    Ast power = exponent == null ? base : power(tree, base, exponent, whole);
    factors.add(new Ast.Factor(operator, operatorSpan, whole, power));
    factors.addAll(after); // a bracket behind the exponent, as in x^k (A)
  }

  /** Raises {@code base} to what {@code tree} has as its exponent. */
  private Ast power(GradsmithParser.PowerContext tree, Ast base, Ast written, Span whole) {
    Token operator = tree.CARET() != null ? tree.CARET().getSymbol() : tree.DOT_CARET().getSymbol();
    Ast exponent = written;
    int transposes = 0;
    while (exponent instanceof Ast.Transposition transposed && isNumber(transposed.operand())) {
      exponent = transposed.operand(); // A^2' is (A^2)', as nobody transposes the number
      transposes++;
    }
    Ast result = new Ast.Power(whole, span(operator), tree.DOT_CARET() != null, base, exponent);
    for (int i = 0; i < transposes; i++) {
      result = new Ast.Transposition(whole, result);
    }
    return result;
  }

  private static boolean isNumber(Ast ast) {
    return ast instanceof Ast.Numeral
        || ast instanceof Ast.Transposition transposed && isNumber(transposed.operand());
  }

  private Ast exponent(GradsmithParser.ExponentContext tree, List<Ast.Factor> after) {
    if (tree.power() != null) {
      List<Ast.Factor> factors = new ArrayList<>();
      addFactor(factors, Ast.ProductOperator.TIMES, span(tree), tree.power());
      after.addAll(factors.subList(1, factors.size()));
      return factors.getFirst().operand();
    }
    Ast operand = exponent(tree.exponent(), after);
    return tree.addition().MINUS() == null
        ? operand
        : new Ast.Negation(span(tree.addition()).to(operand.span()), operand);
  }

  private Ast postfix(GradsmithParser.PostfixContext tree) {
    return suffixes(atom(tree.atom()), span(tree.atom()), tree);
  }

  /** Applies the suffixes of {@code tree} to {@code base}, {@code written} with its brackets. */
  private Ast suffixes(Ast base, Span written, GradsmithParser.PostfixContext tree) {
    Ast result = base;
    for (GradsmithParser.SuffixContext suffix : tree.suffix()) {
      Span whole = written.to(span(suffix));
      if (suffix.TRANSPOSE() == null) {
        Ast exponent =
            suffix.SUPERSCRIPT() == null
                ? new Ast.Negation(span(suffix), new Ast.Numeral(span(suffix), "1"))
                : new Ast.Numeral(
                    span(suffix), text(suffix.SUPERSCRIPT().getSymbol()).equals("²") ? "2" : "3");
        result = new Ast.Power(whole, span(suffix), false, result, exponent);
      }
      if (suffix.TRANSPOSE() != null || suffix.INVERSE_TRANSPOSE() != null) {
        result = new Ast.Transposition(whole, result);
      }
    }
    return result;
  }

  private Ast atom(GradsmithParser.AtomContext tree) {
    return switch (tree) {
      case GradsmithParser.NumeralContext numeral ->
          new Ast.Numeral(span(tree), text(numeral.NUMBER().getSymbol()));
      case GradsmithParser.NameContext name ->
          new Ast.Name(span(tree), names.of(span(name.NAME().getSymbol())));
      case GradsmithParser.BracketsContext brackets -> expression(brackets.expression());
      case GradsmithParser.NormContext norm -> norm(norm);
      case GradsmithParser.CallContext call -> {
        List<Ast> arguments = new ArrayList<>();
        if (call.arguments() != null) {
          for (GradsmithParser.ExpressionContext argument : call.arguments().expression()) {
            arguments.add(expression(argument));
          }
        }
        Token name = call.CALLED().getSymbol();
        yield new Ast.Call(
            span(tree), span(name), called.function(names.of(span(name))), 0, arguments);
      }
      default ->
          throw new IllegalStateException(
              "an atom that the grammar does not have: " + tree.getText());
    };
  }

  private Ast norm(GradsmithParser.NormContext tree) {
    String name =
        switch (tree.SUBSCRIPT() == null ? "" : text(tree.SUBSCRIPT().getSymbol())) {
          case "_1" -> "norm1";
          case "_*" -> "nuclear_norm";
          default -> "norm2";
        };
    return new Ast.Call(span(tree), span(tree), name, 0, List.of(expression(tree.expression())));
  }

  private String text(Token token) {
    return span(token).text();
  }

  private Span span(Token token) {
    return new Span(source, token.getStartIndex(), token.getStopIndex() + 1);
  }

  private Span span(ParserRuleContext tree) {
    return span(tree.getStart()).to(span(tree.getStop()));
  }
}
