package gradsmith.render;

import gradsmith.derive.Derivative;
import gradsmith.derive.Derivative.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * A derivative as it is written down.
 *
 * @param derivative what it is called
 * @param formula what it is
 */
record Answer(Derivative derivative, Formula formula) {

  /** Returns {@code derivatives}, the differentials among them added up before the others. */
  static List<Answer> of(List<Derivative> derivatives) {
    List<Derivative> differentials = new ArrayList<>(derivatives);
    differentials.removeIf(derivative -> derivative.kind() != Kind.DIFFERENTIAL);
    List<Answer> answers = new ArrayList<>();
    if (!differentials.isEmpty()) {
      answers.add(new Answer(differentials.getFirst(), total(differentials)));
    }
    for (Derivative derivative : derivatives) {
      if (derivative.kind() != Kind.DIFFERENTIAL) {
        answers.add(new Answer(derivative, Presentation.of(derivative.formula())));
      }
    }
    return answers;
  }

  /** The total differential is the sum over the variables. */
  private static Formula total(List<Derivative> differentials) {
    List<Formula.Term> terms = new ArrayList<>();
    for (Derivative differential : differentials) {
      switch (Presentation.of(differential.formula())) {
        case Formula.Sum sum -> terms.addAll(sum.terms());
        case Formula.Negative negative -> terms.add(new Formula.Term(true, negative.operand()));
        case Formula formula -> terms.add(new Formula.Term(false, formula));
      }
    }
    return terms.size() == 1 && !terms.getFirst().negative()
        ? terms.getFirst().formula()
        : new Formula.Sum(terms);
  }
}
