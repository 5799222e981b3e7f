package gradsmith.verify;

import gradsmith.derive.Derivation;
import gradsmith.derive.Derivative;
import gradsmith.derive.Derivative.Kind;
import gradsmith.derive.Differentiator;
import gradsmith.derive.Request;
import gradsmith.evaluate.Sizes;
import gradsmith.expr.Expr;
import gradsmith.expr.Operator;
import gradsmith.expr.Operator.Primitive;
import gradsmith.expr.Property;
import gradsmith.expr.Rational;
import gradsmith.expr.Variable;
import gradsmith.language.Ast;
import gradsmith.language.Library;
import gradsmith.language.Program;
import gradsmith.render.FormulaPrinter;
import gradsmith.rules.FunctionRules;
import gradsmith.rules.IdentityRules;
import gradsmith.shape.Dimension;
import gradsmith.shape.Signature;
import gradsmith.source.Diagnostics;
import gradsmith.source.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says in which way a formula is wrong. Each way is a hypothesis that changes the formula, and it
 * is believed if the changed formula is right at random points.
 */
final class Diagnosis {

  /** More changed formulas than this are not tried. */
  private static final int MOST_TRIALS = 4000;

  private static final int MOST_TERMS = 8;

  /** In a program of more names than this, none is suspected by itself. */
  private static final int MOST_NAMES = 100;

  private final Program program;
  private final FunctionRules functions;
  private final IdentityRules identities;
  private final Scope scope;
  private final Derivative derived;
  private final Expr right;
  private final Points points;
  private final String text;
  private final List<String> findings = new ArrayList<>();
  private @Nullable String corrected;

  /**
   * Diagnoses {@code text}.
   *
   * @param derived the derivative as gradsmith prints it
   * @param right the same in the inputs of {@code program}
   */
  Diagnosis(
      Program program,
      FunctionRules functions,
      IdentityRules identities,
      Scope scope,
      Derivative derived,
      Expr right,
      String text) {
    this.program = program;
    this.functions = functions;
    this.identities = identities;
    this.scope = scope;
    this.derived = derived;
    this.right = right;
    this.text = text;
    points = Points.of(right, derived.by(), program, functions);
  }

  /** Returns what was found, the likeliest cause first. */
  List<String> findings() {
    return findings;
  }

  /** Returns a right formula that is like the wrong one, or null. */
  @Nullable String corrected() {
    return corrected;
  }

  /** Looks for the cause; {@code claimed} is null if the formula makes no sense as it stands. */
  void run(Ast formula, @Nullable Expr claimed) {
    if (points.isEmpty()) {
      return;
    }
    boolean known =
        claimed != null
            && (transposed(claimed)
                || factor(formula, claimed)
                || terms(formula)
                || missing(claimed)
                || property(claimed)
                || otherLoss(claimed));
    if (!known) {
      edited(formula);
    }
  }

  private boolean transposed(Expr claimed) {
    Expr turned = program.expressions().apply(Primitive.TRANSPOSE, claimed);
    if (claimed.shape().isScalarMatrix() || !points.isRight(turned)) {
      return false;
    }
    corrected = factorText() + "'";
    boolean matrix = derived.kind() == Kind.JACOBIAN || derived.kind() == Kind.HESSIAN;
    findings.add(
        matrix
            ? "it is right in denominator layout; gradsmith's has a row for each entry of the value"
            : "it is the transpose of the gradient, as in numerator layout; a gradient has the"
                + " shape of its variable");
    return true;
  }

  private String factorText() {
    return text.matches("[\\p{L}\\p{N}_]+") ? text : "(" + text + ")";
  }

  private boolean factor(Ast formula, Expr claimed) {
    if (!claimed.shape().equals(right.shape())) {
      return false;
    }
    List<Coefficient> found = coefficients(List.of(claimed), right);
    if (found == null || found.getFirst().zero()) {
      return false;
    }
    Coefficient coefficient = found.getFirst();
    findings.add(
        coefficient.sign()
            ? "the sign is wrong"
            : "a factor of " + coefficient.text() + " is missing");
    corrected = times(coefficient, formula, text);
    return true;
  }

  private static String times(Coefficient coefficient, Ast formula, String words) {
    String brackets = formula instanceof Ast.Sum ? "(" + words + ")" : words;
    if (coefficient.sign()) {
      return brackets.startsWith("-") ? brackets.substring(1) : "-" + brackets;
    }
    return coefficient.text().startsWith("1/")
        ? brackets + " / " + coefficient.text().substring(2)
        : coefficient.text() + " " + brackets;
  }

