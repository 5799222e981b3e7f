package gradsmith.language;

import gradsmith.expr.Rational;
import gradsmith.source.Diagnostic;
import gradsmith.source.Diagnostics;
import gradsmith.source.Span;
import java.util.List;
import java.util.Objects;

/**
 * Powers: of numbers, entry by entry, and of square matrices, which are written out for a number
 * and stay whole for a name. An inverse is the power -1.
 */
final class Powers {

  private final Library library;
  private final WholeNames wholeNames;
  private final Shapes shapes;
  private final Diagnostics diagnostics;

  Powers(Library library, WholeNames wholeNames, Shapes shapes, Diagnostics diagnostics) {
    this.library = library;
    this.wholeNames = wholeNames;
    this.shapes = shapes;
    this.diagnostics = diagnostics;
  }

  /** Builds {@code power} of what its base and its exponent are. */
  Proto power(Ast.Power power, Proto base, Proto exponent) {
    if (base.isError() || exponent.isError()) {
      return shapes.error(power.span());
    }
    if (power.elementwise() && !exponent.isScalar()) {
      return powers(power, base, exponent);
    }
    if (HermitianTransposes.isExponent(power.exponent()) && !exponent.isScalar()) {
      diagnostics.add(HermitianTransposes.note(power.exponent().span()));
      return shapes.transpose(base, power.span());
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
              entryByEntry(power)
                  + "; the squared length: "
                  + power.base().asFactor()
                  + "' "
                  + power.base().asFactor()));
    }
    boolean negative = power.exponent() instanceof Ast.Negation;
    Ast bare =
        power.exponent() instanceof Ast.Negation negation ? negation.operand() : power.exponent();
    if (!(bare instanceof Ast.Numeral) && wholeNames.collect(exponent)) {
      return symbolicPower(power, base, exponent);
    }
    if (!(bare instanceof Ast.Numeral numeral) || !numeral.value().isInteger()) {
      return shapes.misfit(
          Diagnostic.error(
              exponent.span,
              "the power of a matrix needs a whole number",
              "there are no roots of matrices; another function, " + entryByEntry(power)));
    }
    Rational count = numeral.value();
    if (count.compareTo(Rational.of(Limits.MATRIX_POWER)) > 0) {
      return shapes.misfit(
          Diagnostic.error(
              exponent.span,
              "a matrix power of more than " + Limits.MATRIX_POWER + " is too long to write out",
              entryByEntry(power)));
    }
    if (!base.rows.unify(
        base.columns, "`" + Shapes.text(power.span()) + "` is a power, so it is square")) {
      return shapes.misfit(
          Diagnostic.error(
              power.span(),
              "only a square matrix has powers; " + text + " is " + shapes.messages.shape(base),
              shapes.messages.because(base) + "; " + entryByEntry(power)));
    }
    int copies = count.numerator().intValueExact();
    Proto factor = negative ? inverse(base, power.span()) : base;
    return factor.isError() || copies == 1
        ? factor
        : shapes.same(new Proto.Form.Repeated(copies), List.of(factor), factor, power.span());
  }

  /** Says how the power is written that is more often meant. */
  private static String entryByEntry(Ast.Power power) {
    String exponent = power.exponent().asFactor().replace("²", "2").replace("³", "3");
    return "entry by entry: " + power.base().asFactor() + ".^" + exponent;
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

  /** Builds the inverse of {@code operand}. */
  Proto inverse(Proto operand, Span span) {
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
}
