package gradsmith.language;

import gradsmith.shape.Length;
import java.util.ArrayList;
import java.util.List;

/** Makes the node of an undeclared name. */
final class FreeNames {

  private FreeNames() {}

  /**
   * Returns a node of {@code kind} with lengths of its own, which are not 1 if {@code neverOne}.
   */
  static Proto make(Ast.Name name, Kind kind, Shapes shapes, boolean neverOne) {
    Length rows = kind == Kind.SCALAR || kind == Kind.ROW ? Shapes.one() : length(neverOne);
    Length columns = kind == Kind.SCALAR || kind == Kind.VECTOR ? Shapes.one() : length(neverOne);
    return shapes.node(
        new Proto.Form.Free(name.name(), false),
        List.of(),
        new ArrayList<>(),
        rows,
        columns,
        kind == Kind.VECTOR,
        name.span());
  }

  private static Length length(boolean neverOne) {
    return neverOne ? Length.freeOfName() : Length.free();
  }
}