  /** Each term of a sum may have a factor of its own. */
  private boolean terms(Ast formula) {
    if (!(formula instanceof Ast.Sum sum) || sum.terms().size() > MOST_TERMS) {
      return false;
    }
    List<Expr> values = new ArrayList<>();
    for (Ast.Term term : sum.terms()) {
      Expr value = read(term.operand().span().text());
      if (value == null || !value.shape().equals(right.shape())) {
        return false;
      }
      values.add(term.negative() ? negative(value) : value);
    }
    List<Coefficient> found = coefficients(values, right);
    if (found == null || found.stream().allMatch(Coefficient::zero)) {
      return false;
    }
    StringBuilder whole = new StringBuilder();
    for (int i = 0; i < found.size(); i++) {
      Coefficient coefficient = found.get(i);
      Ast.Term term = sum.terms().get(i);
      String words = term.operand().span().text();
      if (coefficient.zero()) {
        findings.add("the term " + words + " should not be there");
        continue;
      }
      if (coefficient.sign()) {
        findings.add("the sign of " + words + " is wrong");
      } else if (!coefficient.one()) {
        findings.add("the term " + words + " lacks a factor of " + coefficient.text());
      }
      boolean negative = term.negative() != coefficient.sign();
      String factored =
          coefficient.one() || coefficient.sign()
              ? words
              : times(coefficient, term.operand(), words);
      whole.append(whole.isEmpty() ? (negative ? "-" : "") : negative ? " - " : " + ");
      whole.append(factored);
    }
    corrected = whole.toString();
    return true;
  }

  private Expr negative(Expr value) {
    return program.expressions().apply(new Operator.Scale(Rational.MINUS_ONE), value);
  }

  /** Terms of the right sum that are not in the formula. */
  private boolean missing(Expr claimed) {
    List<Expr> summands = Summands.of(derived.formula(), program.expressions());
    if (!claimed.shape().equals(right.shape())
        || summands.size() < 2
        || summands.size() > MOST_TERMS) {
      return false;
    }
    List<Expr> terms = new ArrayList<>();
    for (Expr term : summands) {
      Expr value = scope.inlined(term);
      if (!value.shape().equals(right.shape())) {
        return false;
      }
      terms.add(value);
    }
    Expr rest = program.expressions().apply(Primitive.SUM, List.of(right, negative(claimed)));
    List<Coefficient> found = coefficients(terms, rest);
    if (found == null
        || !found.stream().allMatch(coefficient -> coefficient.zero() || coefficient.one())
        || found.stream().allMatch(Coefficient::one)) {
      return false;
    }
    StringBuilder whole = new StringBuilder(text);
    for (int i = 0; i < found.size(); i++) {
      if (found.get(i).one()) {
        String term = FormulaPrinter.ascii().print(summands.get(i));
        findings.add("the term " + term + " is missing");
        whole.append(term.startsWith("-") ? " - " + term.substring(1) : " + " + term);
      }
    }
    corrected = whole.toString();
    return true;
  }

  /**
   * Returns the simple factors with which {@code terms} sum to {@code sum} at every point, or null.
   */
  private @Nullable List<Coefficient> coefficients(List<Expr> terms, Expr sum) {
    int count = points.count();
    List<double[]> solved = new ArrayList<>();
    for (int point = 0; point < count; point++) {
      List<double[]> columns = new ArrayList<>();
      for (Expr term : terms) {
        columns.add(points.entries(term, point));
      }
      double[] target = points.entries(sum, point);
      double[] solution =
          target == null || columns.contains(null) ? null : LeastSquares.solve(columns, target);
      if (solution != null) {
        solved.add(solution);
      } else {
        return null;
      }
    }
    Map<String, double[]> quantities = quantities();
    List<Coefficient> found = new ArrayList<>();
    for (int i = 0; i < terms.size(); i++) {
      double[] values = new double[count];
      for (int point = 0; point < count; point++) {
        values[point] = solved.get(point)[i];
      }
      Coefficient coefficient = Coefficient.of(values, quantities);
      if (coefficient == null) {
        return null;
      }
      found.add(coefficient);
    }
    return found;
  }

  /** What a factor may depend on: lengths, products of two of them, and numbers of the program. */
  private Map<String, double[]> quantities() {
    Map<String, double[]> quantities = new LinkedHashMap<>();
    List<String> names = program.dimensions();
    if (names.size() + program.parameters().size() > MOST_NAMES) {
      return quantities;
    }
    for (String name : names) {
      quantities.put(name, lengths(name));
    }
    for (String name : names) {
      for (String other : names) {
        if (name.compareTo(other) < 0) {
          double[] product = lengths(name);
          double[] factor = lengths(other);
          Arrays.setAll(product, i -> product[i] * factor[i]);
          quantities.put(name + " " + other, product);
        }
      }
    }
    for (Variable parameter : program.parameters()) {
      if (parameter.shape().isScalar()) {
        double[] values = new double[points.count()];
        for (int i = 0; i < values.length; i++) {
          double[] entries = points.entries(parameter, i);
          values[i] = entries == null ? Double.NaN : entries[0];
        }
        quantities.put(parameter.name(), values);
        quantities.put(
            "sqrt(" + parameter.name() + ")", Arrays.stream(values).map(Math::sqrt).toArray());
      }
    }
    return quantities;
  }

