package gradsmith.derive;

import gradsmith.expr.Apply;
import gradsmith.expr.Expr;
import gradsmith.expr.Expressions;
import gradsmith.expr.Operator;
import gradsmith.expr.Operator.Primitive;
import gradsmith.expr.Property;
import gradsmith.expr.Variable;
import gradsmith.expr.Vectors;
import gradsmith.shape.Shape;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds new names for intermediates: the letters that textbooks use, as far as the program has not
 * taken them.
 */
final class Naming {

  private static final String MATRIX_PRODUCTS = "ABCDEFGH";
  private static final String MATRICES = "HUVRSTQM";
  private static final String COLUMNS = "zuhrvpq";
  private static final String NUMBERS = "sctrqh";

  private final Expressions expressions;
  private final Set<String> taken;
  private final Set<Expr> logits = new HashSet<>();
  private final Set<String> exhausted = new HashSet<>();
  private int numbered;

  /** What is known of the node that a name is looked for. */
  private Set<Property> properties = Set.of();

  /** Names nodes of {@code order} in {@code expressions}. */
  Naming(Expressions expressions, List<String> dimensions, List<Expr> order) {
    this.expressions = expressions;
    for (Expr node : order) {
      if (node instanceof Apply apply && isCallOf(apply, "CE")) {
        logits.add(apply.argument(0));
      }
    }
    this.taken = new HashSet<>(dimensions);
  }

  /** Makes the names that are found next symmetric matrices, or not. */
  void symmetric(boolean symmetric) {
    properties = symmetric ? Set.of(Property.SYMMETRIC) : Set.of();
  }

  /** Returns a new name for a value of the forward pass. */
  Variable primal(Expr node) {
    Shape shape = column(node.shape());
    boolean vector = Vectors.isVector(node);
    String letters = shape.isScalar() ? NUMBERS : shape.isVector() ? COLUMNS : MATRICES;
    if (node instanceof Apply apply && !shape.isScalar() && !shape.isVector()) {
      if (isCallOf(apply, "softmax")) {
        letters = "P" + letters;
      } else if (logits.contains(node)) {
        letters = "Z" + letters;
      } else if (apply.operator() == Primitive.PRODUCT) {
        letters = MATRIX_PRODUCTS + letters;
      }
    }
    for (int i = 0; i < letters.length() && !exhausted.contains(letters); i++) {
      String letter = letters.substring(i, i + 1);
      if (isFree(letter) && isFree("d" + letter)) {
        return make(letter, shape, vector);
      }
    }
    exhausted.add(letters);
    return numbered(shape, vector);
  }

  /**
   * Returns a new name for what is derived of {@code of}, {@code prefix} and its name, or for a
   * part of such if that is null.
   */
  Variable derived(String prefix, @Nullable Variable of, Expr node) {
    Shape shape = column(node.shape());
    boolean vector =
        of != null && of.shape().equals(shape)
            ? of.rank() == 1
            : node.shape().isRow() || Vectors.isVector(node);
    return of != null && isFree(prefix + of.name())
        ? make(prefix + of.name(), shape, vector)
        : numbered(shape, vector);
  }

  /** A row is named by its transpose. */
  private static Shape column(Shape shape) {
    return shape.isRow() ? shape.transposed() : shape;
  }

  private Variable numbered(Shape shape, boolean vector) {
    String name;
    do {
      name = "T" + ++numbered;
    } while (!isFree(name));
    return make(name, shape, vector);
  }

  private Variable make(String name, Shape shape, boolean vector) {
    int rank = shape.isScalar() ? 0 : shape.isVector() && vector ? 1 : shape.axes().size();
    return expressions.variable(name, shape, rank, properties);
  }

  private boolean isFree(String name) {
    return !taken.contains(name) && expressions.variable(name) == null;
  }

  private static boolean isCallOf(Apply apply, String name) {
    return apply.operator() instanceof Operator.Function function
        && function.symbol().name().equals(name);
  }
}
