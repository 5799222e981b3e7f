package gradsmith.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gradsmith.shape.Polynomial;
import gradsmith.shape.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScheduleTest {

  private static final Shape MATRIX = Shape.matrix(Polynomial.of("n"), Polynomial.of("d"));

  private static Statement statement(String name, Shape shape, String... reads) {
    return new Statement(
        List.of(name), Code.atom(String.join(" + ", reads)), shape, Set.of(reads), List.of());
  }

  private static List<String> order(List<Statement> statements, String... results) {
    return Schedule.of(statements, Set.of(results)).stream().map(Statement::name).toList();
  }

  @Test
  void whatIsSmallComesAsSoonAsItsLargePartsAreThere() {
    List<Statement> statements =
        List.of(
            statement("A", MATRIX, "X"),
            statement("dA", MATRIX, "A", "X"),
            statement("B", MATRIX, "dA"),
            statement("L", Shape.SCALAR, "A"));
    assertEquals(List.of("A", "L", "dA", "B"), order(statements, "L", "B"));
  }

  @Test
  void theLastUseOfAnArrayComesBeforeMoreAreMade() {
    List<Statement> statements =
        List.of(
            statement("A", MATRIX, "X"),
            statement("B", MATRIX, "A"),
            statement("C", MATRIX, "B"),
            statement("D", MATRIX, "C"),
            statement("E", MATRIX, "A"));
    assertEquals(List.of("A", "B", "E", "C", "D"), order(statements, "B", "D", "E"));
    assertEquals(List.of("A", "B", "C", "D", "E"), order(statements, "A", "D", "E"));
  }

  @Test
  void whatNeedsNothingLargeStaysWhereItIsUsed() {
    List<Statement> statements =
        List.of(
            statement("A", MATRIX, "X"),
            statement("s", Shape.SCALAR, "n"),
            statement("B", MATRIX, "A", "s"));
    assertEquals(List.of("A", "s", "B"), order(statements, "A", "B"));
  }

  /** Each statement reads the one before it and the one as far from the other end. */
  @Test
  void manyStatementsTakeNoLong() {
    int count = 100_000;
    List<Statement> statements = new ArrayList<>(List.of(statement("x0", MATRIX, "X")));
    for (int i = 1; i < count; i++) {
      int other = Math.min(i - 1, count - i);
      statements.add(
          statement(
              "x" + i,
              MATRIX,
              "x" + (i - 1),
              i == 1 ? "X" : "x" + (other == i - 1 ? i - 2 : other)));
    }
    assertEquals(count, order(statements, "x" + (count - 1)).size());
  }
}
