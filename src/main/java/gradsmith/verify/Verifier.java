package gradsmith.verify;

import gradsmith.derive.Derivation;
import gradsmith.derive.Differentiator;
import gradsmith.derive.Request;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Judges formulas for the derivatives of one program: by their shapes, then against the witnesses
 * of the numeric check, then by the rules.
 */
public final class Verifier {

  private static final Pattern DERIVED =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}_])[d∂∇δ]((?>" + ClaimReader.NAME.pattern() + "))(?!\\s*/)");

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
   *
   * @param program of a scalar value, as that of a {@link gradsmith.derive.Layer} is
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
        new Differentiator(functions, identities).derive(named, request(claims, reader));
    Scope derived = new Scope(named, functions.library());
    derived.bindAll(derivation);
    HandScopes scopes = new HandScopes(derivation, derived, names, functions.library());
    Judgement judgement =
        new Judgement(derivation, functions, identities, derived, scopes, names, seed, trials);
    List<Verdict> verdicts = new ArrayList<>();
    for (Claim claim : claims) {
      Diagnostics own = new Diagnostics();
      Ast formula =
          reader.usesUnread(claim.formula()) ? null : scopes.of(claim).parse(claim.text(), own);
      if (formula == null || own.hasErrors()) {
        reader.unread(claim);
      } else if (claim.isName()) {
        if (!scopes.define(claim, formula, reader.isTangent(claim), own)) {
          reader.unread(claim);
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

  /** Returns every X of which {@code sources} mention dX, but not as in dX/dY. */
  public static Set<String> names(List<Source> sources) {
    Set<String> names = new LinkedHashSet<>();
    for (Source source : sources) {
      Matcher matcher = DERIVED.matcher(source.text());
      while (matcher.find()) {
        names.add(matcher.group(1));
      }
    }
    return names;
  }

  private static List<Diagnostic> inOrder(Diagnostics diagnostics, List<Source> sources) {
    return diagnostics.all().stream()
        .sorted(
            Comparator.comparingInt((Diagnostic each) -> sources.indexOf(each.span().source()))
                .thenComparingInt(each -> each.span().start()))
        .toList();
  }

  /** What is claimed, and the cotangents that formulas mention. */
  private static Request request(List<Claim> claims, ClaimReader reader) {
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
    for (Claim claim : claims) {
      gradients.addAll(reader.mentioned(claim.formula()));
    }
    return new Request(
        List.copyOf(gradients),
        List.copyOf(differentials),
        List.copyOf(jacobians),
        List.of(),
        List.copyOf(hessians),
        List.copyOf(products));
  }
}
