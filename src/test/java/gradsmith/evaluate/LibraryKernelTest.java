package gradsmith.evaluate;

import static org.junit.jupiter.api.Assertions.assertTrue;

import gradsmith.expr.FunctionSymbol;
import gradsmith.language.Library;
import org.junit.jupiter.api.Test;

class LibraryKernelTest {

  @Test
  void everyFunctionHasADefinitionOrAKernel() {
    for (Library.Entry entry : Library.standard().entries()) {
      FunctionSymbol symbol = entry.symbol();
      assertTrue(
          symbol == null
              || entry.definition() != null
              || ScalarKernel.find(symbol.name(), symbol.arity()) != null
              || MatrixKernel.find(symbol.name(), symbol.arity()) != null,
          entry.name() + " of " + entry.arity() + " has neither a definition nor a kernel");
    }
  }
}
