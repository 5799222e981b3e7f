package gradsmith.language;

import gradsmith.shape.Length;
import gradsmith.source.AsciiText;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names that stand for constants unless a program gives them another meaning. */
final class Constants {

  private static final Map<String, Rank> RANKS =
      Map.of("pi", Rank.NUMBER, "I", Rank.MATRIX, "eye", Rank.MATRIX);

  static final Set<String> NAMES = RANKS.keySet();

  private Constants() {}

  /** Tells whether {@code name} stands for a constant where nothing else has it. */
  static boolean isConstant(String name) {
    return rank(name) != null;
  }

  /** Tells whether {@code name} stands for the identity where nothing else has it. */
  static boolean isIdentity(String name) {
    return rank(name) == Rank.MATRIX;
  }

  /** Returns what the constant called {@code name} is, or null. */
  static @Nullable Rank rank(String name) {
    return RANKS.get(AsciiText.name(name));
  }

  /** Returns the constant called {@code name}, or null. */
  static @Nullable Proto lookUp(Ast.Name name, Shapes shapes) {
    if (!isConstant(name.name())) {
      return null;
    }
    if (!isIdentity(name.name())) {
      return shapes.scalar(new Proto.Form.Pi(), List.of(), name.span());
    }
    Length size = Length.free();
    return shapes.node(
        new Proto.Form.Identity(), List.of(), List.of(), size, size, false, name.span());
  }
}
