package gradsmith;

import gradsmith.check.CheckReport;
import gradsmith.data.Fitting;
import gradsmith.data.MisfitException;
import gradsmith.data.NdArray;
import gradsmith.derive.Derivation;
import gradsmith.derive.Derivative;
import gradsmith.derive.Derivative.Kind;
import gradsmith.emit.Emitter;
import gradsmith.emit.NotEmittableException;
import gradsmith.emit.Target;
import gradsmith.expr.Apply;
import gradsmith.expr.Binding;
import gradsmith.expr.Expr;
import gradsmith.expr.FunctionFacts;
import gradsmith.expr.Graph;
import gradsmith.expr.Operator;
import gradsmith.expr.Variable;
import gradsmith.language.Program;
import gradsmith.rules.FunctionRules;
import gradsmith.source.Diagnostic;
import gradsmith.source.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What was derived from a program. Immutable. */
public final class Result {

  private final Source source;
  private final Places places;
  private final Derivation derivation;
  private final @Nullable CheckReport check;
  private final FunctionRules rules;
  private final Options options;

  Result(
      Source source,
      Places places,
      Derivation derivation,
      @Nullable CheckReport check,
      FunctionRules rules,
      Options options) {
    this.source = source;
    this.places = places;
    this.options = options;
    this.derivation = derivation;
    this.check = check;
    this.rules = rules;
  }

  FunctionFacts facts() {
    return rules;
  }

  /** Returns the gradients in both forms, with the program and the assumptions. */
  public Derivation derivation() {
    return derivation;
  }

  /** Returns what the numeric check found, or null if none was asked for. */
  public @Nullable CheckReport check() {
    return check;
  }

  /** Returns warnings and notes about the program. */
  public List<Diagnostic> diagnostics() {
    return derivation.program().notes();
  }

  /**
   * Returns every derivative, in the order in which they were asked for. Each is one formula in the
   * program's variables; where that would be too long to read, as that of a hundred layers, it is
   * in the names that {@code derivation().forward()} and {@code derivation().backward()} assign.
   */
  public List<DerivativeFormula> derivatives() {
    List<Derivative> all =
        derivation.closed().isEmpty() ? derivation.backprop() : derivation.closed();
    return all.stream().map(DerivativeFormula::new).toList();
  }

  /**
   * Returns the gradients, in the order in which they were asked for and the form of {@link
   * #derivatives}.
   */
  public List<DerivativeFormula> gradients() {
    return derivatives().stream()
        .filter(formula -> formula.derivative().kind() == Kind.GRADIENT)
        .toList();
  }

  /**
   * Returns the gradient by {@code variable}, in the form of {@link #derivatives}.
   *
   * @throws IllegalArgumentException if it was not derived
   */
  public DerivativeFormula gradient(String variable) {
    return find(Kind.GRADIENT, variable);
  }

  /**
   * Returns the Jacobian by {@code variable}.
   *
   * @throws IllegalArgumentException if it was not derived
   */
  public DerivativeFormula jacobian(String variable) {
    return find(Kind.JACOBIAN, variable);
  }

  /**
   * Returns the differential of the value in terms of that of {@code variable}.
   *
   * @throws IllegalArgumentException if it was not derived
   */
  public DerivativeFormula differential(String variable) {
    return find(Kind.DIFFERENTIAL, variable);
  }

  /**
   * Returns the Hessian by one variable, or the mixed block by two.
   *
   * @throws IllegalArgumentException if it was not derived
   */
  public DerivativeFormula hessian(String... variables) {
    return find(Kind.HESSIAN, variables);
  }

  /**
   * Returns the Hessian-vector product by {@code variable}.
   *
   * @throws IllegalArgumentException if it was not derived
   */
  public DerivativeFormula product(String variable) {
    return find(Kind.HVP, variable);
  }

  private DerivativeFormula find(Kind kind, String... variables) {
    for (DerivativeFormula formula : derivatives()) {
      List<String> names = formula.derivative().by().stream().map(Variable::name).toList();
      if (formula.derivative().kind() == kind && names.equals(List.of(variables))) {
        return formula;
      }
    }
    throw new IllegalArgumentException(
        "no " + kind + " by " + String.join(", ", variables) + " was derived");
  }

