package gradsmith.language;

import gradsmith.source.Diagnostic;
import gradsmith.source.Diagnostics;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Notes which arguments of losses are labels. */
final class LabelUses {

  private static final Set<String> LINKS = Set.of("softmax", "sigmoid");

  private final Set<Proto> labels = new HashSet<>();
  private final Set<Proto> probabilities = new HashSet<>();

  /**
   * Notes the label arguments of a call of {@code entry}; warns of probabilities where logits are
   * meant.
   */
  void note(Library.Entry entry, Ast.Call call, List<Proto> arguments, Diagnostics diagnostics) {
    for (int i = 0; i < arguments.size(); i++) {
      ParameterRole role = entry.roles().get(i);
      if (role.isLabel()) {
        labels.add(arguments.get(i));
      }
      if (role == ParameterRole.CLASSES) {
        probabilities.add(arguments.get(i));
      }
      String link = role == ParameterRole.LOGITS ? link(arguments.get(i)) : null;
      if (link != null) {
        diagnostics.add(
            Diagnostic.warning(
                call.arguments().isEmpty() ? call.span() : call.arguments().get(i).span(),
                call.name() + " takes logits, and this is a " + link,
                "write "
                    + call.name()
                    + "(Z, Y) with the logits"
                    + (link.equals("softmax") ? ", or NLL(softmax(Z), Y)" : "")));
      }
    }
  }

  /** Returns the function that makes probabilities of logits, if {@code proto} is a call of one. */
  private static @Nullable String link(Proto proto) {
    Proto outer = Proto.bare(proto);
    Proto bare =
        outer.form instanceof Proto.Form.Transpose ? Proto.bare(outer.arguments.getFirst()) : outer;
    return bare.form instanceof Proto.Form.Function function
            && LINKS.contains(function.symbol().name())
        ? function.symbol().name()
        : null;
  }

  /** Tells whether {@code proto} was passed as the label of a loss. */
  boolean isLabel(Proto proto) {
    return labels.contains(proto);
  }

  /** Tells whether {@code proto} was passed as rows of probabilities. */
  boolean isProbabilities(Proto proto) {
    return probabilities.contains(proto);
  }
}
