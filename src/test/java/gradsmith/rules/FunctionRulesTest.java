package gradsmith.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gradsmith.language.Library;
import gradsmith.source.Source;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FunctionRulesTest {

  /** Each function's adjoint needs those of the two before it. */
  @Test
  void adjointsAreFoundByManyThreadsAtOnce() {
    int count = 60;
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      String tangent = i < 2 ? "2 * dA" : "lin%d(dA) - lin%d(dA) + 2 * dA".formatted(i - 1, i - 2);
      text.append("lin%d : elementwise\nlin%d(A) = 2 * A\n".formatted(i, i))
          .append("d(lin%d(A)) = %s\n\n".formatted(i, tangent));
    }
    Library library = Library.with(List.of(new Source("own", text.toString())));
    for (int round = 0; round < 10; round++) {
      FunctionRules rules = new FunctionRules(library);
      long right =
          IntStream.range(0, count)
              .parallel()
              .mapToObj(i -> rules.adjoint(rules.symbol("lin" + i, 1), 0))
              .filter(adjoint -> adjoint.parameters().size() == 2)
              .count();
      assertEquals(count, right);
    }
  }

  /** The order in which adjoints are found does not come from the stack. */
  @Test
  void aLongChainOfFunctionsTakesNoStack() {
    int count = 3_000;
    StringBuilder text =
        new StringBuilder("f0 : elementwise\nf0(A) = 2 * A\nd(f0(A)) = 2 * dA\n\n");
    for (int i = 1; i < count; i++) {
      text.append("f%d : elementwise\nf%d(A) = 2 * A\n".formatted(i, i))
          .append("d(f%d(A)) = f%d(dA)\n\n".formatted(i, i - 1));
    }
    FunctionRules rules =
        new FunctionRules(Library.with(List.of(new Source("own", text.toString()))));
    assertEquals(2, rules.adjoint(rules.symbol("f" + (count - 1), 1), 0).parameters().size());
  }
}
