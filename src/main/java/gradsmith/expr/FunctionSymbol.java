package gradsmith.expr;

import gradsmith.shape.Signature;
import java.util.Set;

/**
 * The name of a function of the library, with the shapes it takes and gives.
 *
 * @param name what users type
 * @param arity the number of arguments
 * @param signature its shapes
 * @param facts what is true of its values
 */
public record FunctionSymbol(String name, int arity, Signature signature, Set<Fact> facts) {

  /** Copies the set. */
  public FunctionSymbol {
    facts = Set.copyOf(facts);
  }

  /** Tells whether {@code fact} is stated of the function. */
  public boolean has(Fact fact) {
    return facts.contains(fact);
  }

  /** A name and an arity tell symbols apart well enough. */
  @Override
  public int hashCode() {
    return 31 * name.hashCode() + arity;
  }
}
