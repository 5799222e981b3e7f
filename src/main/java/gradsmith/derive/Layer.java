package gradsmith.derive;

import gradsmith.expr.Binding;
import gradsmith.expr.Expr;
import gradsmith.expr.Expressions;
import gradsmith.expr.Operator.Primitive;
import gradsmith.expr.Property;
import gradsmith.expr.Variable;
import gradsmith.language.Program;
import gradsmith.language.Program.Given;
import gradsmith.shape.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The backward pass of values that are no numbers. What comes after them is some loss L, of which
 * only the gradients by them are known, dY; so the gradients of L by what they are computed from
 * are those of L = Σ ⟨dY, Y⟩.
 */
public final class Layer {

  /** What a loss is called in textbooks, and then what nobody else would call anything. */
  private static final List<String> LOSSES = List.of("L", "J", "E", "loss");

  private Layer() {}

  /** Returns the program whose value is the loss that cotangents of {@code values} define. */
  public static Program of(Program program, List<Variable> values) {
    Expressions expressions = program.expressions();
    List<Given> given = new ArrayList<>();
    List<Expr> terms = new ArrayList<>();
    for (Variable value : values) {
      Variable cotangent =
          expressions.variable(
              free("d" + value.name(), program),
              value.shape(),
              value.rank(),
              Set.of(Property.CONSTANT));
      given.add(new Given(value, cotangent));
      terms.add(product(cotangent, value, expressions));
    }
    String name = LOSSES.getLast();
    for (int i = LOSSES.size() - 1; i >= 0; i--) {
      name = isFree(LOSSES.get(i), program) ? LOSSES.get(i) : name;
    }
    Variable loss = expressions.variable(free(name, program), Shape.SCALAR, 0, Set.of());
    List<Binding> bindings = new ArrayList<>(program.bindings());
    bindings.add(
        new Binding(
            loss, terms.size() == 1 ? terms.getFirst() : expressions.apply(Primitive.SUM, terms)));
    List<Variable> parameters = new ArrayList<>(program.parameters());
    given.forEach(each -> parameters.add(each.cotangent()));
    return new Program(
        expressions,
        parameters,
        bindings,
        given,
        program.by(),
        program.labels(),
        program.assumedStochastic(),
        program.dimensions(),
        program.readings(),
        program.notes());
  }

  private static Expr product(Variable cotangent, Variable value, Expressions expressions) {
    return value.shape().isScalar()
        ? expressions.apply(Primitive.PRODUCT, cotangent, value)
        : expressions.apply(
            Primitive.TOTAL, expressions.apply(Primitive.HADAMARD, cotangent, value));
  }

  private static String free(String wanted, Program program) {
    String name = wanted;
    while (!isFree(name, program)) {
      name += "_";
    }
    return name;
  }

  private static boolean isFree(String name, Program program) {
    return program.expressions().variable(name) == null && !program.dimensions().contains(name);
  }

  /** Returns what is to be said of names that are not the usual ones. */
  static List<String> remarks(Program layer) {
    List<String> remarks = new ArrayList<>();
    for (Given given : layer.given()) {
      String usual = "d" + given.value().name();
      if (!given.cotangent().name().equals(usual)) {
        remarks.add(
            usual
                + " is a name of the program: the gradient by "
                + given.value().name()
                + " is called "
                + given.cotangent().name());
      }
    }
    if (!layer.given().isEmpty() && !layer.value().name().equals(LOSSES.getFirst())) {
      remarks.add(
          LOSSES.getFirst()
              + " is a name of the program: the loss is called "
              + layer.value().name());
    }
    return remarks;
  }
}
