package gradsmith.verify;

import gradsmith.check.CheckReport;
import gradsmith.check.GradientCheck;
import gradsmith.derive.Assumption;
import gradsmith.derive.Derivation;
import gradsmith.derive.Derivative;
import gradsmith.derive.Derivative.Kind;
import gradsmith.expr.Binding;
import gradsmith.expr.Expr;
import gradsmith.expr.Expressions;
import gradsmith.expr.Operator.Primitive;
import gradsmith.expr.Rational;
import gradsmith.expr.Variable;
import gradsmith.language.Ast;
import gradsmith.language.Program;
import gradsmith.render.TextRenderer;
import gradsmith.rules.FunctionRules;
import gradsmith.rules.IdentityRules;
import gradsmith.rules.Instantiation;
import gradsmith.source.Diagnostic;
import gradsmith.source.Diagnostics;
import gradsmith.verify.Suspect.Cause;
import gradsmith.verify.Verdict.Expected;
import gradsmith.verify.Verdict.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares what is claimed with what gradsmith derived. */
final class Judgement {

  /**
   * What a claim should be.
   *
   * @param parts the derivatives whose sum it is; none if it is the value of a name
   * @param right the formula in the inputs of the program
   */
  private record Truth(List<Derivative> parts, Expr right, Expected expected) {

    /** Returns the inputs of the formula that are none of the program. */
    List<Variable> directions() {
      return parts.stream().map(Derivative::direction).filter(Objects::nonNull).toList();
    }
  }

  private final Derivation derivation;
  private final Program program;
  private final Expressions expressions;
  private final FunctionRules functions;
  private final IdentityRules identities;
  private final Scope derived;
  private final HandScopes scopes;
  private final HandNames names;
  private final long seed;
  private final int trials;

  /**
   * Judges by {@code derivation}.
   *
   * @param derived the names that its formulas use
   * @param scopes the names that claims may use
   * @param names where those of them come from that are none of the program
   */
  Judgement(
      Derivation derivation,
      FunctionRules functions,
      IdentityRules identities,
      Scope derived,
      HandScopes scopes,
      HandNames names,
      long seed,
      int trials) {
    this.derivation = derivation;
    this.program = derivation.program();
    this.expressions = program.expressions();
    this.functions = functions;
    this.identities = identities;
    this.derived = derived;
    this.scopes = scopes;
    this.names = names;
    this.seed = seed;
    this.trials = trials;
  }

  /** Judges one claim; null if it was not derived or cannot be read, which is reported. */
  @Nullable Verdict of(Claim claim, Ast formula, Diagnostics diagnostics) {
    Truth truth = truth(claim, claim.kind());
    if (truth == null) {
      diagnostics.add(
          Diagnostic.error(claim.whole(), String.join("; ", derivation.remarks()), null));
      return null;
    }
    Diagnostics own = new Diagnostics();
    Scope scope = scopes.of(claim);
    Expr claimed = scope.elaborate(formula, truth.right.shape(), own);
    if (!scope.knowsAll(formula)) {
      own.all().forEach(diagnostic -> diagnostics.add(claim.moved(diagnostic)));
      return null;
    }
    boolean fits = claimed != null && claimed.shape().equals(truth.right.shape());
    if (claimed != null && fits) {
      Verdict verdict = compared(claim, claimed, truth);
      Truth restricted =
          verdict == null && claim.kind() == Kind.GRADIENT ? truth(claim, Kind.RESTRICTED) : null;
      if (restricted != null) {
        verdict = compared(claim, claimed, restricted);
      }
      if (verdict != null) {
        return verdict;
      }
    }
    List<Diagnostic> moved =
        own.all().stream()
            .filter(diagnostic -> diagnostic.severity() != Diagnostic.Severity.NOTE)
            .map(claim::moved)
            .toList();
    return wrong(claim, formula, claimed, truth, moved);
  }

