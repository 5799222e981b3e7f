package gradsmith.language;

import gradsmith.shape.Length;
import java.util.Map;

/**
 * The names inside the body of a definition: its parameters, dimensions and constants, nothing
 * else.
 */
record DefinitionScope(
    Statement.Definition definition,
    Map<String, Proto> parameters,
    Shapes shapes,
    Map<String, Length> lengths)
    implements Inference.Scope {

  @Override
  public Proto lookUp(Ast.Name name) {
    Proto parameter = parameters.get(name.name());
    if (parameter != null) {
      return shapes.alias(parameter, name.span()); // messages quote the body, not the argument
    }
    Proto constant = Constants.lookUp(name, shapes);
    if (constant != null) {
      return constant;
    }
    Length length = lengths.get(name.name());
    if (length != null) {
      return shapes.scalar(new Proto.Form.Size(length), java.util.List.of(), name.span());
    }
    String nearest = Spelling.nearest(name.name(), parameters.keySet());
    return shapes.error(
        gradsmith.source.Diagnostic.error(
            name.span(),
            name.name() + " is no parameter of " + definition.name().name(),
            nearest == null ? "make it a parameter" : "did you mean " + nearest + "?"));
  }
}
