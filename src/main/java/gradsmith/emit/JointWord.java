package gradsmith.emit;

import gradsmith.expr.FunctionSymbol;
import gradsmith.shape.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A target's words for a function and its adjoint, of which the first saves for the second.
 *
 * @param value the function, said by a word that saves
 * @param saved what that word gives after the value, a number for each row, in that order
 * @param names what these are called in code
 * @param adjoint the adjoint, a function of the cotangent, the arguments, and what was saved
 */
record JointWord(
    FunctionSymbol value, List<FunctionSymbol> saved, List<String> names, FunctionSymbol adjoint) {

  /** Copies the lists. */
  JointWord {
    saved = List.copyOf(saved);
    names = List.copyOf(names);
  }

  /** The words for {@code function} that save what is called {@code names}. */
  static JointWord of(FunctionSymbol function, List<String> names) {
    Signature signature = function.signature();
    List<String> oneEach = List.of(signature.result().getFirst(), "1");
    Signature saving = new Signature(signature.kind(), signature.parameters(), oneEach);
    List<FunctionSymbol> saved = new ArrayList<>();
    List<List<String>> operands = new ArrayList<>(List.of(signature.result()));
    operands.addAll(signature.parameters());
    for (String name : names) {
      saved.add(symbol(function.name() + "_" + name, saving));
      operands.add(oneEach);
    }
    Signature back = new Signature(signature.kind(), operands, signature.parameters().getFirst());
    return new JointWord(
        symbol(function.name() + "_saving", signature),
        saved,
        names,
        symbol(function.name() + "_adjoint", back));
  }

  private static FunctionSymbol symbol(String name, Signature signature) {
    return new FunctionSymbol(name, signature.parameters().size(), signature, Set.of());
  }

  /** Tells whether {@code symbol} is the value or what is saved with it. */
  boolean gives(FunctionSymbol symbol) {
    return symbol.equals(value) || saved.contains(symbol);
  }

  /** Tells whether {@code symbol} is of this word, and of no library. */
  boolean has(FunctionSymbol symbol) {
    return gives(symbol) || symbol.equals(adjoint);
  }
}
