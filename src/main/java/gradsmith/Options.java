package gradsmith;

import java.util.List;

/**
 * What is asked.
 *
 * @param by the names of the variables to differentiate by; empty for every variable that is no
 *     constant and no label
 * @param check whether to check the gradients numerically
 * @param seed decides the random draws of the check
 * @param trials how many draws to compare
 */
public record Options(List<String> by, boolean check, long seed, int trials) {

  /** All variables, checked on 5 draws. */
  public static final Options DEFAULT = new Options(List.of(), true, 1, 5);

  /** Copies the list. */
  public Options {
    by = List.copyOf(by);
  }
}
