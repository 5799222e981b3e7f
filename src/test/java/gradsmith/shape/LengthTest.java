package gradsmith.shape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** Equations between lengths: solved at once, later, by choice, or not at all. */
class LengthTest {

  private final Length x = Length.freeOfName();
  private final Length y = Length.freeOfName();
  private final Length z = Length.freeOfName();
  private final Length w = Length.freeOfName();

  private static Length known(String name) {
    return Length.of(Polynomial.of(name), null);
  }

  private static Length number(int value) {
    return Length.of(Polynomial.of(value), null);
  }

  private static Length product(Length outer, Length inner) {
    return Length.product(outer, inner);
  }

  private static void assertIs(String expected, Length length) {
    assertEquals(expected, String.valueOf(length.value()));
  }

  @Test
  void oneUnknownFactorIsTold() {
    assertTrue(product(x, known("q")).unify(product(known("b"), known("q")), ""));
    assertIs("b", x);
    assertTrue(product(number(2), y).unify(number(6), ""));
    assertIs("3", y);
    assertTrue(Length.sum(z, known("m")).unify(Length.sum(known("m"), known("n")), ""));
    assertIs("n", z);
    assertTrue(Length.sum(w, known("m")).unify(known("n"), ""));
    assertIs("n - m", w);
  }

  @Test
  void productsOfNumbersAreCompared() {
    Length left = product(number(2), product(number(3), known("n")));
    assertTrue(left.unify(product(number(6), known("n")), ""));
    assertFalse(left.unify(product(number(5), known("n")), ""));
    assertTrue(left.same(product(known("n"), number(6))));
  }

  @Test
  void powersHaveRoots() {
    assertTrue(product(x, x).unify(number(9), ""));
    assertIs("3", x);
    assertTrue(product(y, y).unify(product(known("n"), known("n")), ""));
    assertIs("n", y);
    assertFalse(product(z, z).unify(known("n"), ""));
  }

  @Test
  void whatIsNotToldWaits() {
    Length left = product(x, y);
    Length right = product(z, known("n"));
    assertTrue(left.unify(right, ""));
    assertNull(x.value());
    assertFalse(left.same(right));
    assertTrue(x.unify(known("n"), ""));
    assertTrue(z.same(y));
    assertTrue(y.unify(known("k"), ""));
    assertIs("k", z);
    assertIs("k*n", left);
    assertTrue(left.same(right));
  }

  @Test
  void oneToldLengthTellsOthersInTurn() {
    Length first = product(x, y);
    Length second = product(y, z);
    assertTrue(first.unify(product(known("n"), known("m")), ""));
    assertTrue(second.unify(product(known("m"), known("k")), ""));
    assertTrue(x.unify(known("n"), ""));
    assertIs("m", y);
    assertIs("k", z);
  }

  @Test
  void aLengthMadeOfUnknownOnesIsKnownWithThem() {
    Length sum = Length.sum(product(number(2), x), number(1));
    Length other = Length.free();
    assertTrue(other.unify(sum, ""));
    assertNull(other.value());
    assertEquals(Set.of(x.root()), other.unknowns());
    assertTrue(x.unify(known("d"), ""));
    assertIs("2*d + 1", other);
  }

  @Test
  void aLengthThatDependsOnItselfHasNone() {
    assertFalse(product(x, y).unify(y, ""));
    assertFalse(Length.sum(x, number(1)).unify(x, ""));
    Length free = Length.free();
    assertTrue(product(free, y).unify(y, ""));
    assertIs("1", free);
  }

  @Test
  void differentNamesAreDifferentLengths() {
    assertFalse(product(x, known("d")).unify(known("n"), ""));
    assertFalse(known("n").unify(Length.sum(known("n"), number(1)), ""));
    assertFalse(Length.sum(y, number(4)).unify(number(3), ""));
  }

  @Test
  void aNameIsNeverOne() {
    assertFalse(product(number(3), x).unify(number(3), ""));
    assertFalse(x.unify(number(1), ""));
  }

  @Test
  void factorsAreChosenFromTheInnermost() {
    // kron(Y, G) vec(W): the rows of W are the columns of G
    Length columnsOfY = x;
    Length columnsOfG = y;
    assertTrue(product(columnsOfY, columnsOfG).unify(product(z, w), ""));
    assertTrue(x.equations().isEmpty() && y.equations().isEmpty());
    LengthEquation equation = waiting(product(x, y), product(z, w));
    assertTrue(equation.choose());
    assertTrue(y.same(w));
    assertTrue(x.same(z));
  }

  @Test
  void aLongerProductIsChosenAsOneFactor() {
    Length u = Length.freeOfName();
    assertTrue(waiting(product(x, product(y, z)), product(w, u)).choose());
    assertTrue(z.same(u));
    assertTrue(w.same(product(x, y)));
  }

  @Test
  void knownFactorsAreSharedOut() {
    Length left = product(known("n"), x);
    Length right = product(known("m"), y);
    assertTrue(waiting(left, right).choose());
    assertTrue(left.same(right));
    assertTrue(waiting(product(number(2), z), product(number(3), w)).choose());
    assertTrue(product(number(2), z).same(product(number(3), w)));
  }

  @Test
  void whatNoLengthsSatisfyIsNotChosen() {
    assertFalse(waiting(product(x, y), known("n")).choose());
  }

  @Test
  void sumsAreChosenTermByTerm() {
    Length left = Length.sum(x, y);
    Length right = Length.sum(z, w);
    assertTrue(waiting(left, right).choose());
    assertTrue(x.same(z));
    assertTrue(y.same(w));
  }

  @Test
  void aContradictionThatShowsLaterIsKept() {
    Length left = product(x, y);
    Length right = product(z, number(2));
    assertTrue(left.unify(right, "because"));
    assertTrue(x.unify(number(3), ""));
    assertTrue(y.unify(number(5), ""));
    LengthEquation equation = left.equations().getFirst();
    assertTrue(equation.fails());
    assertFalse(equation.choose());
    assertEquals("because", equation.because());
  }

  @Test
  void whatIsTooLargeIsRefused() {
    Length large = number(100_000);
    assertThrows(ArithmeticException.class, () -> product(large, large));
  }

  private static LengthEquation waiting(Length left, Length right) {
    assertTrue(left.unify(right, ""));
    return left.equations().getFirst();
  }
}
