package gradsmith.shape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** The laws of a commutative ring, and what a length is asked for. */
class PolynomialTest {

  private static final Polynomial N = Polynomial.of("n");
  private static final Polynomial M = Polynomial.of("m");
  private static final Polynomial D = Polynomial.of("d");

  private static Polynomial number(long value) {
    return Polynomial.of(value);
  }

  @RepeatedTest(200)
  void isARing(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    Polynomial a = draw(random);
    Polynomial b = draw(random);
    Polynomial c = draw(random);
    assertEquals(a.plus(b), b.plus(a));
    assertEquals(a.plus(b).hashCode(), b.plus(a).hashCode());
    assertEquals(a.plus(b).plus(c), a.plus(b.plus(c)));
    assertEquals(a.times(b), b.times(a));
    assertEquals(a.times(b).hashCode(), b.times(a).hashCode());
    assertEquals(a.times(b).times(c), a.times(b.times(c)));
    assertEquals(a.times(b.plus(c)), a.times(b).plus(a.times(c)));
    assertEquals(a, a.plus(Polynomial.ZERO));
    assertSame(a, a.times(Polynomial.ONE));
    assertEquals(Polynomial.ZERO, a.times(Polynomial.ZERO));
    assertEquals(Polynomial.ZERO, a.minus(a));
    assertEquals(a.times(a).times(a), a.power(3));
    assertEquals(Polynomial.ONE, a.power(0));
  }

  @RepeatedTest(200)
  void substitutionAndEvaluationAreHomomorphisms(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    Polynomial a = draw(random);
    Polynomial b = draw(random);
    Map<String, Polynomial> values = Map.of("n", draw(random), "m", draw(random));
    assertEquals(
        a.times(b).plus(a).with(values::get),
        a.with(values::get).times(b.with(values::get)).plus(a.with(values::get)));
    Map<String, Integer> lengths = Map.of("n", 2, "m", 3, "d", 5);
    assertEquals(
        a.at(lengths::get) * b.at(lengths::get) + a.at(lengths::get),
        a.times(b).plus(a).at(lengths::get));
    Polynomial numbers = a.with(name -> number(Objects.requireNonNull(lengths.get(name))));
    assertTrue(numbers.isNumber());
    assertEquals(a.at(lengths::get), numbers.number());
  }

  @RepeatedTest(200)
  void divisionUndoesMultiplication(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    Polynomial a = draw(random);
    Polynomial b = draw(random);
    if (!b.equals(Polynomial.ZERO)) {
      assertEquals(a, Division.exact(a.times(b), b));
      Polynomial more = Polynomial.of("z");
      assertNull(Division.exact(a.times(b).plus(Polynomial.ONE), b.times(more)));
    }
  }

  @Test
  void theRootOfALinearEquationIsItsSolution() {
    Polynomial equation = D.times(N).minus(D.times(M.plus(number(2))));
    Linear linear = Objects.requireNonNull(Linear.of(equation, "n"));
    assertEquals(D, linear.coefficient());
    assertEquals(M.plus(number(2)), linear.root());
    assertNull(Objects.requireNonNull(Linear.of(D.times(N).minus(M), "n")).root());
    assertNull(Linear.of(N.times(N), "n"));
    assertNull(Linear.of(M, "n"));
  }

  @Test
  void namesAndNumbersAreWhatTheyAre() {
    assertEquals("n", N.name());
    assertNull(N.times(M).name());
    assertNull(N.times(number(2)).name());
    assertTrue(number(3).isNumber());
    assertEquals(3, number(3).number());
    assertSame(Polynomial.ONE, N.minus(N).plus(Polynomial.ONE));
    assertTrue(N.plus(Polynomial.ONE).minus(N).isOne());
    assertThrows(IllegalStateException.class, N::number);
    assertEquals(List.of("d", "n", "m"), List.copyOf(D.times(N).plus(M).names()));
  }

  @Test
  void signsSayWhatCanBeALength() {
    assertTrue(N.minus(number(1)).canBePositive());
    assertFalse(N.minus(number(1)).isPositive());
    assertTrue(N.plus(M).isPositive());
    assertFalse(Polynomial.ZERO.canBePositive());
    assertFalse(number(-1).minus(N).canBePositive());
  }

  @Test
  void itIsWrittenAsItIsTyped() {
    assertEquals("n + m", N.plus(M).toString());
    assertEquals("2*d", number(2).times(D).toString());
    assertEquals("d*n", N.times(D).toString());
    assertEquals("k·n·n", N.times(Polynomial.of("k")).times(N).text("·"));
    assertEquals("n - 1", Polynomial.ZERO.minus(Polynomial.ONE).plus(N).toString());
    assertEquals("(n + m)", N.plus(M).asFactor("*"));
    assertEquals("2*d", number(2).times(D).asFactor("*"));
    assertEquals("0", Polynomial.ZERO.toString());
    assertEquals("-n", Polynomial.ZERO.minus(N).toString());
  }

  @Test
  void whatIsTooLargeIsNoWrongNumber() {
    assertThrows(ArithmeticException.class, () -> number(1L << 40).times(number(1L << 40)));
    Polynomial sum = Polynomial.ZERO;
    for (int i = 0; i < 200; i++) {
      sum = sum.plus(Polynomial.of("n" + i));
    }
    Polynomial many = sum;
    assertThrows(ArithmeticException.class, () -> many.times(many));
    assertThrows(ArithmeticException.class, () -> N.times(M).at(name -> 1L << 40));
  }

  @Test
  void differentOnesDiffer() {
    assertNotEquals(N.plus(M), N.times(M));
    assertNotEquals(N.plus(M), N.minus(M));
    assertNotEquals(N.times(number(2)), N.times(number(3)));
    assertNotEquals(N.times(N), N);
  }

  private static Polynomial draw(Random random) {
    Polynomial sum = Polynomial.ZERO;
    for (int i = random.nextInt(4); i > 0; i--) {
      Polynomial term = number(random.nextInt(7) - 3L);
      for (int j = random.nextInt(3); j > 0; j--) {
        term = term.times(List.of(N, M, D).get(random.nextInt(3)));
      }
      sum = sum.plus(term);
    }
    return sum;
  }
}
