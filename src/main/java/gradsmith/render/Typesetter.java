package gradsmith.render;

import gradsmith.derive.Derivative;
import gradsmith.expr.Expr;
import gradsmith.expr.Property;
import gradsmith.expr.Rational;
import gradsmith.expr.Variable;
import gradsmith.shape.Polynomial;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sets formulas as a book does, in any {@link Markup}. */
final class Typesetter {

  // How tightly a formula binds; an operand in a tighter place gets brackets.
  private static final int COMPARISON = 0;
  private static final int SUM = 1;
  private static final int PRODUCT = 2;
  private static final int FACTOR = 3;
  private static final int POSTFIX = 4;
  private static final int ATOM = 5;

  private static final Pattern INDEXED =
      Pattern.compile(
          "(?<base>\\p{L}+?)_?(?<digits>\\d+)|(?<stem>\\p{L}+)_(?<word>\\w+)"
              + "|(?<capital>\\p{Lu})(?<small>\\p{Ll}{1,3})");
  private static final Pattern DERIVED = Pattern.compile("([dδ])(\\p{Lu}\\w*|\\p{L}\\d*)");

  private final Markup markup;
  private final Set<String> names = new HashSet<>();

  /**
   * Sets formulas in {@code markup}.
   *
   * @param given the variables of the program: {@code dk} may be one of them, and no cotangent
   */
  Typesetter(Markup markup, List<Variable> given) {
    this.markup = markup;
    given.forEach(variable -> names.add(variable.name()));
  }

  String set(Expr expression) {
    return set(Presentation.of(expression));
  }

  String set(Formula formula) {
    return set(formula, COMPARISON);
  }

  private String set(Formula formula, int place) {
    String text = inner(formula);
    return level(formula) < place ? markup.fence("(", text, ")") : text;
  }

  /** Sets a name: digits become an index, and the d of a cotangent stands upright. */
  String name(String name) {
    return markup.symbol(name, letters(name));
  }

  private String letters(String name) {
    Matcher derived = DERIVED.matcher(name);
    if (derived.matches() && !names.contains(name)) {
      String sign = derived.group(1);
      return markup.row(
          List.of(
              sign.equals("d") ? upright(sign) : markup.identifier(sign),
              letters(derived.group(2))));
    }
    Matcher indexed = INDEXED.matcher(name);
    if (indexed.matches()) {
      String digits = indexed.group("digits");
      if (digits != null) {
        return markup.subscript(letters(indexed.group("base")), markup.number(digits));
      }
      boolean words = indexed.group("stem") != null;
      return markup.subscript(
          letters(indexed.group(words ? "stem" : "capital")),
          letters(indexed.group(words ? "word" : "small")));
    }
    return markup.identifier(name);
  }

  private String upright(String letter) {
    return markup instanceof Latex ? "\\mathrm{" + letter + "}" : markup.word(letter);
  }

  /** Sets what {@code derivative} is called, as a fraction. */
  String name(Derivative derivative) {
    Variable value = derivative.of();
    String d = markup.prefix("∂");
    String of = name(value.name());
    String by = name(derivative.by().getFirst().name());
    String last = name(derivative.by().getLast().name());
    boolean matrices = value.rank() > 1 || derivative.by().stream().anyMatch(v -> v.rank() > 1);
    String top = markup.prefix("⊤");
    String two = markup.number("2");
    return switch (derivative.kind()) {
      case GRADIENT -> markup.fraction(markup.row(List.of(d, of)), markup.row(List.of(d, by)));
      case RESTRICTED -> {
        Property structure =
            derivative.variable().has(Property.DIAGONAL) ? Property.DIAGONAL : Property.SYMMETRIC;
        yield markup.subscript(
            markup.fence(
                "(", markup.fraction(markup.row(List.of(d, of)), markup.row(List.of(d, by))), ")"),
            markup.word(structure.word()));
      }
      case DIFFERENTIAL -> name("δ" + value.name());
      case JACOBIAN ->
          matrices
              ? markup.fraction(
                  markup.row(List.of(d, vec(of, value))),
                  markup.superscript(markup.row(List.of(d, vec(by, derivative.variable()))), top))
              : markup.fraction(markup.row(List.of(d, of)), markup.row(List.of(d, by)));
      case HESSIAN ->
          markup.fraction(
              markup.row(List.of(markup.superscript(d, two), of)),
              markup.row(
                  List.of(
                      d,
                      vec(by, derivative.by().getFirst()),
                      markup.row(
                          List.of(
                              d, markup.superscript(vec(last, derivative.by().getLast()), top))))));
      case HVP ->
          markup.product(
              List.of(
                  markup.fraction(
                      markup.row(List.of(markup.superscript(d, two), of)),
                      markup.row(List.of(d, markup.superscript(by, two)))),
                  name(String.valueOf(derivative.direction()))));
    };
  }

  private String vec(String name, Variable variable) {
    return variable.rank() > 1 ? markup.call(markup.word("vec"), name) : name;
  }

  /** Sets lengths: n × d. */
  String shape(List<Polynomial> axes) {
    List<String> parts = new ArrayList<>();
    for (Polynomial axis : axes) {
      if (!parts.isEmpty()) {
        parts.add(markup.operator("×"));
      }
      parts.add(set(Presentation.dimension(axis), axes.size() == 1 ? COMPARISON : PRODUCT));
    }
    return markup.row(parts);
  }

