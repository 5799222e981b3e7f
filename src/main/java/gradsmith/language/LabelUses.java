package gradsmith.language;

import gradsmith.source.Diagnostic;
import gradsmith.source.Diagnostics;
import gradsmith.source.Span;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Notes which arguments of losses are labels. */
final class LabelUses {

  private static final Set<String> LINKS = Set.of("softmax", "sigmoid");

  private final Set<Proto> labels = new HashSet<>();
  private final Set<Proto> probabilities = new HashSet<>();
  private final Map<String, Proto> values = new HashMap<>();

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
        Span typed = call.arguments().get(i).span();
        String loss = link.equals("softmax") ? ", or NLL(" + Shapes.text(typed) + ", Y)" : "";
        diagnostics.add(
            Diagnostic.warning(
                typed,
                call.name() + " takes logits, and this is a " + link,
                "write " + call.name() + "(Z, Y) with the logits" + loss));
      }
    }
  }

  /**
   * Returns the function that makes probabilities of logits, if {@code argument} is a call of one,
   * also under names, transposed or scaled.
   */
  private @Nullable String link(Proto argument) {
    Proto node = argument;
    while (node != null) {
      if (node.form instanceof Proto.Form.Function function
          && LINKS.contains(function.symbol().name())) {
        return function.symbol().name();
      }
      node =
          switch (node.form) {
            case Proto.Form.Assigned assigned -> values.get(assigned.name());
            case Proto.Form.Alias alias -> node.arguments.getFirst();
            case Proto.Form.Transpose transpose -> node.arguments.getFirst();
            case Proto.Form.Product product -> scaled(node);
            case Proto.Form.Hadamard product -> scaled(node);
            default -> null;
          };
    }
    return null;
  }

  /** Returns what {@code product} scales by a number, or null. */
  private static @Nullable Proto scaled(Proto product) {
    Proto scaled = null;
    for (Proto factor : product.arguments) {
      if (!factor.isScalarMatrix()) {
        if (scaled != null) {
          return null;
        }
        scaled = factor;
      }
    }
    return scaled;
  }

  /** Notes the value of a name. */
  void assign(String name, Proto value) {
    values.put(name, value);
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
