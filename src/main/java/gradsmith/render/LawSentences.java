package gradsmith.render;

import gradsmith.derive.Citation;
import gradsmith.derive.Step;
import gradsmith.expr.Expr;
import gradsmith.rules.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Says which law a step is an instance of. */
final class LawSentences {

  private final UnaryOperator<String> words;
  private final Function<Expr, String> formulas;
  private final UnaryOperator<String> names;
  private final BiFunction<String, String, String> equation;

  private LawSentences(
      UnaryOperator<String> words,
      UnaryOperator<String> names,
      Function<Expr, String> formulas,
      BiFunction<String, String, String> equation) {
    this.words = words;
    this.names = names;
    this.formulas = formulas;
    this.equation = equation;
  }

  /** Writes plain text. */
  static LawSentences text(FormulaPrinter printer) {
    return new LawSentences(
        word -> word, name -> name, printer::print, (left, right) -> left + " = " + right);
  }

  /** Writes LaTeX. */
  static LawSentences latex(Typesetter typesetter) {
    return new LawSentences(
        Latex::escaped,
        typesetter::name,
        typesetter::set,
        (left, right) -> "\\(" + left + " = " + right + "\\)");
  }

  /** Writes HTML with MathML. */
  static LawSentences html(Typesetter typesetter) {
    return new LawSentences(
        MathMl::escaped,
        typesetter::name,
        typesetter::set,
        (left, right) -> "<math>" + left + "<mo>=</mo>" + right + "</math>");
  }

  /** Returns what {@code step} is an instance of: {@code by matrix-product}. */
  String rule(Step step) {
    return "by " + words.apply(step.rule());
  }

  /** Returns what a law is about: {@code Y = A B gives}. */
  String given(Citation citation) {
    return equation.apply(
            names.apply(citation.law().value().name()), formulas.apply(citation.law().operation()))
        + " gives";
  }

  /** Returns what it gives: {@code dA = dY Bᵀ}, {@code dB = Aᵀ dY}. */
  List<String> parts(Citation citation) {
    List<String> parts = new ArrayList<>();
    for (Citation.Part part : citation.parts()) {
      parts.add(equation.apply(names.apply(part.name()), formulas.apply(part.formula())));
    }
    return parts;
  }

  /** Returns all of that in one sentence, without its end. */
  String sentence(Step step) {
    Citation citation = step.citation();
    return citation == null
        ? rule(step)
        : rule(step) + ": " + given(citation) + " " + String.join(", ", parts(citation));
  }

  /** Says which identity was used. */
  String of(Step.Simplification use) {
    Identity identity = use.identity();
    return "with "
        + equation.apply(formulas.apply(identity.left()), formulas.apply(identity.right()))
        + words.apply(SheetText.conditions(identity) + " (" + identity.name() + ")");
  }
}
