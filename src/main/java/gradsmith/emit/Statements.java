package gradsmith.emit;

import gradsmith.expr.Expr;
import gradsmith.shape.Dimension;
import gradsmith.shape.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The statements of a function, in the order in which they were written until they are printed. */
final class Statements {

  /** A comment goes above a longer line. */
  private static final int WIDTH = 96;

  /** A comment is cut where its formula is longer, as the text of all would be quadratic. */
  private static final int LONGEST = 2 * WIDTH;

  private final Target target;
  private final List<Statement> statements = new ArrayList<>();

  Statements(Target target) {
    this.target = target;
  }

  /**
   * Assigns {@code code} to {@code names}; the first stands for {@code node}.
   *
   * @param comment what the formulas say of it, or null if they have no name for it
   */
  void add(List<String> names, Code code, Expr node, @Nullable String comment) {
    String text = code.text();
    statements.add(new Statement(names, text, written(code, node), target.words(text), comment));
  }

  private static Shape written(Code code, Expr node) {
    Shape shape = node.shape();
    return new Shape(
        code.oneMatrix() ? List.of() : shape.leading(),
        code.oneRow() ? Dimension.Fixed.ONE : shape.rows(),
        code.oneColumn() ? Dimension.Fixed.ONE : shape.columns());
  }

  /**
   * Returns the lines of a function that returns {@code results}.
   *
   * @param releases whether large arrays are let go of before it returns
   */
  List<String> lines(Set<String> results, boolean releases) throws NotEmittableException {
    List<Statement> ordered = Schedule.of(statements, results);
    List<List<String>> dead = Releases.of(ordered, results);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < ordered.size(); i++) {
      addLines(lines, ordered.get(i));
      if (releases && target.has("release") && !dead.get(i).isEmpty()) {
        lines.add(target.say("release", String.join(", ", dead.get(i))));
      }
    }
    return lines;
  }

  private void addLines(List<String> lines, Statement statement) throws NotEmittableException {
    String line = target.say("assign", String.join(", ", statement.names()), statement.code());
    if (statement.comment() == null) {
      lines.add(line);
      return;
    }
    String comment = target.say("comment", shortened(statement.comment()));
    if (line.length() + comment.length() + 2 <= WIDTH) {
      lines.add(line + "  " + comment);
    } else {
      lines.add(comment);
      lines.add(line);
    }
  }

  /** Returns what a reader takes in of a formula, in whole words. */
  private static String shortened(String formula) {
    if (formula.length() <= LONGEST) {
      return formula;
    }
    int space = formula.lastIndexOf(' ', LONGEST);
    return formula.substring(0, space < 0 ? LONGEST : space) + " ...";
  }
}
