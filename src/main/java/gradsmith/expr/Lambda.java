package gradsmith.expr;

import java.util.List;

/**
 * An expression in parameters. The named dimensions of the parameters' shapes stand for any
 * lengths, and any leading axes may stand before them.
 *
 * @param parameters the holes
 * @param body what is done with them
 */
public record Lambda(List<Variable> parameters, Expr body) {
  /** Copies the list. */
  public Lambda {
    parameters = List.copyOf(parameters);
  }
}
