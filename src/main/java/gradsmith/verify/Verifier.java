package gradsmith.verify;

import gradsmith.algebra.Algebra;
import gradsmith.check.CheckReport;
import gradsmith.check.GradientCheck;
import gradsmith.derive.Assumption;
import gradsmith.derive.Derivation;
import gradsmith.derive.Derivative;
import gradsmith.derive.Derivative.Kind;
import gradsmith.derive.Differentiator;
import gradsmith.derive.Request;
import gradsmith.expr.Expr;
import gradsmith.expr.Variable;
import gradsmith.language.Ast;
import gradsmith.language.Program;
import gradsmith.rules.Assumptions;
import gradsmith.rules.FunctionRules;
import gradsmith.rules.IdentityRules;
import gradsmith.rules.Instantiation;
import gradsmith.source.Diagnostic;
import gradsmith.source.Diagnostics;
import gradsmith.source.ProgramException;
import gradsmith.source.Source;
import gradsmith.source.Span;
import gradsmith.verify.Verdict.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Judges formulas for the derivatives of one program: by their shapes, then against the witnesses
 * of the numeric check, then by the rules.
 */
public final class Verifier {

  private static final Pattern COTANGENT =
      Pattern.compile("(?<![\\p{L}\\p{N}_])d([\\p{L}][\\p{L}\\p{N}_]*)");

  private final FunctionRules functions;
  private final IdentityRules identities;
  private final long seed;
  private final int trials;
  private final Diagnostics diagnostics = new Diagnostics();

  /** Compares on {@code trials} draws, which {@code seed} decides. */
  public Verifier(FunctionRules functions, IdentityRules identities, long seed, int trials) {
    this.functions = functions;
    this.identities = identities;
    this.seed = seed;
    this.trials = trials;
  }

  /**
   * Judges each derivative that {@code sources} claim of {@code program}.
   *
   * @throws ProgramException if one of them is no claim, or cannot be read
   */
  public List<Verdict> verify(Program program, List<Source> sources) {
    List<Claim> claims = new ArrayList<>();
    ClaimReader reader = new ClaimReader(program, diagnostics);
    for (Source source : sources) {
      claims.addAll(reader.read(source));
    }
    diagnostics.throwIfErrors();
    Derivation derivation =
        new Differentiator(functions, identities).derive(program, request(program, claims));
    Scope derived = new Scope(program, functions.library());
    derived.bindAll(derivation);
    Scope scope = new Scope(program, functions.library());
    for (Derivative derivative : derivation.backprop()) {
      String name = "d" + derivative.variable().name();
      if (derivative.kind() == Kind.GRADIENT && !scope.knows(name)) {
        scope.define(name, derived.inlined(derivative.formula()), derivative.axes().size());
      }
    }
    List<Verdict> verdicts = new ArrayList<>();
    for (Claim claim : claims) {
      if (claim.kind() == null) {
        define(claim, scope);
      } else {
        Verdict verdict = verdict(claim, derivation, derived, scope);
        if (verdict != null) {
          verdicts.add(verdict);
        }
      }
    }
    diagnostics.throwIfErrors();
    return verdicts;
  }

  /** What is claimed, and the cotangents that formulas mention. */
  private static Request request(Program program, List<Claim> claims) {
    Set<Variable> gradients = new LinkedHashSet<>();
    Set<Variable> jacobians = new LinkedHashSet<>();
    Set<Request.Block> hessians = new LinkedHashSet<>();
    Map<String, Variable> all = new HashMap<>();
    program.parameters().forEach(parameter -> all.put(parameter.name(), parameter));
    program.bindings().forEach(binding -> all.put(binding.variable().name(), binding.variable()));
    for (Claim claim : claims) {
      Matcher names = COTANGENT.matcher(claim.formula().text());
      while (names.find() && program.value().shape().isScalar()) {
        Variable variable = all.get(names.group(1));
        if (variable != null) {
          gradients.add(variable);
        }
      }
      if (claim.kind() == Kind.GRADIENT) {
        gradients.addAll(claim.by());
      } else if (claim.kind() == Kind.JACOBIAN) {
        jacobians.addAll(claim.by());
      } else if (claim.kind() == Kind.HESSIAN) {
        hessians.add(new Request.Block(claim.by().getFirst(), claim.by().getLast()));
      }
    }
    return new Request(
        List.copyOf(gradients), List.copyOf(jacobians), List.copyOf(hessians), List.of());
  }

  private void define(Claim claim, Scope scope) {
    Expr value = read(claim, scope, diagnostics);
    if (value != null) {
      scope.define(
          claim
              .formula()
              .source()
              .text()
              .substring(claim.whole().start(), claim.formula().start())
              .replaceFirst("\\s*=.*", ""),
          value,
          value.shape().isScalar()
              ? 0
              : value.shape().isVector() ? 1 : value.shape().axes().size());
    }
  }

  /** Reads a formula; what is said of it points into the line that it stands in. */
  private static @Nullable Expr read(Claim claim, Scope scope, Diagnostics diagnostics) {
    Diagnostics own = new Diagnostics();
    Ast formula = scope.parse(claim.text(), own);
    Expr value = formula == null || own.hasErrors() ? null : scope.elaborate(formula, own);
    own.all().forEach(diagnostic -> diagnostics.add(moved(diagnostic, claim)));
    return value;
  }

  private static Diagnostic moved(Diagnostic diagnostic, Claim claim) {
    return new Diagnostic(
        diagnostic.severity(),
        moved(diagnostic.span(), claim),
        diagnostic.related().stream().map(span -> moved(span, claim)).toList(),
        diagnostic.message(),
        diagnostic.hint());
  }