  private @Nullable Truth truth(Claim claim, @Nullable Kind kind) {
    if (kind == null) {
      Variable name = claim.by().getFirst();
      Expr borrowed = names.borrowed().get(name);
      if (borrowed != null) {
        return new Truth(List.of(), borrowed, new Expected(name, null, borrowed));
      }
      for (Binding binding : program.bindings()) {
        if (binding.variable() == name) {
          return new Truth(
              List.of(), derived.inlined(name), new Expected(name, null, binding.value()));
        }
      }
      throw new IllegalStateException(name + " has no value");
    }
    if (kind != Kind.DIFFERENTIAL) {
      Derivative formal = find(kind, claim.of(), claim.by(), derivation.backprop());
      return formal == null
          ? null
          : new Truth(
              List.of(formal),
              derived.inlined(formal.formula()),
              new Expected(program.value(), shown(formal), shown(formal).formula()));
    }
    List<Derivative> parts = new ArrayList<>();
    List<Expr> values = new ArrayList<>();
    List<Expr> shown = new ArrayList<>();
    for (Variable by : claim.by()) {
      Derivative part =
          Objects.requireNonNull(find(kind, claim.of(), List.of(by), derivation.backprop()));
      parts.add(part);
      values.add(derived.inlined(part.formula()));
      shown.add(shown(part).formula());
    }
    Derivative whole =
        new Derivative(
            kind, parts.getFirst().of(), claim.by(), null, parts.getFirst().axes(), sum(shown));
    return new Truth(parts, sum(values), new Expected(program.value(), whole, whole.formula()));
  }

  private Expr sum(List<Expr> terms) {
    return terms.size() == 1 ? terms.getFirst() : expressions.apply(Primitive.SUM, terms);
  }

  /** Returns the closed form of {@code formal}, if there is one. */
  private Derivative shown(Derivative formal) {
    Derivative closed = find(formal.kind(), formal.of(), formal.by(), derivation.closed());
    return closed == null ? formal : closed;
  }

  private static @Nullable Derivative find(
      Kind kind, @Nullable Variable of, List<Variable> by, List<Derivative> derivatives) {
    for (Derivative derivative : derivatives) {
      if (derivative.kind() == kind && derivative.of() == of && derivative.by().equals(by)) {
        return derivative;
      }
    }
    return null;
  }

  private Verdict wrong(
      Claim claim, Ast formula, @Nullable Expr claimed, Truth truth, List<Diagnostic> diagnostics) {
    Points points = points(claim, truth);
    Suspect suspect =
        new Suspect(
            program,
            functions,
            identities,
            scopes.of(claim),
            derived,
            claim.kind(),
            claim.by(),
            truth.directions(),
            truth.expected.formula(),
            truth.right,
            points,
            formula,
            claimed);
    List<String> evidence = new ArrayList<>();
    boolean fits = suspect.fitting() != null;
    if (claimed != null && !fits) {
      evidence.add(
          "its shape is "
              + claimed.shape()
              + "; that of "
              + (claim.kind() == null ? claim.head() : "the derivative")
              + " is "
              + truth.right.shape());
    }
    List<Assumption> conditions = Conditions.of(suspect);
    Cause cause =
        conditions.isEmpty() ? Diagnosis.of(suspect) : Diagnosis.inSpiteOfConditions(suspect);
    if (cause != null) {
      evidence.addAll(cause.findings());
      if (!conditions.isEmpty()) {
        evidence.add(
            "it would be right if "
                + conditions.stream()
                    .map(Assumption::sentence)
                    .collect(Collectors.joining(" and ")));
        conditions = List.of();
      }
    } else if (!conditions.isEmpty()) {
      evidence.add("as it stands it is wrong, for that is not declared");
    } else if (claimed != null && fits) {
      CheckReport report = check(program, truth.parts, claimed);
      evidence.addAll(report.failures().stream().map(Judgement::sentence).toList());
    }
    evidence.addAll(names.remarks(claim.whole()));
    return new Verdict(
        claim.whole().text(),
        conditions.isEmpty() ? Outcome.WRONG : Outcome.CONDITIONAL,
        false,
        conditions.stream().map(Assumption::sentence).toList(),
        evidence,
        cause == null || cause.corrected() == null ? null : claim.line(cause.corrected()),
        truth.expected,
        diagnostics);
  }

  private Points points(Claim claim, Truth truth) {
    return Points.of(truth.right, claim.by(), truth.directions(), program, functions);
  }

  private static String sentence(CheckReport.Failure failure) {
    return String.format(
        Locale.ROOT,
        failure.entry().isEmpty()
            ? "at a random point it is %2$.6g; it should be %3$.6g"
            : "at a random point its entry %1$s is %2$.6g; it should be %3$.6g",
        failure.entry(),
        failure.formula(),
        failure.expected());
  }

