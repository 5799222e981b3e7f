package gradsmith.language;

import gradsmith.source.Diagnostic;
import gradsmith.source.Diagnostics;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Warns of a name in a definition that is nearly a parameter of it which stands nowhere. */
final class UnknownParameters {

  private UnknownParameters() {}

  static void add(List<Statement> statements, Diagnostics diagnostics) {
    for (Statement statement : statements) {
      if (statement instanceof Statement.Definition definition) {
        add(definition, diagnostics);
      }
    }
  }

  private static void add(Statement.Definition definition, Diagnostics diagnostics) {
    Map<String, Ast.Name> names = MentionedNames.of(List.of(definition)).alone();
    Set<String> parameters = new LinkedHashSet<>();
    Set<String> unused = new LinkedHashSet<>();
    for (Ast.Name parameter : definition.parameters()) {
      parameters.add(parameter.name());
      if (!names.containsKey(parameter.name())) {
        unused.add(parameter.name());
      }
    }
    for (Ast.Name name : names.values()) {
      String nearest =
          parameters.contains(name.name()) ? null : Spelling.nearest(name.name(), unused);
      if (nearest != null) {
        diagnostics.add(
            Diagnostic.warning(
                name.span(),
                name.name() + " is no parameter of " + definition.name().name(),
                "did you mean " + nearest + "?"));
      }
    }
  }
}