  private static Span moved(Span span, Claim claim) {
    int start = claim.formula().start();
    return new Span(claim.whole().source(), start + span.start(), start + span.end());
  }

  private @Nullable Verdict verdict(
      Claim claim, Derivation derivation, Scope derived, Scope scope) {
    Derivative closed = find(claim, claim.kind(), derivation.closed());
    Derivative formal = find(claim, claim.kind(), derivation.backprop());
    if (formal == null) {
      diagnostics.add(
          Diagnostic.error(claim.whole(), String.join("; ", derivation.remarks()), null));
      return null;
    }
    Derivative shown = closed == null ? formal : closed;
    Expr right = derived.inlined(formal.formula());
    Diagnostics own = new Diagnostics();
    Ast formula = scope.parse(claim.text(), diagnostics);
    if (formula == null || diagnostics.hasErrors()) {
      return null;
    }
    Expr claimed = read(claim, scope, own);
    if (claimed != null && claimed.shape().equals(right.shape())) {
      Verdict verdict = compared(claim, claimed, formal, right, derivation, shown);
      if (verdict != null) {
        return verdict;
      }
      Derivative restricted = find(claim, Kind.RESTRICTED, derivation.backprop());
      if (restricted != null) {
        Expr other = derived.inlined(restricted.formula());
        verdict = compared(claim, claimed, restricted, other, derivation, restricted);
        if (verdict != null) {
          return verdict;
        }
      }
    }
    List<String> evidence = new ArrayList<>();
    boolean fits = claimed != null && claimed.shape().equals(right.shape());
    if (claimed != null && !fits) {
      evidence.add(
          "its shape is " + claimed.shape() + "; that of the derivative is " + right.shape());
    }
    Diagnosis diagnosis =
        new Diagnosis(
            derivation.program(),
            functions,
            identities,
            scope,
            shown,
            right,
            claim.formula().text());
    diagnosis.run(formula, claimed);
    evidence.addAll(diagnosis.findings());
    if (claimed != null && fits && diagnosis.findings().isEmpty()) {
      CheckReport report = check(derivation.program(), formal, claimed);
      evidence.addAll(report.failures().stream().map(Verifier::sentence).toList());
    }
    return new Verdict(
        claim.whole().text(),
        derivation.program().value(),
        Outcome.WRONG,
        List.of(),
        evidence,
        diagnosis.corrected() == null ? null : claim.line(diagnosis.corrected()),
        shown,
        own.all());
  }

  private static String sentence(CheckReport.Failure failure) {
    return String.format(
        Locale.ROOT,
        "at a random point its entry %s is %.6g; it should be %.6g",
        failure.entry(),
        failure.formula(),
        failure.expected());
  }

  private static @Nullable Derivative find(
      Claim claim, @Nullable Kind kind, List<Derivative> derivatives) {
    for (Derivative derivative : derivatives) {
      if (derivative.kind() == kind && derivative.by().equals(claim.by())) {
        return derivative;
      }
    }
    return null;
  }

  /** Returns a verdict unless the formula is wrong. */
  private @Nullable Verdict compared(
      Claim claim,
      Expr claimed,
      Derivative derivative,
      Expr right,
      Derivation derivation,
      Derivative shown) {
    Program program = derivation.program();
    Assumptions compared = Assumptions.of(program, claim.by());
    boolean proved = isSameNormalForm(claimed, right, program, compared);
    Set<Variable> assumed = Set.of();
    CheckReport report = check(program.withoutAssumptions(), derivative, claimed);
    if (!report.passed() && !program.stochasticIn(claim.by()).isEmpty()) {
      report = check(program, derivative, claimed);
      assumed = proved ? used(compared, derivation) : program.stochasticIn(claim.by());
    }
    List<String> assumptions =
        Assumption.stochastic(assumed).stream().map(Assumption::sentence).toList();
    List<String> evidence = new ArrayList<>();
    if (derivative.kind() == Kind.RESTRICTED) {
      evidence.add(
          "it is the gradient by the entries that "
              + derivative.variable().name()
              + " really has; with all entries independent it is another one");
    }
    if (proved) {
      evidence.add("it has the same normal form as gradsmith's");
    }
    if (report.unavailable() != null) {
      evidence.add("it was not checked: " + report.unavailable());
      return new Verdict(
          claim.whole().text(),
          program.value(),
          proved ? Outcome.RIGHT : Outcome.UNDECIDED,
          assumptions,
          evidence,
          null,
          shown,
          List.of());
    }
    if (!report.passed()) {
      return null;
    }
    evidence.add(
        String.format(
            Locale.ROOT,
            "%d random draws, %d witnesses: largest relative error %.0e",
            report.trials(),
            report.witnesses().size(),
            report.maxRelativeError()));
    return new Verdict(
        claim.whole().text(),
        program.value(),
        Outcome.RIGHT,
        assumptions,
        evidence,
        null,
        shown,
        List.of());
  }

  /** What the right formula relies on, and its comparison with the one that is claimed. */
  private static Set<Variable> used(Assumptions compared, Derivation derivation) {
    Set<Variable> used = new LinkedHashSet<>(compared.usedStochastic());
    derivation.assumptions().forEach(assumption -> used.add(assumption.variable()));
    return used;
  }

  private boolean isSameNormalForm(
      Expr claimed, Expr right, Program program, Assumptions assumptions) {
    Algebra algebra =
        new Algebra(
            program.expressions(),
            identities.session(assumptions, (identity, before, after) -> {}));
    return new Instantiation(algebra).build(claimed) == new Instantiation(algebra).build(right);
  }

  private CheckReport check(Program program, Derivative derivative, Expr claimed) {
    return new GradientCheck()
        .check(program, List.of(), List.of(derivative.as(claimed)), functions, seed, trials);
  }
}
