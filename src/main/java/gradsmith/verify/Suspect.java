package gradsmith.verify;

import gradsmith.derive.Derivative.Kind;
import gradsmith.expr.Expr;
import gradsmith.expr.Operator;
import gradsmith.expr.Operator.Primitive;
import gradsmith.expr.Property;
import gradsmith.expr.Rational;
import gradsmith.expr.Variable;
import gradsmith.language.Ast;
import gradsmith.language.Program;
import gradsmith.rules.FunctionRules;
import gradsmith.rules.IdentityRules;
import gradsmith.source.Diagnostics;
import gradsmith.source.Source;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A formula that is wrong, with all that tells why.
 *
 * @param program what was differentiated
 * @param scope the names that the formula may use
 * @param derived the names that gradsmith's formula uses
 * @param kind which derivative it should be; null if it should be the value of a name
 * @param by what the derivative is by
 * @param directions the inputs of the right formula that are none of the program
 * @param shown the right formula as gradsmith prints it
 * @param right the same in the inputs of the program
 * @param points where to try changed formulas
 * @param formula the formula as it was written, the whole of its source
 * @param claimed what it means; null if it makes no sense as it stands
 */
record Suspect(
    Program program,
    FunctionRules functions,
    IdentityRules identities,
    Scope scope,
    Scope derived,
    @Nullable Kind kind,
    List<Variable> by,
    List<Variable> directions,
    Expr shown,
    Expr right,
    Points points,
    Ast formula,
    @Nullable Expr claimed) {

  /** In a program of more names than this, none is suspected by itself. */
  private static final int MOST_NAMES = 100;

  /**
   * What is wrong.
   *
   * @param findings sentences that say it
   * @param corrected a right formula that is like the wrong one, or null
   */
  record Cause(List<String> findings, @Nullable String corrected) {

    /** Copies the list. */
    Cause {
      findings = List.copyOf(findings);
    }
  }

  /** Returns the formula as it was written. */
  String text() {
    return formula.span().source().text();
  }

  /** Returns what the formula means, if it has the right shape. */
  @Nullable Expr fitting() {
    return claimed != null && claimed.shape().equals(right.shape()) ? claimed : null;
  }

  /** Tells whether the names of the program can be tried one by one. */
  boolean hasFewNames() {
    return program.dimensions().size() + program.parameters().size() <= MOST_NAMES;
  }

  /** Returns what another formula would mean, or null. */
  @Nullable Expr read(String other) {
    Diagnostics ignored = new Diagnostics();
    Ast ast = scope.parse(new Source("", other), ignored);
    return ast == null || ignored.hasErrors() ? null : scope.elaborate(ast, right.shape(), ignored);
  }

  /** Returns points where some inputs have {@code properties} that were not declared. */
  Points pointsWith(Map<Variable, Property> properties) {
    return Points.with(right, by, directions, program, functions, properties);
  }

  /** Tells whether another formula would be right. */
  boolean isRight(String other) {
    Expr value = read(other);
    return value != null && points.isRight(value);
  }

  /** Returns the sum of {@code terms}, of one shape. */
  Expr sum(List<Expr> terms) {
    return terms.size() == 1 ? terms.getFirst() : program.expressions().apply(Primitive.SUM, terms);
  }

  /** Returns -A. */
  Expr negative(Expr value) {
    return program.expressions().apply(new Operator.Scale(Rational.MINUS_ONE), value);
  }
}
