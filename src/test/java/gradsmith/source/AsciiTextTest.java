package gradsmith.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AsciiTextTest {

  @ParameterizedTest
  @CsvSource({"λ, lambda", "Σ, Sigma", "β₁₂, beta12", "dµ, dmu", "ℓ, ell", "W_ϵ, W_epsilon"})
  void namesAreSpelledWithTheNamesOfTheirLetters(String name, String ascii) {
    assertEquals(ascii, AsciiText.name(name));
  }

  @Test
  void lettersOfOtherScriptsKeepTheirCase() {
    assertEquals("U0416", AsciiText.name("Ж"));
    assertEquals("u0436", AsciiText.name("ж"));
  }

  @Test
  void operatorsAreThoseOfTheLanguage() {
    assertEquals("A' .* B^2 - ||x||", AsciiText.of("Aᵀ ⊙ B² − ‖x‖"));
    assertTrue(AsciiText.canSpell("λ A⁻¹"));
    assertFalse(AsciiText.canSpell("A ⊗ B"));
  }
}
