package gradsmith.language;

import gradsmith.shape.Length;
import gradsmith.source.Diagnostic;
import gradsmith.source.Diagnostics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a call calls: a function of the program, of the library, or a builtin. A call of a
 * definition is replaced by its body, once for the same arguments.
 */
final class Calls {

  private final Inference inference;
  private final Library library;
  private final Map<String, Statement.Definition> definitions;
  private final Set<String> unknownFunctions;
  private final Map<String, Length> declaredLengths;
  private final Shapes shapes;
  private final WholeNames wholeNames;
  private final Expansion expansion;
  private final BuiltinCalls builtins;
  private final AxisCalls axes;
  private final LibraryCalls libraryCalls;
  private final IdentityHashMap<Statement.Definition, Map<List<Proto>, Proto>> calls =
      new IdentityHashMap<>();
  private final List<Statement.Definition> callStack = new ArrayList<>();

  Calls(
      Inference inference,
      Library library,
      Map<String, Statement.Definition> definitions,
      Set<String> unknownFunctions,
      Map<String, Length> declaredLengths,
      Shapes shapes,
      LabelUses labels,
      WholeNames wholeNames,
      Expansion expansion,
      BuiltinCalls builtins,
      Diagnostics diagnostics) {
    this.inference = inference;
    this.library = library;
    this.definitions = definitions;
    this.unknownFunctions = unknownFunctions;
    this.declaredLengths = declaredLengths;
    this.shapes = shapes;
    this.wholeNames = wholeNames;
    this.expansion = expansion;
    this.builtins = builtins;
    axes = new AxisCalls(shapes, declaredLengths, diagnostics);
    libraryCalls = new LibraryCalls(this, shapes, labels, diagnostics);
  }

  /** Builds {@code call}, its arguments read in {@code scope}. */
  Proto call(Ast.Call call, Inference.Scope scope) {
    List<Proto> arguments = new ArrayList<>();
    Statement.Definition definition =
        isInLibrary() || !call.isNamed() ? null : definitions.get(call.name());
    Builtin builtin = definition == null ? Builtin.named(call.name()) : null;
    if (builtin != null && builtin.takes() == Builtin.Takes.LENGTHS) {
      return builtins.lengths(builtin, call, argument -> inference.infer(argument, scope));
    }
    boolean axis = definition == null && AxisCalls.takesAxis(call);
    int count = axis ? 2 : builtin != null ? builtin.arguments() : call.arguments().size();
    if (call.arguments().size() != count) {
      return wrongCount(call, List.of(count), null);
    }
    int values = axis ? 1 : builtin != null ? builtin.valueCount() : count;
    for (Ast argument : call.arguments().subList(0, values)) {
      arguments.add(inference.infer(argument, scope));
    }
    if (Shapes.anyError(arguments) || !isKnown(call)) { // the parser has reported an unknown name
      return shapes.error(call.span());
    }
    if (unknownFunctions.contains(call.name())) {
      return unknown(call, arguments);
    }
    if (call.order() > 0) {
      return shapes.error(
          Diagnostic.error(
              call.span(),
              "only a function declared elementwise has a derivative written with a prime",
              "declare " + call.name() + " : elementwise"));
    }
    if (definition != null) {
      if (definition.parameters().size() != arguments.size()) {
        return wrongCount(call, List.of(definition.parameters().size()), null);
      }
      return define(definition, call, arguments, programOf(scope));
    }
    if (axis) {
      return axes.build(call, arguments.getFirst());
    }
    Library.Entry entry = library.entry(call.name(), arguments.size());
    if (entry != null) {
      for (int i = 0; i < arguments.size(); i++) {
        if (entry.roles().get(i) == ParameterRole.WHOLE && !wholeNames.collect(arguments.get(i))) {
          return shapes.error(
              Diagnostic.error(
                  arguments.get(i).span, call.name() + " needs a whole number here", null));
        }
      }
      return libraryCalls.build(entry, call, arguments);
    }
    if (builtin != null) {
      return builtin.takes() == Builtin.Takes.VALUES_THEN_SHAPE
          ? builtins.rearranged(
              builtin, call, arguments, argument -> inference.infer(argument, scope))
          : builtins.build(builtin, call, arguments);
    }
    List<Integer> arities = library.arities(call.name());
    List<String> forms = new ArrayList<>();
    for (int arity : arities) {
      Library.Entry form = Objects.requireNonNull(library.entry(call.name(), arity));
      forms.add(call.name() + "(" + String.join(", ", form.parameters()) + ")");
    }
    String elsewhere = OtherTools.call(call);
    return wrongCount(
        call,
        arities,
        elsewhere != null
            ? elsewhere
            : forms.isEmpty() ? null : "write " + String.join(" or ", forms));
  }

