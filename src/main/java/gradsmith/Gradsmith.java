package gradsmith;

import gradsmith.check.CheckReport;
import gradsmith.check.GradientCheck;
import gradsmith.derive.Derivation;
import gradsmith.derive.Differentiator;
import gradsmith.derive.StepSweep;
import gradsmith.derive.Steps;
import gradsmith.expr.Binding;
import gradsmith.language.Elaborator;
import gradsmith.language.Library;
import gradsmith.language.Program;
import gradsmith.language.ProgramParser;
import gradsmith.language.Statement;
import gradsmith.language.Wanted;
import gradsmith.rules.FunctionRules;
import gradsmith.rules.Identity;
import gradsmith.rules.IdentityRules;
import gradsmith.rules.Laws;
import gradsmith.rules.NotDifferentiableException;
import gradsmith.source.Diagnostic;
import gradsmith.source.Diagnostics;
import gradsmith.source.ProgramException;
import gradsmith.source.Source;
import gradsmith.source.Span;
import gradsmith.verify.Verification;
import gradsmith.verify.Verifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

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

  /**
   * Makes an instance that knows, besides, the functions and identities of {@code rules}: texts in
   * the form of gradsmith's own rule files. Each rule is tried at random points.
   *
   * @throws ProgramException if a line cannot be read, or a rule is wrong
   */
  public Gradsmith(List<Source> rules) {
    this(Library.with(rules), rules);
    if (!rules.isEmpty()) {
      new OwnRules(library, functions, identities).prove(rules);
    }
  }

  /** Makes an instance with the functions of {@code library}. */
  Gradsmith(Library library) {
    this(library, List.of());
  }

  private Gradsmith(Library library, List<Source> rules) {
    this.library = library;
    functions = new FunctionRules(library);
    identities = IdentityRules.with(library, rules);
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
   * Derives what {@code options} ask of a program's values: gradients of a scalar, or those of a
   * layer in terms of the cotangents of its values.
   *
   * @throws ProgramException if the program has errors
   */
  public Result derive(Source source, Options options) {
    Asked asked = Asked.of(read(source, options.wanted()), places(source), options);
    Derivation derivation;
    try {
      derivation =
          new Differentiator(functions, identities).derive(asked.program(), asked.request());
    } catch (NotDifferentiableException e) {
      throw notDifferentiable(source, e);
    }
    boolean check = options.check() && !derivation.backprop().isEmpty();
    return new Result(
        source,
        places(source),
        derivation,
        check ? check(derivation, options) : null,
        functions,
        options);
  }

  /**
   * Derives as {@link #derive} does, and writes down every step.
   *
   * @throws ProgramException if the program has errors
   */
  public Steps steps(Source source, Options options) {
    Asked asked = Asked.of(read(source, options.wanted()), places(source), options);
    try {
      return StepSweep.of(asked.program(), asked.request().all(), functions, identities);
    } catch (NotDifferentiableException e) {
      throw notDifferentiable(source, e);
    }
  }

  /**
   * Reads a program: finds what every name is, and every shape.
   *
   * @throws ProgramException if the program has errors
   */
  public Program read(Source source) {
    return read(source, Wanted.LAST);
  }

  private Program read(Source source, Wanted wanted) {
    Diagnostics diagnostics = new Diagnostics();
    Statement.Listing listing = ProgramParser.parseProgram(source, library.names(), diagnostics);
    Program program =
        listing.isWhole() ? Elaborator.elaborate(listing, library, wanted, diagnostics) : null;
    if (program == null) {
      throw new ProgramException(diagnostics.all());
    }
    return program;
  }

  /** Returns the statements of {@code source}; what cannot be read goes to {@code diagnostics}. */
  public List<Statement> statements(Source source, Diagnostics diagnostics) {
    return ProgramParser.parseProgram(source, library.names(), diagnostics).statements();
  }

  /** Returns the names of the functions, in the order of the formula sheet. */
  public Set<String> functionNames() {
    return library.names();
  }

  /** Returns the formula sheet. */
  public Laws laws() {
    return new Laws(functions, identities);
  }

  /** Returns the identities that formulas are simplified with. */
  public List<Identity> identities() {
    return identities.all();
  }

  /**
   * Judges formulas that a person has derived for the derivatives of a program's value, or for the
   * backward pass of a layer.
   *
   * @param formulas lines such as {@code dL/dW = X' (softmax(X W) - Y)}
   * @return a verdict for each that can be read, and what is wrong with the other lines
   * @throws ProgramException if the program has errors
   */
  public Verification verify(Source source, List<Source> formulas, Options options) {
    Wanted wanted = new Wanted(options.of(), Verifier.names(formulas));
    Program program = Asked.differentiated(read(source, wanted), places(source), options);
    try {
      return new Verifier(functions, identities, options.seed(), options.trials())
          .verify(program, formulas);
    } catch (NotDifferentiableException e) {
      throw notDifferentiable(source, e);
    }
  }

  private Places places(Source source) {
    return new Places(source, library.names());
  }

  private ProgramException notDifferentiable(Source source, NotDifferentiableException e) {
    Span value = places(source).value();
    return new ProgramException(
        List.of(Diagnostic.error(value, String.valueOf(e.getMessage()), null)));
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
