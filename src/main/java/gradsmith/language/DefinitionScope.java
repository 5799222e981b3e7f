package gradsmith.language;

import gradsmith.shape.Length;
import gradsmith.source.Diagnostic;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names inside the body of a definition: its parameters, and those of the program around it; in
 * the library there is none around it, only constants and dimensions.
 *
 * @param program the names of the program, or null
 */
record DefinitionScope(
    Statement.Definition definition,
    Map<String, Proto> parameters,
    Shapes shapes,
    Map<String, Length> lengths,
    Inference.@Nullable Scope program)
    implements Inference.Scope {

  @Override
  public Proto lookUp(Ast.Name name) {
    Proto parameter = parameters.get(name.name());
    if (parameter != null) {
      return shapes.alias(parameter, name.span()); // messages quote the body, not the argument
    }
    if (program != null) {
      return program.lookUp(name);
    }
    Proto constant = Constants.lookUp(name, shapes);
    if (constant != null) {
      return constant;
    }
    Length length = lengths.get(name.name());
    if (length != null) {
      return shapes.scalar(new Proto.Form.Size(length), List.of(), name.span());
    }
    String nearest = Spelling.nearest(name.name(), parameters.keySet());
    String function = definition.name().name();
    return shapes.error(
        Diagnostic.error(
            name.span(),
            name.name() + " is no parameter of " + function,
            nearest == null
                ? "make it a parameter; a value to differentiate has none: " + function + " = …"
                : "did you mean " + nearest + "?"));
  }
}
