package gradsmith.expr;

import gradsmith.shape.Signature;

/**
 * The name of a function of the library, with the shapes it takes and gives.
 *
 * @param name what users type
 * @param arity the number of arguments
 * @param signature its shapes
 */
public record FunctionSymbol(String name, int arity, Signature signature) {

  /** A name and an arity tell symbols apart well enough. */
  @Override
  public int hashCode() {
    return 31 * name.hashCode() + arity;
  }
}
