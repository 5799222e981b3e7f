package gradsmith.language;

import gradsmith.shape.Length;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The names that stand for constants unless a program gives them another meaning. */
final class Constants {

  private Constants() {}

  /** Returns the constant called {@code name}, or null. */
  static @Nullable Proto lookUp(Ast.Name name, Shapes shapes) {
    return switch (name.name()) {
      case "pi" -> shapes.scalar(new Proto.Form.Pi(), List.of(), name.span());
      case "I", "eye" -> {
        Length size = Length.free();
        yield shapes.node(
            new Proto.Form.Identity(), List.of(), List.of(), size, size, false, name.span());
      }
      default -> null;
    };
  }
}
