package gradsmith.language;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The names in places for a length: {@code n} in {@code I(n)}, {@code d} and {@code k} in {@code
 * unvec(w, d, k)}.
 */
final class LengthPlaces {

  private final Set<String> ownFunctions;
  private final Map<Ast.Name, Ast.Call> names = new LinkedHashMap<>();

  private LengthPlaces(Set<String> ownFunctions) {
    this.ownFunctions = ownFunctions;
  }

  /**
   * Returns the names in places for a length of {@code statements}, with the calls that they are
   * in; the functions {@code ownFunctions} are the program's, and have no such places. A parameter
   * is none of them.
   */
  static Map<Ast.Name, Ast.Call> of(List<Statement> statements, Set<String> ownFunctions) {
    LengthPlaces places = new LengthPlaces(ownFunctions);
    for (Statement statement : statements) {
      switch (statement) {
        case Statement.Assignment assignment -> places.find(assignment.value());
        case Statement.Result result -> places.find(result.value());
        case Statement.Definition definition -> places.findInBody(definition);
        case Statement.Declaration declaration -> {}
        case Statement.Differential differential -> {}
        case Statement.Domain domain -> {}
        case Statement.Identity identity -> {}
      }
    }
    return places.names;
  }

  private void findInBody(Statement.Definition definition) {
    List<String> parameters = new ArrayList<>();
    definition.parameters().forEach(parameter -> parameters.add(parameter.name()));
    LengthPlaces own = new LengthPlaces(ownFunctions);
    own.find(definition.body());
    own.names.forEach((name, call) -> {
      if (!parameters.contains(name.name())) {
        names.put(name, call);
      }
    });
  }

  private void find(Ast ast) {
    switch (ast) {
      case Ast.Numeral numeral -> {}
      case Ast.Name name -> {}
      case Ast.Negation negation -> find(negation.operand());
      case Ast.Transposition transposition -> find(transposition.operand());
      case Ast.Power power -> {
        find(power.base());
        find(power.exponent());
      }
      case Ast.Sum sum -> sum.terms().forEach(term -> find(term.operand()));
      case Ast.Product product -> product.factors().forEach(factor -> find(factor.operand()));
      case Ast.Comparison comparison -> {
        find(comparison.left());
        find(comparison.right());
      }
      case Ast.Call call -> {
        call.arguments().forEach(this::find);
        lengths(call).forEach(argument -> add(argument, call));
      }
    }
  }

  /** Returns the arguments of {@code call} that are lengths. */
  private List<Ast> lengths(Ast.Call call) {
    Builtin builtin = ownFunctions.contains(call.name()) ? null : Builtin.named(call.name());
    int values =
        builtin == null
            ? call.arguments().size()
            : switch (builtin.takes()) {
              case LENGTHS -> 0;
              case VALUES_THEN_SHAPE -> builtin.valueCount();
              case VALUES, VALUE_THEN_AXIS -> call.arguments().size();
            };
    return call.arguments()
        .subList(Math.min(values, call.arguments().size()), call.arguments().size());
  }

  /** Adds the names that {@code length} is put together from. */
  private void add(Ast length, Ast.Call call) {
    switch (length) {
      case Ast.Name name -> names.put(name, call);
      case Ast.Negation negation -> add(negation.operand(), call);
      case Ast.Power power -> add(power.base(), call);
      case Ast.Sum sum -> sum.terms().forEach(term -> add(term.operand(), call));
      case Ast.Product product -> product.factors().forEach(factor -> add(factor.operand(), call));
      case Ast.Numeral numeral -> {}
      case Ast.Transposition transposition -> {}
      case Ast.Comparison comparison -> {}
      case Ast.Call other -> {}
    }
  }
}
