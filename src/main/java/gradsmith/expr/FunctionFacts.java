package gradsmith.expr;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the library knows of its functions beyond their shapes, as plain graphs that nothing has
 * rewritten.
 */
public interface FunctionFacts {

  /** Returns the definition of {@code symbol}, or null if it has a kernel instead. */
  @Nullable Lambda definition(FunctionSymbol symbol);

  /**
   * Returns margins that are all positive, at every entry, exactly where {@code symbol} is
   * differentiable.
   */
  List<Lambda> domain(FunctionSymbol symbol);
}
