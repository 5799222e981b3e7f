package gradsmith.verify;

import gradsmith.expr.Apply;
import gradsmith.expr.Binding;
import gradsmith.expr.Expr;
import gradsmith.expr.Graph;
import gradsmith.expr.Operator;
import gradsmith.language.Ast;
import gradsmith.language.Library;
import gradsmith.render.FormulaPrinter;
import gradsmith.shape.Signature;
import gradsmith.source.Diagnostics;
import gradsmith.source.Source;
import gradsmith.verify.FactorEdits.Forgotten;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** The derivatives of the elementwise functions in a program, as one would write them there. */
final class FunctionDerivatives {

  private static final int MOST = 16;

  private static final int LONGEST = 60;

  private final Suspect suspect;
  private final Map<String, String> ofNames = new HashMap<>();
  private final Map<String, Forgotten> forgotten = new LinkedHashMap<>();

  /** Finds those of the program of {@code suspect}. */
  FunctionDerivatives(Suspect suspect) {
    this.suspect = suspect;
    Map<Expr, String> names = new HashMap<>();
    List<Binding> bindings = suspect.program().bindings();
    bindings.forEach(binding -> names.put(binding.value(), binding.variable().name()));
    for (Expr node : Graph.postOrder(bindings.stream().map(Binding::value).toList())) {
      String function = node instanceof Apply apply ? name(apply.operator()) : null;
      if (function != null && forgotten.size() < MOST) {
        add(function, ((Apply) node).argument(0), names.get(node));
      }
    }
  }

  private void add(String function, Expr of, @Nullable String name) {
    String derivative = of(function);
    String argument = FormulaPrinter.ascii().print(of);
    if (derivative == null || argument.length() > LONGEST) {
      return;
    }
    String text = substituted(derivative, argument);
    if (name != null) {
      text = text.replace(function + "(" + argument + ")", name);
      ofNames.put(name, text);
    }
    Ast read = suspect.scope().parse(new Source("", text), new Diagnostics());
    if (read != null) {
      forgotten.putIfAbsent(text, new Forgotten(read.asFactor(), "the derivative of " + function));
    }
  }

  /** Returns what someone may have forgotten to multiply by. */
  List<Forgotten> forgotten() {
    return List.copyOf(forgotten.values());
  }

  /** Returns the derivative of the function whose value {@code name} is; null if it is of none. */
  @Nullable String ofName(String name) {
    return ofNames.get(name);
  }

  /** Returns the derivative of {@code function} in its argument {@code A}; null if it has none. */
  @Nullable String of(String function) {
    if (suspect.scope().isUnknownFunction(function)) {
      return function + "'(A)";
    }
    Library.Entry entry = suspect.functions().library().entry(function, 1);
    if (entry == null
        || entry.symbol() == null
        || entry.differential() == null
        || entry.symbol().signature().kind() != Signature.Kind.ELEMENTWISE) {
      return null;
    }
    String differential = entry.differential().value().span().text();
    String tangent = " .* d" + entry.parameters().getFirst();
    return differential.endsWith(tangent)
        ? differential.substring(0, differential.length() - tangent.length())
        : null;
  }

  private static @Nullable String name(Operator operator) {
    return operator instanceof Operator.Function function
        ? function.symbol().name()
        : operator instanceof Operator.Unknown unknown
            ? unknown.name() + "'".repeat(unknown.order())
            : null;
  }

  /** Returns {@code derivative} with {@code argument} for its A. */
  static String substituted(String derivative, String argument) {
    return derivative
        .replaceAll("\\bA\\b", Matcher.quoteReplacement("(" + argument + ")"))
        .replace("((" + argument + "))", "(" + argument + ")");
  }
}