  private boolean isKnown(Ast.Call call) {
    return !call.isNamed()
        || definitions.containsKey(call.name())
        || unknownFunctions.contains(call.name())
        || library.names().contains(call.name());
  }

  private Proto wrongCount(Ast.Call call, List<Integer> arities, @Nullable String hint) {
    List<String> counts = arities.stream().map(String::valueOf).toList();
    String takes =
        counts.isEmpty()
            ? "other arguments"
            : String.join(" or ", counts)
                + (counts.equals(List.of("1")) ? " argument" : " arguments");
    return shapes.error(
        Diagnostic.error(
            call.span(),
            call.name() + " takes " + takes + ", not " + call.arguments().size(),
            hint));
  }

  private Proto unknown(Ast.Call call, List<Proto> arguments) {
    if (arguments.size() != 1) {
      return wrongCount(call, List.of(1), null);
    }
    return shapes.same(
        new Proto.Form.Unknown(call.name(), call.order()),
        arguments,
        arguments.getFirst(),
        call.span());
  }

  /** Returns the names of the program around {@code scope}. */
  private static Inference.@Nullable Scope programOf(Inference.Scope scope) {
    return scope instanceof DefinitionScope body ? body.program() : scope;
  }

  /** Replaces a call of the library by its definition. */
  Proto define(Statement.Definition definition, Ast.Call call, List<Proto> arguments) {
    return define(definition, call, arguments, null);
  }

  /**
   * Replaces a call by the body of its definition, with the reader's own text for messages; the
   * body may use the names of {@code program}.
   */
  private Proto define(
      Statement.Definition definition,
      Ast.Call call,
      List<Proto> arguments,
      Inference.@Nullable Scope program) {
    Proto proto = body(definition, call, arguments, program);
    return proto.isError() || proto.span.equals(call.span())
        ? proto
        : shapes.alias(proto, call.span());
  }

  private Proto body(
      Statement.Definition definition,
      Ast.Call call,
      List<Proto> arguments,
      Inference.@Nullable Scope program) {
    List<Proto> firsts = new ArrayList<>();
    for (Proto argument : arguments) {
      firsts.add(argument.first);
    }
    Map<List<Proto>, Proto> expanded = calls.computeIfAbsent(definition, unused -> new HashMap<>());
    Proto known = expanded.get(firsts);
    if (known != null) {
      return known;
    }
    if (isOpen(definition)) {
      return shapes.error(
          Diagnostic.error(
              call.nameSpan(),
              definition.name().name() + " is defined by itself",
              "a definition cannot call itself"));
    }
    if (expansion.isRefused()) {
      return shapes.error(call.span());
    }
    Diagnostic tooMuch = expansion.begin(call, inference.depth(), shapes.nodes.size());
    if (tooMuch != null) {
      return shapes.error(tooMuch);
    }
    boolean entersLibrary = !isInLibrary() && isOfLibrary(definition);
    if (entersLibrary) {
      shapes.readAt(new CallSite(call, arguments, definition));
    }
    callStack.add(definition);
    Map<String, Proto> parameters = new HashMap<>();
    for (int i = 0; i < arguments.size(); i++) {
      parameters.put(definition.parameters().get(i).name(), arguments.get(i));
    }
    Proto result =
        inference.infer(
            definition.body(),
            new DefinitionScope(
                definition,
                parameters,
                shapes,
                isInLibrary() ? Map.of() : declaredLengths,
                program));
    callStack.removeLast();
    if (entersLibrary) {
      shapes.readAt(null);
    }
    expansion.end(shapes.nodes.size());
    expanded.put(firsts, result);
    return result;
  }

  /** Tells whether a definition's body is read, not what the program itself says. */
  boolean isInBody() {
    return !callStack.isEmpty();
  }

  private boolean isOpen(Statement.Definition definition) {
    for (Statement.Definition open : callStack) {
      if (open == definition) {
        return true;
      }
    }
    return false;
  }

  /** Tells whether the body of a library function is read: no name in it is one of the program. */
  private boolean isInLibrary() {
    return !callStack.isEmpty() && isOfLibrary(callStack.getLast());
  }

  private boolean isOfLibrary(Statement.Definition definition) {
    return definitions.get(definition.name().name()) != definition;
  }
}
