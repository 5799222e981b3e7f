package gradsmith;

import gradsmith.check.CheckReport;
import gradsmith.check.GradientCheck;
import gradsmith.derive.Derivation;
import gradsmith.derive.Differentiator;
import gradsmith.expr.Binding;
import gradsmith.expr.Variable;
import gradsmith.language.Elaborator;
import gradsmith.language.Library;
import gradsmith.language.Program;
import gradsmith.language.ProgramParser;
import gradsmith.language.Spelling;
import gradsmith.language.Statement;
import gradsmith.rules.FunctionRules;
import gradsmith.rules.IdentityRules;
import gradsmith.source.Diagnostic;
import gradsmith.source.Diagnostics;
import gradsmith.source.ProgramException;
import gradsmith.source.Source;
import gradsmith.source.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * Derives gradients of programs. An instance keeps what it has read of its library; it is
 * thread-safe, and one is enough for any number of programs.
 */
public final class Gradsmith {

  private final Library library;
  private final FunctionRules functions;
  private final IdentityRules identities;

  /** Makes an instance with the functions and identities that gradsmith comes with. */
  public Gradsmith() {
    this(Library.standard());
  }

  /** Makes an instance with the functions of {@code library}. */
  Gradsmith(Library library) {
    this.library = library;
    functions = new FunctionRules(library);
    identities = IdentityRules.standard(library);
  }

  /**
   * Derives the gradients of a program's value by its variables and checks them.
   *
   * @throws ProgramException if the program has errors
   */
  public static Result derive(String program) {
    return new Gradsmith().derive(new Source("", program), Options.DEFAULT);
  }

  /**
   * Derives the gradients of a program's value.
   *
   * @throws ProgramException if the program has errors
   */
  public Result derive(Source source, Options options) {
    Program program = elaborate(source);
    Derivation derivation =
        new Differentiator(functions, identities)
            .derive(program, variables(program, source, options));
    boolean check = options.check() && !derivation.backprop().isEmpty();
    return new Result(derivation, check ? check(derivation, options) : null, functions);
  }

  private Program elaborate(Source source) {
    Diagnostics diagnostics = new Diagnostics();
    Statement.Listing listing = ProgramParser.parseProgram(source, library.names(), diagnostics);
    Program program =
        diagnostics.hasErrors()
            ? null
            : Elaborator.elaborate(source, listing, library, diagnostics);
    if (program == null) {
      throw new ProgramException(diagnostics.all());
    }
    if (!program.value().shape().isScalar()) {
      throw new ProgramException(
          List.of(
              Diagnostic.error(
                  new Span(source, 0, source.text().length()),
                  "the value "
                      + program.value().name()
                      + " is "
                      + program.value().shape()
                      + "; a gradient needs a scalar",
                  "wrap it in a loss, or in sum(…)")));
    }
    return program;
  }

  private static List<Variable> variables(Program program, Source source, Options options) {
    if (options.by().isEmpty()) {
      return Differentiator.defaultVariables(program);
    }
    List<Variable> candidates = new ArrayList<>(program.parameters());
    for (Binding binding : program.bindings()) {
      candidates.add(binding.variable());
    }
    List<String> names = new ArrayList<>();
    for (Variable candidate : candidates) {
      names.add(candidate.name());
    }
    List<Variable> result = new ArrayList<>();
    Diagnostics diagnostics = new Diagnostics();
    for (String name : options.by()) {
      int index = names.indexOf(name);
      if (index >= 0) {
        result.add(candidates.get(index));
      } else {
        String nearest = Spelling.nearest(name, names);
        diagnostics.add(
            Diagnostic.error(
                new Span(source, 0, 0),
                "the value does not depend on a variable " + name,
                nearest == null
                    ? "its variables are " + String.join(", ", names)
                    : "did you mean " + nearest + "?"));
      }
    }
    diagnostics.throwIfErrors();
    return result;
  }

  private CheckReport check(Derivation derivation, Options options) {
    List<Binding> bindings = new ArrayList<>(derivation.forward());
    bindings.addAll(derivation.backward());
    return new GradientCheck()
        .check(
            derivation.program(),
            bindings,
            derivation.backprop(),
            functions,
            options.seed(),
            options.trials());
  }
}
