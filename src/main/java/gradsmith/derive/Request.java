package gradsmith.derive;

import gradsmith.expr.Variable;
import gradsmith.language.Program;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What is to be derived: names of a program, free or assigned.
 *
 * @param gradients by what to give the gradient of a scalar value, or of the loss of a layer
 * @param differentials by what to give the differential
 * @param jacobians by what to give the Jacobian
 * @param besides by what to give it beside the gradient, where it is a matrix
 * @param hessians pairs of names, for each of which to give the block of the Hessian
 * @param products by what to give the product of the Hessian with a direction
 */
public record Request(
    List<Variable> gradients,
    List<Variable> differentials,
    List<Variable> jacobians,
    List<Variable> besides,
    List<Block> hessians,
    List<Variable> products) {

  /**
   * A block of a Hessian, ∂²L/∂vec(X)∂vec(Y)ᵀ.
   *
   * @param row X
   * @param column Y
   */
  public record Block(Variable row, Variable column) {}

  /** Copies the lists. */
  public Request {
    gradients = List.copyOf(gradients);
    differentials = List.copyOf(differentials);
    jacobians = List.copyOf(jacobians);
    besides = List.copyOf(besides);
    hessians = List.copyOf(hessians);
    products = List.copyOf(products);
  }

  /** Asks for what is answered by default: gradients, and the Jacobians beside those of a layer. */
  public static Request answer(Program program, List<Variable> by) {
    return program.given().isEmpty()
        ? gradients(by)
        : new Request(by, List.of(), List.of(), by, List.of(), List.of());
  }

  /** Asks for gradients only. */
  public static Request gradients(List<Variable> by) {
    return new Request(by, List.of(), List.of(), List.of(), List.of(), List.of());
  }

  /** Returns every name that something is asked of, each once. */
  public List<Variable> all() {
    Set<Variable> all = new LinkedHashSet<>(gradients);
    all.addAll(differentials);
    all.addAll(jacobians);
    all.addAll(besides);
    for (Block block : hessians) {
      all.add(block.row());
      all.add(block.column());
    }
    all.addAll(products);
    return List.copyOf(all);
  }

  /** Returns the names by which a gradient is needed on the way, each once. */
  List<Variable> firstOrder() {
    Set<Variable> by = new LinkedHashSet<>(gradients);
    hessians.forEach(block -> by.add(block.row()));
    by.addAll(products);
    return new ArrayList<>(by);
  }
}
