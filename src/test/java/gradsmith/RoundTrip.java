package gradsmith;

import gradsmith.algebra.Algebra;
import gradsmith.derive.Derivation;
import gradsmith.derive.Derivative;
import gradsmith.expr.Apply;
import gradsmith.expr.Binding;
import gradsmith.expr.Expr;
import gradsmith.expr.Expressions;
import gradsmith.expr.Graph;
import gradsmith.expr.Operator;
import gradsmith.expr.Variable;
import gradsmith.language.Ast;
import gradsmith.language.Elaborator;
import gradsmith.language.Library;
import gradsmith.language.ProgramParser;
import gradsmith.render.FormulaPrinter;
import gradsmith.rules.Assumptions;
import gradsmith.rules.IdentityRules;
import gradsmith.rules.Instantiation;
import gradsmith.source.Diagnostics;
import gradsmith.source.Source;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Prints formulas, reads them back and compares the graphs. */
final class RoundTrip {

  private static final Library LIBRARY = Library.standard();
  private static final IdentityRules IDENTITIES = IdentityRules.standard(LIBRARY);

  private final Expressions expressions;
  private final Map<String, Variable> known = new LinkedHashMap<>();
  private final Algebra algebra;
  private final List<String> dimensions;
  private final Set<String> unknown = new HashSet<>();

  private RoundTrip(Derivation derivation) {
    expressions = derivation.program().expressions();
    dimensions = derivation.program().dimensions();
    algebra =
        new Algebra(
            expressions,
            IDENTITIES.session(
                new Assumptions(derivation.program().assumedStochastic()),
                (i, before, after) -> {}));
    add(derivation.program().parameters());
    add(derivation.directions());
    for (Binding binding : derivation.program().bindings()) {
      for (Expr node : Graph.postOrder(binding.value())) {
        if (node instanceof Apply apply && apply.operator() instanceof Operator.Unknown function) {
          unknown.add(function.name());
        }
      }
    }
  }

  private void add(List<Variable> variables) {
    variables.forEach(variable -> known.put(variable.name(), variable));
  }

  /** Reads every formula of {@code derivation} back. */
  static void assertReadsBack(Derivation derivation) {
    RoundTrip trip = new RoundTrip(derivation);
    for (Binding binding : derivation.program().bindings()) {
      trip.known.put(binding.variable().name(), binding.variable());
    }
    for (Derivative gradient : derivation.closed()) {
      trip.check(gradient.formula());
    }
    for (List<Binding> bindings : List.of(derivation.forward(), derivation.backward())) {
      for (Binding binding : bindings) {
        trip.check(binding.value());
        trip.known.put(binding.variable().name(), binding.variable());
      }
    }
    for (Derivative gradient : derivation.backprop()) {
      trip.check(gradient.formula());
    }
  }

  private Set<String> functions() {
    Set<String> functions = new HashSet<>(LIBRARY.names());
    functions.addAll(unknown);
    return functions;
  }

  private List<String> names() {
    List<String> names = new ArrayList<>(known.keySet());
    names.addAll(unknown);
    return names;
  }

  private void check(Expr formula) {
    String ascii = FormulaPrinter.ascii().print(formula);
    if (ascii.chars().anyMatch(c -> c >= 128)) {
      throw new AssertionError("`" + ascii + "` is not ASCII");
    }
    for (FormulaPrinter printer : List.of(FormulaPrinter.ascii(), FormulaPrinter.unicode())) {
      String text = printer.print(formula);
      Diagnostics diagnostics = new Diagnostics();
      Ast parsed =
          ProgramParser.parseFormula(
              new Source("", text).whole(), functions(), names(), diagnostics);
      Expr read =
          parsed == null
              ? null
              : Elaborator.formula(
                  expressions, LIBRARY, known, dimensions, unknown, parsed, null, diagnostics);
      if (diagnostics.hasErrors() || read == null) {
        throw new AssertionError(
            "`" + text + "` cannot be read: " + diagnostics.all().getFirst().message());
      }
      Expr expected = new Instantiation(algebra).build(formula);
      Expr again = new Instantiation(algebra).build(expected);
      if (again != expected) {
        throw new AssertionError(
            "`"
                + printer.print(expected)
                + "` is normalized again to `"
                + printer.print(again)
                + "`");
      }
      Expr actual = algebra.conform(new Instantiation(algebra).build(read), formula.shape());
      if (expected != actual) {
        throw new AssertionError(
            "`"
                + text
                + "` reads back as `"
                + printer.print(actual)
                + "`"
                + (printer.print(expected).equals(text)
                    ? ""
                    : "; normal form `" + printer.print(expected) + "`"));
      }
    }
  }
}
