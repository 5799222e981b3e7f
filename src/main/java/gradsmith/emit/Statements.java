package gradsmith.emit;

import gradsmith.expr.Expr;
import gradsmith.shape.Polynomial;
import gradsmith.shape.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The statements of a function, in the order in which they were written until they are printed. */
final class Statements {

  /** A comment goes above a longer line. */
  private static final int WIDTH = 96;

  /** A comment is cut where its formula is longer, as the text of all would be quadratic. */
  private static final int LONGEST = 2 * WIDTH;

  /**
   * So many arrays are let go of in one statement beside products of matrices, where memory counts
   * for less.
   */
  private static final int AT_ONCE = 3;

  private final Target target;
  private final boolean memory;
  private final List<Statement> statements = new ArrayList<>();

  /**
   * Collects statements of {@code target}.
   *
   * @param memory whether each large array is let go of at once, or written over
   */
  Statements(Target target, boolean memory) {
    this.target = target;
    this.memory = memory;
  }

  /** Tells whether {@code code} is better a statement than a part of one. */
  boolean isBetterAlone(Code code, Shape shape) {
    return memory
        && TypicalLength.entries(shape) > TypicalLength.LONG
        && Overwriting.pays(code, target);
  }

  /**
   * Assigns {@code code} to {@code names}; the first stands for {@code node}.
   *
   * @param comments what the formulas say of those that they name
   */
  void add(List<String> names, Code code, Expr node, List<String> comments) {
    statements.add(
        new Statement(names, code, written(code, node), target.words(code.text()), comments));
  }

  private static Shape written(Code code, Expr node) {
    Shape shape = node.shape();
    return new Shape(
        code.oneMatrix() ? List.of() : shape.leading(),
        code.oneRow() ? Polynomial.ONE : shape.rows(),
        code.oneColumn() ? Polynomial.ONE : shape.columns());
  }

  /** Returns the lines of a function that returns {@code results}. */
  List<String> lines(Set<String> results) throws NotEmittableException {
    List<Statement> ordered = Schedule.of(statements, results);
    if (memory) {
      ordered = Overwriting.of(ordered, results, target);
    }
    List<List<String>> dead = Releases.of(ordered, results);
    List<String> lines = new ArrayList<>();
    List<String> pending = new ArrayList<>();
    for (int i = 0; i < ordered.size(); i++) {
      addLines(lines, ordered.get(i));
      pending.addAll(dead.get(i));
      if (target.has("release") && pending.size() >= (memory ? 1 : AT_ONCE)) {
        lines.add(target.say("release", String.join(", ", pending)));
        pending.clear();
      }
    }
    return lines;
  }

  private void addLines(List<String> lines, Statement statement) throws NotEmittableException {
    String line =
        target.say("assign", String.join(", ", statement.names()), statement.code().text());
    List<String> comments = new ArrayList<>();
    for (String comment : statement.comments()) {
      comments.add(target.say("comment", shortened(comment)));
    }
    boolean beside =
        comments.size() == 1
            && statement.updates().isEmpty()
            && line.length() + comments.getFirst().length() + 2 <= WIDTH;
    if (beside) {
      lines.add(line + "  " + comments.getFirst());
    } else {
      lines.addAll(comments);
      lines.add(line);
    }
    lines.addAll(statement.updates());
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
