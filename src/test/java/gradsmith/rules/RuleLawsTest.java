package gradsmith.rules;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gradsmith.check.PartProof;
import gradsmith.check.RuleProof;
import gradsmith.expr.Fact;
import gradsmith.expr.FunctionSymbol;
import gradsmith.language.Library;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Proves every line of the library and of the identities at random points. A new line is found and
 * proved without a word about it here.
 */
class RuleLawsTest {

  private static final Library LIBRARY = Library.standard();
  private static final FunctionRules RULES = new FunctionRules(LIBRARY);
  private static final RuleProof PROOF = new RuleProof(RULES);
  private static final PartProof PARTS = new PartProof(RULES);

  static Stream<FunctionSymbol> functions() {
    List<FunctionSymbol> symbols = new ArrayList<>();
    for (Library.Entry entry : LIBRARY.entries()) {
      FunctionSymbol symbol = entry.symbol();
      if (symbol != null) {
        symbols.add(symbol);
      }
    }
    return symbols.stream();
  }

  static Stream<Identity> identities() {
    return IdentityRules.standard(LIBRARY).all().stream();
  }

  static Stream<FunctionSymbol> differentiableFunctions() {
    return functions().filter(RULES::hasDifferential);
  }

  /** The functions that are stated to be linear in an argument. */
  static Stream<Arguments> linearArguments() {
    List<Arguments> linear = new ArrayList<>();
    functions()
        .forEach(symbol -> {
          for (int i = 0; i < symbol.arity(); i++) {
            if (RULES.isLinear(symbol, i)) {
              linear.add(Arguments.of(symbol, i));
            }
          }
        });
    return linear.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("differentiableFunctions")
  void differentialIsTheSlope(FunctionSymbol symbol) {
    assertNull(PROOF.differential(symbol));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("differentiableFunctions")
  void adjointIsTheTransposeOfTheDifferential(FunctionSymbol symbol) {
    assertNull(PROOF.adjoints(symbol));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("linearArguments")
  void statedAdjointIsTheTranspose(FunctionSymbol symbol, int index) {
    assertNull(PROOF.statedAdjoint(symbol, index));
  }

  static Stream<Arguments> facts() {
    return functions()
        .flatMap(symbol -> symbol.facts().stream().map(fact -> Arguments.of(symbol, fact)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("facts")
  void factIsTrueOfEveryValue(FunctionSymbol symbol, Fact fact) {
    assertNull(PROOF.fact(symbol, fact));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("functions")
  void definitionAgreesWithTheKernel(FunctionSymbol symbol) {
    assertNull(PROOF.definition(symbol));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("functions")
  void partsAreFunctionsOfThemselves(FunctionSymbol symbol) {
    assertNull(PARTS.flaw(symbol));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("identities")
  void bothSidesAreEqual(Identity identity) {
    assertNull(PROOF.identity(identity));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("identities")
  void rightSideCostsLess(Identity identity) {
    assertTrue(Cost.of(identity.right()) < Cost.of(identity.left()), identity.toString());
  }
}
