package gradsmith.language;

import gradsmith.shape.Length;
import gradsmith.source.AsciiText;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names that stand for constants unless a program gives them another meaning. */
final class Constants {

  static final Set<String> NAMES = Set.of("pi", "I", "eye");

  private Constants() {}

  /** Tells whether {@code name} stands for a constant where nothing else has it. */
  static boolean isConstant(String name) {
    return NAMES.contains(AsciiText.name(name));
  }

  /** Returns the constant called {@code name}, or null. */
  static @Nullable Proto lookUp(Ast.Name name, Shapes shapes) {
    return switch (AsciiText.name(name.name())) {
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
