package gradsmith.render;

import gradsmith.rules.Identity;
import gradsmith.rules.Law;
import java.util.List;

/**
 * A part of the formula sheet.
 *
 * @param title what the laws have in common
 * @param laws what is differentiated, and how
 * @param identities what is simplified, and how
 */
public record Sheet(String title, List<Law> laws, List<Identity> identities) {

  /** Copies the lists. */
  public Sheet {
    laws = List.copyOf(laws);
    identities = List.copyOf(identities);
  }
}
