package gradsmith.derive;

import gradsmith.algebra.Algebra;
import gradsmith.expr.Apply;
import gradsmith.expr.Binding;
import gradsmith.expr.Expr;
import gradsmith.expr.Operator.Primitive;
import gradsmith.expr.Variable;
import gradsmith.rules.Instantiation;
import java.util.List;

/**
 * Puts the user's names where what they stand for has come up again: the rule of softmax says
 * softmax(Z), and the program has named that P. What belongs together meets under one name, so that
 * P cancels in P .* (Y ./ P).
 */
final class Recognition {

  private final Instantiation names;

  /** Recognizes the values of {@code assignments}. */
  Recognition(List<Binding> assignments, Algebra algebra) {
    names = Instantiation.ofNormalForms(algebra);
    for (Binding binding : assignments) {
      boolean turned =
          binding.value() instanceof Apply apply && apply.operator() == Primitive.TRANSPOSE;
      Expr value = turned ? algebra.transpose(binding.value()) : binding.value();
      if (value instanceof Apply && !Inlining.isWrapper(value)) {
        Variable name = binding.variable();
        names.replace(value, turned ? algebra.transpose(name) : name);
      }
    }
  }

  /** Returns {@code value}, a normal form, with names for what has one. */
  Expr named(Expr value) {
    return names.build(value);
  }
}
