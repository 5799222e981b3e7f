package gradsmith.language;

import gradsmith.source.Diagnostic;
import gradsmith.source.Diagnostics;
import java.util.Map;
import java.util.Set;

/** Warns where a name looks like two names written together. */
final class JoinedNames {

  private JoinedNames() {}

  static void add(
      Map<String, Proto> free,
      Set<String> undeclared,
      Declarations declarations,
      Diagnostics diagnostics) {
    for (Map.Entry<String, Proto> entry : free.entrySet()) {
      String name = entry.getKey();
      if (!undeclared.contains(name)) {
        continue;
      }
      for (int i = 1; i < name.length(); i++) {
        String left = name.substring(0, i);
        String right = name.substring(i);
        if (isName(left, free, declarations) && isName(right, free, declarations)) {
          diagnostics.add(
              Diagnostic.warning(
                  entry.getValue().span,
                  name + " is read as one name",
                  "did you mean " + left + " " + right + "?"));
          break;
        }
      }
    }
  }

  private static boolean isName(String name, Map<String, Proto> free, Declarations declarations) {
    return free.containsKey(name) || declarations.variables().containsKey(name);
  }
}
