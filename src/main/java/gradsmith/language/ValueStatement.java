package gradsmith.language;

import gradsmith.source.Diagnostic;
import gradsmith.source.Diagnostics;
import gradsmith.source.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A program whose last statement gives the value. Declarations and definitions may follow it in the
 * text, and a definition at the end that nothing calls is the value: {@code f(x) = x' A x}.
 *
 * @param by the parameters of such a definition: what to differentiate by
 */
record ValueStatement(List<Statement> statements, List<String> by) {

  static ValueStatement of(
      List<Statement> statements, Set<String> functions, Diagnostics diagnostics) {
    int last = statements.size() - 1;
    int at = last;
    while (at >= 0
        && !(statements.get(at) instanceof Statement.Result)
        && !(statements.get(at) instanceof Statement.Assignment)) {
      at--;
    }
    List<Statement> ordered = new ArrayList<>(statements);
    if (at >= 0 && statements.get(at) instanceof Statement.Result result) {
      ordered.add(ordered.remove(at));
      if (startsWithSign(result)) {
        warnOfUnused(at, statements, "this line is the value", diagnostics);
      }
    } else if (last >= 0
        && statements.get(last) instanceof Statement.Definition definition
        && isValue(definition, statements, functions)) {
      ordered.set(
          last, new Statement.Assignment(definition.span(), definition.name(), definition.body()));
      warnOfUnused(last, statements, definition.name().name() + " is the value", diagnostics);
      return new ValueStatement(ordered, parameters(definition, statements, diagnostics));
    }
    return new ValueStatement(ordered, List.of());
  }

  /** Tells whether a statement gives a value. */
  boolean exists() {
    return statements.stream()
        .anyMatch(statement ->
            statement instanceof Statement.Result || statement instanceof Statement.Assignment);
  }

  /** Tells whether {@code definition} is called nowhere, of parameters that can be variables. */
  private static boolean isValue(
      Statement.Definition definition, List<Statement> statements, Set<String> functions) {
    Set<String> parameters = new HashSet<>();
    for (Ast.Name parameter : definition.parameters()) {
      if (!parameters.add(parameter.name()) || functions.contains(parameter.name())) {
        return false;
      }
    }
    return !MentionedNames.of(statements).contains(definition.name().name());
  }

  private static List<String> parameters(
      Statement.Definition definition, List<Statement> statements, Diagnostics diagnostics) {
    MentionedNames used = MentionedNames.of(statements);
    List<String> by = new ArrayList<>();
    for (Ast.Name parameter : definition.parameters()) {
      if (used.contains(parameter.name())) {
        by.add(parameter.name());
      } else {
        diagnostics.add(
            Diagnostic.warning(
                parameter.span(),
                definition.name().name() + " does not depend on " + parameter.name(),
                null));
      }
    }
    return by;
  }

  private static boolean startsWithSign(Statement.Result result) {
    char first = result.span().text().charAt(0);
    return first == '-' || first == '+' || first == '\u2212';
  }

  /** Warns if the assignment before the value at {@code at} is used by nothing. */
  private static void warnOfUnused(
      int at, List<Statement> statements, String reason, Diagnostics diagnostics) {
    if (at == 0
        || !(statements.get(at - 1) instanceof Statement.Assignment assignment)
        || MentionedNames.of(statements).contains(assignment.target().name())) {
      return;
    }
    boolean line = statements.get(at) instanceof Statement.Result;
    Span value = statements.get(at).span();
    diagnostics.add(
        Diagnostic.warning(
            assignment.target().span(),
            assignment.target().name() + " is not used: " + reason,
            line ? "indent `" + value.beginning(20) + "` to go on with the line before" : null));
  }
}
