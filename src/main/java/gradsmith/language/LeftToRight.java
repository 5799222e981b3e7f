package gradsmith.language;

import gradsmith.source.Span;
import java.util.List;

/** Shows the order in which the factors of a product are multiplied. */
final class LeftToRight {

  private static final int FACTORS_SHOWN = 8;

  private LeftToRight() {}

  /** Returns {@code product} with brackets; of a long one only how it begins. */
  static String of(Ast.Product product) {
    List<Ast.Factor> factors = product.factors();
    int shown = Math.min(factors.size(), FACTORS_SHOWN);
    StringBuilder text = new StringBuilder("(".repeat(shown - 2));
    for (int i = 0; i < shown; i++) {
      Span operator = factors.get(i).operatorSpan();
      int start = i == 0 ? product.span().start() : operator.end();
      boolean last = i == factors.size() - 1;
      int end = last ? product.span().end() : factors.get(i + 1).operatorSpan().start();
      String sign = operator.text().strip();
      text.append(i == 0 ? "" : sign.isEmpty() ? " " : " " + sign + " ");
      text.append(Shapes.text(new Span(operator.source(), start, end).part(0, end - start)));
      text.append(i > 0 && i < shown - 1 ? ")" : "");
    }
    return text.append(shown < factors.size() ? " …" : "").toString();
  }
}