  /**
   * Returns a function in another language that computes the value and then what was asked for:
   * gradients, unless it was something else.
   *
   * @param target one of {@link Target#NAMES}
   * @throws NotEmittableException if the target cannot say it
   */
  public String emit(String target) throws NotEmittableException {
    try {
      if (!given().isEmpty()) {
        throw new NotEmittableException("the backward pass of a layer is not emitted; name a loss");
      }
      if (!derivation.unanswered().isEmpty()) {
        throw new NotEmittableException(derivation.unanswered().getFirst());
      }
      return Emitter.emit(derivation, asked(), rules, Target.named(target));
    } catch (NotEmittableException e) {
      throw e.at(places.of(e.about()));
    }
  }

  /** Returns the cotangents that the gradients of a layer start from; none if it is no layer. */
  public List<Program.Given> given() {
    return derivation.given();
  }

  /** Returns the derivatives that are computed, in their order. */
  List<Derivative> asked() {
    if (!given().isEmpty()) {
      return derivation.backprop().stream()
          .filter(derivative -> isSpecial(derivative) || derivative.kind() == Kind.GRADIENT)
          .toList();
    }
    boolean special = derivation.backprop().stream().anyMatch(Result::isSpecial);
    List<Derivative> asked = new ArrayList<>();
    for (Derivative derivative : derivation.backprop()) {
      boolean gradient = derivative.kind() == Kind.GRADIENT;
      if (isSpecial(derivative) || gradient && !(special && options.by().isEmpty())) {
        asked.add(derivative);
      }
    }
    return asked;
  }

  private static boolean isSpecial(Derivative derivative) {
    return switch (derivative.kind()) {
      case JACOBIAN, HESSIAN, HVP -> true;
      case GRADIENT, RESTRICTED, DIFFERENTIAL -> false;
    };
  }

  /**
   * Computes the value and the gradients.
   *
   * @param inputs a matrix for each free variable: n×1 for a vector, 1×1 for a scalar
   * @throws MisfitException if a variable is missing, is of the wrong shape, or has not a property
   *     that was declared or assumed, or a function has no definition
   */
  public Evaluation evaluate(Map<String, double[][]> inputs) {
    Map<String, NdArray> arrays = new HashMap<>();
    inputs.forEach((name, rows) -> arrays.put(name, NdArray.matrix(rows)));
    return evaluateArrays(arrays);
  }

  /**
   * Computes the value and the derivatives that were asked for, of values with any number of axes.
   *
   * @param inputs a value for each of {@link #inputs()}, and for a dimension that none of them has;
   *     without one for a cotangent of a layer there are no gradients that need it
   * @throws MisfitException if a variable is missing, is of the wrong shape, or has not a property
   *     that was declared or assumed, or a function has no definition
   */
  public Evaluation evaluateArrays(Map<String, NdArray> inputs) {
    refuseUnknownFunctions();
    List<Variable> needed = new ArrayList<>(inputs());
    given()
        .forEach(given -> {
          if (!inputs.containsKey(given.cotangent().name())) {
            needed.remove(given.cotangent());
          }
        });
    return Evaluation.of(
        derivation, asked(), rules, Fitting.fit(source, derivation, needed, inputs));
  }

  private void refuseUnknownFunctions() {
    Set<String> unknown = new LinkedHashSet<>();
    List<Expr> values = derivation.program().assignments().stream().map(Binding::value).toList();
    for (Expr node : Graph.postOrder(values)) {
      if (node instanceof Apply apply && apply.operator() instanceof Operator.Unknown function) {
        unknown.add(function.name());
      }
    }
    if (!unknown.isEmpty()) {
      throw new MisfitException(
          unknown.stream()
              .map(name ->
                  Diagnostic.error(
                      places.of(name),
                      "the function " + name + " has no definition that could be computed",
                      "define it: " + name + "(A) = …"))
              .toList());
    }
  }

  /** Returns what needs a value: free variables, given cotangents, directions of products. */
  public List<Variable> inputs() {
    Set<Variable> inputs = new LinkedHashSet<>(derivation.program().parameters());
    for (Derivative derivative : asked()) {
      if (derivative.direction() != null) {
        inputs.add(derivative.direction());
      }
    }
    return List.copyOf(inputs);
  }
}
