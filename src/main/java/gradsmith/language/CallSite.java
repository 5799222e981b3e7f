package gradsmith.language;

import gradsmith.source.Diagnostic;
import gradsmith.source.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * A call, in the user's own text, of a function that the library defines by others. What does not
 * fit in the definition is told as what does not fit in the call.
 *
 * @param call the call
 * @param arguments what its arguments are
 * @param definition what it stands for
 */
record CallSite(Ast.Call call, List<Proto> arguments, Statement.Definition definition) {

  private static final int DEFINITION_SHOWN = 60;

  /** Returns {@code inner}, an error in the definition, as one at the call. */
  Diagnostic outside(Diagnostic inner, ShapeMessages messages) {
    List<String> shapes = new ArrayList<>();
    List<String> reasons = new ArrayList<>();
    for (Proto argument : arguments) {
      shapes.add(messages.shape(argument));
      reasons.add(messages.because(argument));
    }
    String one = arguments.size() == 1 ? "the argument of %s does" : "the arguments of %s do";
    Span text = definition.span().to(definition.body().span());
    String body = text.beginning(DEFINITION_SHOWN);
    boolean whole = body.length() == text.text().length();
    return new Diagnostic(
        inner.severity(),
        call.nameSpan(),
        arguments.stream().map(argument -> argument.span).toList(),
        one.formatted(call.name()) + " not fit: " + String.join(" and ", shapes),
        String.join("; ", reasons) + "\n" + inner.message() + ", in " + body + (whole ? "" : "…"));
  }
}
