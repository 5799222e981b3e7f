package gradsmith.language;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The names that stand in expressions.
 *
 * @param alone those that are not called, each where it stands first
 * @param called the functions that are called
 */
record MentionedNames(Map<String, Ast.Name> alone, Set<String> called) {

  static MentionedNames of(Collection<? extends Statement> statements) {
    MentionedNames names = new MentionedNames(new LinkedHashMap<>(), new HashSet<>());
    for (Statement statement : statements) {
      switch (statement) {
        case Statement.Assignment assignment -> names.collect(assignment.value());
        case Statement.Definition definition -> names.collect(definition.body());
        case Statement.Result result -> names.collect(result.value());
        case Statement.Declaration declaration -> {}
        case Statement.Differential differential -> {}
        case Statement.Domain domain -> {}
        case Statement.Identity identity -> {}
      }
    }
    return names;
  }

  /** Tells whether {@code name} stands anywhere. */
  boolean contains(String name) {
    return alone.containsKey(name) || called.contains(name);
  }

  private void collect(Ast ast) {
    switch (ast) {
      case Ast.Numeral numeral -> {}
      case Ast.Name name -> alone.putIfAbsent(name.name(), name);
      case Ast.Negation negation -> collect(negation.operand());
      case Ast.Transposition transposition -> collect(transposition.operand());
      case Ast.Power power -> {
        collect(power.base());
        collect(power.exponent());
      }
      case Ast.Comparison comparison -> {
        collect(comparison.left());
        collect(comparison.right());
      }
      case Ast.Sum sum -> sum.terms().forEach(term -> collect(term.operand()));
      case Ast.Product product -> product.factors().forEach(factor -> collect(factor.operand()));
      case Ast.Call call -> {
        called.add(call.name());
        call.arguments().forEach(this::collect);
      }
    }
  }
}
