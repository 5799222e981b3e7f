package gradsmith.language;

import gradsmith.shape.Length;
import java.util.ArrayList;
import java.util.List;

/** Makes the node of an undeclared name. */
final class FreeNames {

  private FreeNames() {}

  /**
   * Returns a node of {@code rank} with lengths of its own, which are not 1 if {@code neverOne}.
   */
  static Proto make(Ast.Name name, Rank rank, Shapes shapes, boolean neverOne) {
    Length rows = rank.hasOneRow() ? Shapes.one() : length(neverOne);
    Length columns = rank.hasOneColumn() ? Shapes.one() : length(neverOne);
    return shapes.node(
        new Proto.Form.Free(name.name(), false),
        List.of(),
        new ArrayList<>(),
        rows,
        columns,
        rank == Rank.VECTOR,
        name.span());
  }

  private static Length length(boolean neverOne) {
    return neverOne ? Length.freeOfName() : Length.free();
  }
}