  private double[] lengths(String dimension) {
    double[] lengths = new double[points.count()];
    for (int i = 0; i < lengths.length; i++) {
      Sizes sizes = points.sizes(i);
      lengths[i] = sizes.length(Dimension.of(dimension));
    }
    return lengths;
  }

  /** A formula may be right for some inputs only. */
  private boolean property(Expr claimed) {
    if (program.parameters().size() > MOST_NAMES) {
      return false;
    }
    for (Property property :
        List.of(Property.SYMMETRIC, Property.STOCHASTIC, Property.ORTHOGONAL)) {
      for (Variable parameter : program.parameters()) {
        boolean square = parameter.shape().rows().equals(parameter.shape().columns());
        if (parameter.shape().isScalar()
            || parameter.has(property)
            || (property != Property.STOCHASTIC && !square)) {
          continue;
        }
        Points special =
            Points.with(right, derived.by(), program, functions, Map.of(parameter, property));
        if (special.isRight(claimed)) {
          findings.add(
              "it is right only if "
                  + (property == Property.STOCHASTIC
                      ? "each row of " + parameter.name() + " sums to 1"
                      : parameter.name() + " is " + property.name().toLowerCase(Locale.ROOT))
                  + ", which would have to be declared");
          return true;
        }
      }
    }
    return false;
  }

  /** What holds for probabilities is often claimed of a loss that takes logits. */
  private boolean otherLoss(Expr claimed) {
    Program other = ProbabilityLoss.of(program, functions);
    if (other == null) {
      return false;
    }
    Derivation derivation =
        new Differentiator(functions, identities).derive(other, requestOf(derived));
    Scope names = new Scope(other, functions.library());
    names.bindAll(derivation);
    for (Derivative derivative : derivation.backprop()) {
      if (derivative.kind() == derived.kind()
          && derivative.by().equals(derived.by())
          && Points.of(names.inlined(derivative.formula()), derived.by(), other, functions)
              .isRight(claimed)) {
        findings.add(
            "it is right for the loss NLL, which takes probabilities; CE takes logits, and has the"
                + " softmax in it");
        return true;
      }
    }
    return false;
  }

  private static Request requestOf(Derivative derivative) {
    return switch (derivative.kind()) {
      case JACOBIAN -> new Request(List.of(), derivative.by(), List.of(), List.of());
      case HESSIAN ->
          new Request(
              List.of(),
              List.of(),
              List.of(new Request.Block(derivative.by().getFirst(), derivative.by().getLast())),
              List.of());
      case GRADIENT, RESTRICTED, DIFFERENTIAL, HVP -> Request.gradients(derivative.by());
    };
  }

  /** Tries one change of the formula, then two. */
  private void edited(Ast formula) {
    List<Edit> edits = Edits.of(formula, this::derivative);
    int trials = 0;
    for (Edit edit : edits) {
      if (trials++ < MOST_TRIALS && tried(List.of(edit))) {
        return;
      }
    }
    for (int i = 0; i < edits.size(); i++) {
      for (Edit second : edits.subList(i + 1, edits.size())) {
        Edit first = edits.get(i);
        if (!first.overlaps(second) && trials++ < MOST_TRIALS && tried(List.of(first, second))) {
          return;
        }
      }
    }
  }

  /** Returns the derivative of an elementwise function, in its argument {@code A}; null if none. */
  private @Nullable String derivative(String function) {
    Library.Entry entry = functions.library().entry(function, 1);
    if (entry == null
        || entry.symbol() == null
        || entry.differential() == null
        || entry.symbol().signature().kind() != Signature.Kind.ELEMENTWISE) {
      return null;
    }
    String differential = entry.differential().value().span().text();
    String tangent = " .* d" + entry.parameters().getFirst();
    return differential.endsWith(tangent)
        ? differential.substring(0, differential.length() - tangent.length())
        : null;
  }

  private boolean tried(List<Edit> edits) {
    String changed = text;
    List<Edit> fromRight = new ArrayList<>(edits);
    fromRight.sort((a, b) -> b.start() - a.start());
    for (Edit edit : fromRight) {
      changed = edit.apply(changed);
    }
    Expr value = read(changed);
    if (value == null || !points.isRight(value)) {
      return false;
    }
    corrected = changed;
    findings.add(
        "it is right with "
            + String.join(", and ", edits.stream().map(Edit::description).toList()));
    return true;
  }

  private @Nullable Expr read(String formula) {
    Diagnostics ignored = new Diagnostics();
    Ast ast = scope.parse(new Source("", formula), ignored);
    return ast == null || ignored.hasErrors() ? null : scope.elaborate(ast, ignored);
  }
}
