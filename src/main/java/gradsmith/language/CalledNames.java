package gradsmith.language;

import gradsmith.source.Diagnostic;
import gradsmith.source.Diagnostics;
import gradsmith.source.Span;
import java.util.Set;

/** Tells whether a name before a bracket is called or multiplied, which the grammar cannot. */
final class CalledNames {

  private final Set<String> functions;
  private final Set<String> variables;
  private final Diagnostics diagnostics;

  /**
   * Calls the names in {@code functions}; {@code variables} are names that stand elsewhere without
   * a bracket.
   */
  CalledNames(Set<String> functions, Set<String> variables, Diagnostics diagnostics) {
    this.functions = functions;
    this.variables = variables;
    this.diagnostics = diagnostics;
  }

  /** Tells whether {@code name} can be called. */
  boolean isFunction(String name) {
    return functions.contains(name);
  }

  /**
   * Returns the function that {@code name} calls: one that differs in the case of letters only, if
   * there is one and the program has no such variable.
   */
  String function(String name) {
    if (functions.contains(name) || variables.contains(name) || name.length() == 1) {
      return name;
    }
    for (String function : functions) {
      if (function.equalsIgnoreCase(name)) {
        return function;
      }
    }
    return name;
  }

  /** Tells whether {@code name}, written {@code span}, is a factor; reports an unknown call. */
  boolean isFactor(String name, Span span, GradsmithParser.CallContext call) {
    if (functions.contains(function(name))) {
      return false;
    }
    boolean apart = call.OPEN().getSymbol().getStartIndex() > span.end();
    boolean oneArgument = call.arguments() != null && call.arguments().expression().size() == 1;
    if (oneArgument && (apart || variables.contains(name))) {
      return true;
    }
    diagnostics.add(
        Diagnostic.error(
            span, "there is no function called " + name, unknownHint(name, apart, oneArgument)));
    return false;
  }

  private String unknownHint(String name, boolean apart, boolean oneArgument) {
    String elsewhere = OtherTools.function(name);
    if (elsewhere != null) {
      return elsewhere;
    }
    String nearest = Spelling.nearest(name, functions);
    if (nearest != null) {
      return "did you mean " + nearest + "?";
    }
    if (!oneArgument && apart) {
      return "a shape is declared with a colon: " + name + " : (n, d)";
    }
    if (!oneArgument) {
      return "define it: " + name + "(A, B) = …";
    }
    return name.length() > 2
        ? "define it: " + name + "(A) = …, or declare " + name + " : elementwise"
        : "a product is written with a space: " + name + " (…)";
  }
}
