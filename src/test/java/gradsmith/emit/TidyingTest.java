package gradsmith.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gradsmith.expr.Apply;
import gradsmith.expr.Expr;
import gradsmith.expr.Expressions;
import gradsmith.expr.Graph;
import gradsmith.expr.Operator;
import gradsmith.expr.Operator.Primitive;
import gradsmith.expr.Rational;
import gradsmith.shape.Polynomial;
import gradsmith.shape.Shape;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class TidyingTest {

  private static final Shape SQUARE = Shape.matrix(Polynomial.of("n"), Polynomial.of("n"));

  private final Expressions expressions = new Expressions();
  private final Expr a = matrix("A");
  private final Expr b = matrix("B");

  private Expr matrix(String name) {
    return expressions.variable(name, SQUARE, 2, Set.of());
  }

  private Expr apply(Primitive operator, Expr... arguments) {
    return expressions.apply(operator, List.of(arguments));
  }

  private Expr negative(Expr node) {
    return expressions.apply(new Operator.Scale(Rational.MINUS_ONE), List.of(node));
  }

  private Expr tidied(Expr root) {
    return new Tidying(expressions, List.of(root)).tidied().getFirst();
  }

  @Test
  void aTransposeGoesWhereItIsLess() {
    Expr turned = apply(Primitive.TRANSPOSE, b);
    Expr sum = apply(Primitive.SUM, apply(Primitive.TRANSPOSE, a), turned);
    assertSame(apply(Primitive.SUM, a, b), tidied(apply(Primitive.TRANSPOSE, sum)));
    Expr plain = apply(Primitive.TRANSPOSE, apply(Primitive.SUM, a, b));
    assertSame(plain, tidied(plain));
  }

  @Test
  void aSignGoesIntoADifference() {
    Expr difference = apply(Primitive.SUM, a, negative(b));
    assertSame(
        apply(Primitive.HADAMARD, a, apply(Primitive.SUM, negative(a), b)),
        tidied(negative(apply(Primitive.HADAMARD, a, difference))));
  }

  /** Each level has a transpose and a sign of what is below, all used once. */
  @Test
  void depthIsNoLimit() {
    int levels = 100_000;
    Expr deep = b;
    for (int i = 0; i < levels; i++) {
      Expr below = i % 2 == 0 ? apply(Primitive.SUM, a, negative(deep)) : deep;
      deep = negative(apply(Primitive.HADAMARD, a, apply(Primitive.TRANSPOSE, below)));
    }
    Expr root = deep;
    Expr tidied = Assertions.assertTimeout(Duration.ofSeconds(30), () -> tidied(root));
    long products =
        Graph.postOrder(tidied).stream()
            .filter(node -> node instanceof Apply apply && apply.operator() == Primitive.HADAMARD)
            .count();
    assertEquals(levels, products);
    assertTrue(Graph.postOrder(tidied).size() < 10 * levels);
  }
}
