package gradsmith.language;

import gradsmith.shape.Length;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names that stand for constants unless a program gives them another meaning. */
final class Constants {

  private static final String PI = "pi";
  private static final Set<String> IDENTITIES = Set.of("I", "eye");

  private Constants() {}

  /** Tells whether there is a constant called {@code name}. */
  static boolean has(String name) {
    return name.equals(PI) || IDENTITIES.contains(name);
  }

  /** Returns the constant called {@code name}, or null. */
  static @Nullable Proto lookUp(Ast.Name name, Shapes shapes) {
    if (name.name().equals(PI)) {
      return shapes.scalar(new Proto.Form.Pi(), List.of(), name.span());
    }
    if (!IDENTITIES.contains(name.name())) {
      return null;
    }
    Length size = Length.free();
    return shapes.node(
        new Proto.Form.Identity(), List.of(), List.of(), size, size, false, name.span());
  }
}