  private static int level(Formula formula) {
    return switch (formula) {
      case Formula.Name name -> ATOM;
      case Formula.Numeral number -> ATOM;
      case Formula.Call call -> call.name().equals("inv") ? POSTFIX : ATOM;
      case Formula.Reduction reduction -> ATOM;
      case Formula.Norm bars -> ATOM;
      case Formula.Sum sum -> SUM;
      case Formula.Negative negative -> SUM;
      case Formula.Product product -> PRODUCT;
      case Formula.Hadamard product -> PRODUCT;
      case Formula.Quotient division -> ATOM;
      case Formula.Power power -> POSTFIX;
      case Formula.Transpose transposed -> POSTFIX;
      case Formula.Kronecker product -> PRODUCT;
      case Formula.Comparison comparison -> COMPARISON;
    };
  }

  private String inner(Formula formula) {
    return switch (formula) {
      case Formula.Name name -> name(name.name());
      case Formula.Numeral number -> number(number.value());
      case Formula.Call call -> call(call);
      case Formula.Reduction reduction ->
          markup.call(markup.word(reduction.name()), set(reduction.argument()));
      case Formula.Norm bars -> markup.fence("‖", set(bars.argument()), "‖");
      case Formula.Sum sum -> sum(sum);
      case Formula.Negative negative ->
          markup.row(List.of(markup.prefix("−"), set(negative.operand(), PRODUCT)));
      case Formula.Product product -> markup.product(all(product.factors(), FACTOR));
      case Formula.Hadamard product -> hadamard(product);
      case Formula.Quotient division ->
          markup.fraction(set(division.dividend()), set(division.divisor()));
      case Formula.Power power -> {
        String exponent = set(power.exponent());
        yield markup.superscript(
            set(power.base(), ATOM),
            power.elementwise() ? markup.row(List.of(markup.prefix("⊙"), exponent)) : exponent);
      }
      case Formula.Transpose transposed -> transpose(transposed.operand());
      case Formula.Kronecker product ->
          markup.row(
              List.of(
                  set(product.left(), FACTOR), markup.operator("⊗"), set(product.right(), FACTOR)));
      case Formula.Comparison comparison ->
          markup.row(
              List.of(
                  set(comparison.left(), SUM),
                  markup.operator(
                      switch (comparison.operator()) {
                        case ">=" -> "≥";
                        case "<=" -> "≤";
                        case "==" -> "=";
                        default -> comparison.operator();
                      }),
                  set(comparison.right(), SUM)));
    };
  }

  private String transpose(Formula operand) {
    String top = markup.prefix("⊤");
    if (operand instanceof Formula.Call call && call.name().equals("inv")) {
      return markup.superscript(
          set(call.arguments().getFirst(), ATOM), markup.row(List.of(markup.prefix("−"), top)));
    }
    return markup.superscript(set(operand, ATOM), top);
  }

  private String number(Rational value) {
    String plain = FormulaPrinter.ascii().print(new Formula.Numeral(value));
    return plain.indexOf('/') < 0
        ? markup.number(plain)
        : markup.fraction(
            markup.number(value.numerator().toString()),
            markup.number(value.denominator().toString()));
  }

  private String call(Formula.Call call) {
    List<Formula> arguments = call.arguments();
    if (arguments.size() == 1 && call.order() == 0) {
      switch (call.name()) {
        case "inv" -> {
          return markup.superscript(
              set(arguments.getFirst(), ATOM),
              markup.row(List.of(markup.prefix("−"), markup.number("1"))));
        }
        case "sqrt" -> {
          return markup.root(set(arguments.getFirst()));
        }
        case "abs" -> {
          return markup.fence("|", set(arguments.getFirst()), "|");
        }
        case "I" -> {
          return markup.subscript(markup.identifier("I"), set(arguments.getFirst()));
        }
        default -> {
          // written as a call
        }
      }
    }
    if (call.name().equals("ones")) {
      List<String> lengths = new ArrayList<>();
      for (Formula length : arguments) {
        lengths.add(set(length, FACTOR));
      }
      return markup.subscript(markup.number("1"), String.join(markup.operator("×"), lengths));
    }
    String name = call.name();
    String function = name.length() == 1 ? markup.identifier(name) : markup.word(name);
    if (call.order() > 0) {
      function = markup.superscript(function, markup.prefix("′".repeat(call.order())));
    }
    return markup.call(function, markup.list(all(arguments, COMPARISON)));
  }

  private List<String> all(List<Formula> formulas, int place) {
    List<String> texts = new ArrayList<>();
    for (Formula formula : formulas) {
      texts.add(set(formula, place));
    }
    return texts;
  }

  private String sum(Formula.Sum sum) {
    List<String> parts = new ArrayList<>();
    for (Formula.Term term : sum.terms()) {
      if (!parts.isEmpty()) {
        parts.add(markup.operator(term.negative() ? "−" : "+"));
      } else if (term.negative()) {
        parts.add(markup.prefix("−"));
      }
      parts.add(set(term.formula(), PRODUCT));
    }
    return markup.row(parts);
  }

  private String hadamard(Formula.Hadamard product) {
    List<String> parts = new ArrayList<>();
    if (product.factors().isEmpty()) {
      parts.add(markup.number("1"));
    }
    for (Formula factor : product.factors()) {
      if (!parts.isEmpty()) {
        parts.add(markup.operator("⊙"));
      }
      boolean scaled =
          factor instanceof Formula.Product scaling
              && scaling.factors().getFirst() instanceof Formula.Numeral;
      parts.add(set(factor, parts.isEmpty() && scaled ? PRODUCT : FACTOR));
    }
    for (Formula divisor : product.divisors()) {
      parts.add(markup.operator("⊘"));
      parts.add(set(divisor, FACTOR));
    }
    return markup.row(parts);
  }
}
