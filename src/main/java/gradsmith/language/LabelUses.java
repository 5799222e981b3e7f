package gradsmith.language;

import gradsmith.source.Diagnostic;
import gradsmith.source.Diagnostics;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Notes which arguments of losses are labels. */
final class LabelUses {

  private final Set<Proto> labels = new HashSet<>();
  private final Set<Proto> probabilities = new HashSet<>();

  /**
   * Notes the label arguments of a call of {@code entry}; warns of probabilities where logits are
   * meant.
   */
  void note(Library.Entry entry, Ast.Call call, List<Proto> arguments, Diagnostics diagnostics) {
    for (int i = 0; i < arguments.size(); i++) {
      if (entry.labels().get(i)) {
        labels.add(arguments.get(i));
        if (entry.name().endsWith("CE") && !entry.name().startsWith("B")) {
          probabilities.add(arguments.get(i));
        }
      }
    }
    boolean logits = entry.name().equals("CE") || entry.name().equals("mean_CE");
    if (logits && isSoftmax(arguments.getFirst())) {
      diagnostics.add(
          Diagnostic.warning(
              call.arguments().isEmpty() ? call.span() : call.arguments().getFirst().span(),
              call.name() + " takes logits, and this is a softmax",
              "write " + call.name() + "(Z, Y) with the logits, or NLL(softmax(Z), Y)"));
    }
  }

  private static boolean isSoftmax(Proto proto) {
    Proto outer = Proto.bare(proto);
    Proto bare =
        outer.form instanceof Proto.Form.Transpose ? Proto.bare(outer.arguments.getFirst()) : outer;
    return bare.form instanceof Proto.Form.Function function
        && function.symbol().name().equals("softmax");
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
