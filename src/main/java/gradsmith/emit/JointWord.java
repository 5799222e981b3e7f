package gradsmith.emit;

import gradsmith.expr.FunctionSymbol;
import gradsmith.shape.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A target's word that gives several arrays at once.
 *
 * @param call the word, with the shapes that it takes
 * @param results what it gives, each a function of what it takes; the first is called as the word
 * @param names what the results are called in code, those that no formula names
 */
record JointWord(FunctionSymbol call, List<FunctionSymbol> results, List<String> names) {

  /** Copies the lists. */
  JointWord {
    results = List.copyOf(results);
    names = List.copyOf(names);
  }

  /**
   * Returns the word for {@code function} that gives, after its value, {@code saved}: numbers for
   * each row that its adjoints take.
   */
  static JointWord saving(FunctionSymbol function, List<String> saved) {
    Signature signature = function.signature();
    List<List<String>> patterns = new ArrayList<>(List.of(signature.result()));
    saved.forEach(name -> patterns.add(rowwise(signature)));
    List<String> names = new ArrayList<>(List.of(""));
    names.addAll(saved);
    return of(
        function.name() + "_saving", signature.kind(), signature.parameters(), patterns, names);
  }

  /**
   * Returns the word for the cotangents of those arguments of {@code function} that are no numbers.
   * It takes the cotangent of the value, the arguments, and what was {@code saved}.
   */
  static JointWord adjoint(FunctionSymbol function, List<String> saved) {
    Signature signature = function.signature();
    List<List<String>> taken = new ArrayList<>(List.of(signature.result()));
    taken.addAll(signature.parameters());
    saved.forEach(name -> taken.add(rowwise(signature)));
    List<List<String>> patterns =
        signature.parameters().stream().filter(pattern -> !pattern.isEmpty()).toList();
    List<String> names = patterns.stream().map(pattern -> "").toList();
    return of(function.name() + "_adjoint", signature.kind(), taken, patterns, names);
  }

  private static List<String> rowwise(Signature signature) {
    return List.of(signature.result().getFirst(), "1");
  }

  private static JointWord of(
      String word,
      Signature.Kind kind,
      List<List<String>> taken,
      List<List<String>> patterns,
      List<String> names) {
    FunctionSymbol call = symbol(word, new Signature(kind, taken, patterns.getFirst()));
    List<FunctionSymbol> results = new ArrayList<>(List.of(call));
    for (List<String> pattern : patterns.subList(1, patterns.size())) {
      results.add(symbol(word + "." + results.size(), new Signature(kind, taken, pattern)));
    }
    return new JointWord(call, results, names);
  }

  private static FunctionSymbol symbol(String name, Signature signature) {
    return new FunctionSymbol(name, signature.parameters().size(), signature, Set.of());
  }
}
