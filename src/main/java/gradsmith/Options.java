package gradsmith;

import gradsmith.language.Wanted;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What is asked of a program. Names are those of free variables or of assigned names.
 *
 * @param of what to differentiate; empty for the last value
 * @param by what to differentiate by; empty for every variable that is no constant and no label
 * @param jacobians by what to give the Jacobian
 * @param hessians blocks of the Hessian: one name each, or two for a mixed block
 * @param products by what to give the Hessian-vector product
 * @param check whether to check the formulas numerically
 * @param seed decides the random draws of the check
 * @param trials how many draws to compare
 */
public record Options(
    List<String> of,
    List<String> by,
    List<String> jacobians,
    List<List<String>> hessians,
    List<String> products,
    boolean check,
    long seed,
    int trials) {

  /** All variables, checked on 5 draws. */
  public static final Options DEFAULT =
      new Options(List.of(), List.of(), List.of(), List.of(), List.of(), true, 1, 5);

  /** Copies the lists. */
  public Options {
    of = List.copyOf(of);
    by = List.copyOf(by);
    jacobians = List.copyOf(jacobians);
    hessians = hessians.stream().map(List::copyOf).toList();
    products = List.copyOf(products);
    for (List<String> block : hessians) {
      if (block.isEmpty() || block.size() > 2) {
        throw new IllegalArgumentException("a block of a Hessian has one name or two: " + block);
      }
    }
  }

  /** Returns these options with what to differentiate: assigned names. */
  public Options of(String... names) {
    return new Options(List.of(names), by, jacobians, hessians, products, check, seed, trials);
  }

  /** Returns these options with what to differentiate by. */
  public Options by(String... names) {
    return new Options(of, List.of(names), jacobians, hessians, products, check, seed, trials);
  }

  /** Returns these options with Jacobians by {@code names}. */
  public Options jacobians(String... names) {
    return new Options(of, by, List.of(names), hessians, products, check, seed, trials);
  }

  /** Returns the names that something is asked of. */
  Wanted wanted() {
    Set<String> names = new LinkedHashSet<>(by);
    names.addAll(jacobians);
    hessians.forEach(names::addAll);
    names.addAll(products);
    return new Wanted(of, names);
  }

  /** Returns these options with one more block of the Hessian, by one name or two. */
  public Options hessian(String... names) {
    List<List<String>> more = new ArrayList<>(hessians);
    more.add(List.of(names));
    return new Options(of, by, jacobians, more, products, check, seed, trials);
  }

  /** Returns these options with Hessian-vector products by {@code names}. */
  public Options products(String... names) {
    return new Options(of, by, jacobians, hessians, List.of(names), check, seed, trials);
  }

  /** Returns these options with the draws of {@code seed}, as many as {@code trials}. */
  public Options draws(long seed, int trials) {
    return new Options(of, by, jacobians, hessians, products, check, seed, trials);
  }

  /** Returns these options with or without the check. */
  public Options check(boolean whether) {
    return new Options(of, by, jacobians, hessians, products, whether, seed, trials);
  }
}
