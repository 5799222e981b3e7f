package gradsmith.verify;

import gradsmith.derive.Derivation;
import gradsmith.derive.Derivative;
import gradsmith.derive.Derivative.Kind;
import gradsmith.derive.Differentiator;
import gradsmith.derive.Request;
import gradsmith.expr.Expr;
import gradsmith.expr.Variable;
import gradsmith.language.Ast;
import gradsmith.language.Program;
import gradsmith.rules.FunctionRules;
import gradsmith.rules.IdentityRules;
import gradsmith.source.Diagnostic;
import gradsmith.source.Diagnostics;
import gradsmith.source.Source;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Judges formulas for the derivatives of one program: by their shapes, then against the witnesses
 * of the numeric check, then by the rules.
 */
public final class Verifier {

  private final FunctionRules functions;
  private final IdentityRules identities;
  private final long seed;
  private final int trials;

  /** Compares on {@code trials} draws, which {@code seed} decides. */
  public Verifier(FunctionRules functions, IdentityRules identities, long seed, int trials) {
    this.functions = functions;
    this.identities = identities;
    this.seed = seed;
    this.trials = trials;
  }

  /**
   * Judges each derivative that {@code sources} claim of {@code program}, and each value of a name
   * of its own.
   */
  public Verification verify(Program program, List<Source> sources) {
    Diagnostics diagnostics = new Diagnostics();
    List<ClaimLines.Line> lines = ClaimLines.of(sources, program, diagnostics);
    HandNames names =
        new HandNames(
            lines.stream().filter(ClaimLines.Line::readable).map(ClaimLines.Line::span).toList(),
            program,
            functions,
            identities);
    Program named = names.program();
    ClaimReader reader = new ClaimReader(named, names, functions.library(), diagnostics);
    List<Claim> claims = reader.read(lines);
    Derivation derivation =
        new Differentiator(functions, identities).derive(named, request(named, claims, reader));
    Scope derived = new Scope(named, functions.library());
    derived.bindAll(derivation);
    Scope scope = scope(derivation, derived);
    names
        .borrowed()
        .forEach((name, value) -> {
          if (!scope.knows(name.name())) {
            scope.define(name.name(), value);
          }
        });
    Judgement judgement =
        new Judgement(derivation, functions, identities, derived, scope, names, seed, trials);
    List<Verdict> verdicts = new ArrayList<>();
    for (Claim claim : claims) {
      Diagnostics own = new Diagnostics();
      Ast formula = reader.usesUnread(claim.formula()) ? null : scope.parse(claim.text(), own);
      if (formula == null || own.hasErrors()) {
        reader.unread(claim);
      } else if (claim.isName()) {
        Expr value = scope.elaborate(formula, null, own);
        if (value == null) {
          reader.unread(claim);
        } else {
          scope.define(claim.head(), value);
        }
      } else {
        Verdict verdict = judgement.of(claim, formula, diagnostics);
        if (verdict != null) {
          verdicts.add(verdict);
        }
      }
      own.all().forEach(diagnostic -> diagnostics.add(claim.moved(diagnostic)));
    }
    return new Verification(verdicts, inOrder(diagnostics, sources));
  }

  private static List<Diagnostic> inOrder(Diagnostics diagnostics, List<Source> sources) {
    return diagnostics.all().stream()
        .sorted(
            Comparator.comparingInt((Diagnostic each) -> sources.indexOf(each.span().source()))
                .thenComparingInt(each -> each.span().start()))
        .toList();
  }

  /** What is claimed, and the cotangents that formulas mention. */
  private static Request request(Program program, List<Claim> claims, ClaimReader reader) {
    Set<Variable> gradients = new LinkedHashSet<>();
    Set<Variable> differentials = new LinkedHashSet<>();
    Set<Variable> jacobians = new LinkedHashSet<>();
    Set<Request.Block> hessians = new LinkedHashSet<>();
    Set<Variable> products = new LinkedHashSet<>();
    for (Claim claim : claims) {
      switch (claim.kind()) {
        case null -> {}
        case GRADIENT, RESTRICTED -> gradients.addAll(claim.by());
        case DIFFERENTIAL -> differentials.addAll(claim.by());
        case JACOBIAN -> jacobians.addAll(claim.by());
        case HESSIAN ->
            hessians.add(new Request.Block(claim.by().getFirst(), claim.by().getLast()));
        case HVP -> products.addAll(claim.by());
      }
    }
    if (program.value().shape().isScalar()) {
      for (Claim claim : claims) {
        gradients.addAll(reader.mentioned(claim.formula()));
      }
    }
    return new Request(
        List.copyOf(gradients),
        List.copyOf(differentials),
        List.copyOf(jacobians),
        List.copyOf(hessians),
        List.copyOf(products));
  }

  /** In a formula, dX is the differential by which one is claimed, or else the gradient by X. */
  private Scope scope(Derivation derivation, Scope derived) {
    Scope scope = new Scope(derivation.program(), functions.library());
    for (Derivative derivative : derivation.backprop()) {
      if (derivative.direction() != null) {
        String prefix = derivative.kind() == Kind.DIFFERENTIAL ? "d" : "v_";
        scope.define(prefix + derivative.variable().name(), derivative.direction());
      }
    }
    for (Derivative derivative : derivation.backprop()) {
      String name = "d" + derivative.variable().name();
      if (derivative.kind() == Kind.GRADIENT && !scope.knows(name)) {
        Expr value = derived.inlined(derivative.formula());
        scope.define(name, value, derivative.axes().size());
      }
    }
    return scope;
  }
}
