package gradsmith.shape;

import gradsmith.shape.Polynomial.Term;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A polynomial as a linear one of one of its names: coefficient · name + rest, where neither has
 * the name.
 */
public record Linear(Polynomial coefficient, Polynomial rest) {

  /** Returns {@code polynomial} as a linear one of {@code name}, or null if it is none. */
  public static @Nullable Linear of(Polynomial polynomial, String name) {
    Polynomial coefficient = Polynomial.ZERO;
    Polynomial rest = Polynomial.ZERO;
    for (Term term : polynomial.terms()) {
      List<String> others = new ArrayList<>(term.names());
      boolean has = others.remove(name);
      if (others.contains(name)) {
        return null;
      }
      Polynomial own = Polynomial.of(new Term(term.coefficient(), List.copyOf(others)));
      coefficient = has ? coefficient.plus(own) : coefficient;
      rest = has ? rest : rest.plus(own);
    }
    return coefficient.equals(Polynomial.ZERO) ? null : new Linear(coefficient, rest);
  }

  /** Returns what the name is where the polynomial is 0, or null if that is no polynomial. */
  public @Nullable Polynomial root() {
    return Division.exact(Polynomial.ZERO.minus(rest), coefficient);
  }
}