  /** Returns a verdict unless the formula is wrong. */
  private @Nullable Verdict compared(Claim claim, Expr claimed, Truth truth) {
    SymbolicComparison rules =
        new SymbolicComparison(claimed, truth.right, program, identities, claim.by());
    if (truth.parts.isEmpty()) {
      return value(claim, claimed, truth, rules);
    }
    Set<Variable> assumed = Set.of();
    CheckReport report = check(program.withoutAssumptions(), truth.parts, claimed);
    if (!report.passed() && !program.stochasticIn(claim.by()).isEmpty()) {
      report = check(program, truth.parts, claimed);
      assumed = rules.isProved() ? used(rules) : program.stochasticIn(claim.by());
    }
    List<String> evidence = new ArrayList<>();
    if (truth.parts.getFirst().kind() == Kind.RESTRICTED) {
      evidence.add(
          "it is the gradient by the entries that "
              + truth.parts.getFirst().variable().name()
              + " really has; with all entries independent it is another one");
    }
    boolean checked = report.unavailable() == null;
    Points points = points(claim, truth);
    if (checked
        && (!report.passed()
            || !rules.isProved() && !points.isEmpty() && !points.isRight(claimed))) {
      return null; // the witnesses allow for their own errors, and see no smaller difference
    }
    if (checked && rules.isReal(points)) {
      return verdict(claim, Outcome.WRONG, false, List.of(), List.of(tooLittle(rules)), truth);
    }
    if (rules.isProved() || checked) {
      evidence.add(rules.sentence("gradsmith's"));
    }
    evidence.add(
        checked ? TextRenderer.draws(report) : "it was not checked: " + report.unavailable());
    return verdict(
        claim,
        rules.isProved() || checked ? Outcome.RIGHT : Outcome.UNDECIDED,
        rules.isProved(),
        Assumption.stochastic(assumed).stream().map(Assumption::sentence).toList(),
        evidence,
        truth);
  }

  private static String tooLittle(SymbolicComparison rules) {
    return "it differs from gradsmith's by "
        + rules.difference()
        + ", which is too little for numbers to show";
  }

  private @Nullable Verdict value(
      Claim claim, Expr claimed, Truth truth, SymbolicComparison rules) {
    Points any =
        Points.of(truth.right, claim.by(), List.of(), program.withoutAssumptions(), functions);
    Points points = points(claim, truth);
    boolean proved = rules.isProved();
    if (!proved && !points.isEmpty() && !points.isRight(claimed)) {
      return null;
    }
    if (rules.isReal(points)) {
      return verdict(claim, Outcome.WRONG, false, List.of(), List.of(tooLittle(rules)), truth);
    }
    List<Assumption> assumed =
        names.borrowed().containsKey(truth.expected.value())
            ? names.assumptions()
            : any.isRight(claimed)
                ? List.of()
                : Assumption.stochastic(
                    proved ? rules.usedStochastic() : program.stochasticIn(claim.by()));
    List<String> evidence = new ArrayList<>();
    if (proved || !points.isEmpty()) {
      evidence.add(rules.sentence("the value in the program"));
    }
    evidence.add(
        points.isEmpty()
            ? "no admissible point was found to compare it at"
            : "it has the value in the program at " + points.count() + " random points");
    return verdict(
        claim,
        !proved && points.isEmpty() ? Outcome.UNDECIDED : Outcome.RIGHT,
        proved,
        assumed.stream().map(Assumption::sentence).toList(),
        evidence,
        truth);
  }

  private Verdict verdict(
      Claim claim,
      Outcome outcome,
      boolean proved,
      List<String> assumptions,
      List<String> evidence,
      Truth truth) {
    List<String> all = new ArrayList<>(evidence);
    all.addAll(names.remarks(claim.whole()));
    return new Verdict(
        claim.whole().text(), outcome, proved, assumptions, all, null, truth.expected, List.of());
  }

  /** What the right formula relies on, and its comparison with the one that is claimed. */
  private Set<Variable> used(SymbolicComparison rules) {
    Set<Variable> used = new LinkedHashSet<>(rules.usedStochastic());
    derivation.assumptions().forEach(assumption -> used.add(assumption.variable()));
    return used;
  }

  /** Asks the witnesses for each part, with the directions of the others at zero. */
  private CheckReport check(Program program, List<Derivative> parts, Expr claimed) {
    CheckReport worst = null;
    for (Derivative part : parts) {
      Instantiation alone = Instantiation.plain(expressions);
      for (Derivative other : parts) {
        if (other != part && other.direction() != null) {
          alone.bind(other.direction(), expressions.fill(Rational.ZERO, other.direction().shape()));
        }
      }
      Derivative tried = part.as(parts.size() == 1 ? claimed : alone.build(claimed));
      CheckReport report =
          new GradientCheck().check(program, List.of(), List.of(tried), functions, seed, trials);
      boolean worse =
          worst == null || !report.passed() || report.maxRelativeError() > worst.maxRelativeError();
      worst = worse ? report : worst;
      if (!report.passed()) {
        break;
      }
    }
    return Objects.requireNonNull(worst);
  }
}
