package gradsmith.verify;

import gradsmith.derive.Derivation;
import gradsmith.expr.Apply;
import gradsmith.expr.Binding;
import gradsmith.expr.Expr;
import gradsmith.expr.Expressions;
import gradsmith.expr.Graph;
import gradsmith.expr.Operator;
import gradsmith.expr.Variable;
import gradsmith.expr.Vectors;
import gradsmith.language.Ast;
import gradsmith.language.Elaborator;
import gradsmith.language.Library;
import gradsmith.language.Program;
import gradsmith.language.ProgramParser;
import gradsmith.rules.Instantiation;
import gradsmith.shape.Shape;
import gradsmith.source.Diagnostics;
import gradsmith.source.Source;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names that a formula by hand may use, and what they stand for in the program's inputs. */
final class Scope {

  private final Expressions expressions;
  private final Library library;
  private final Map<String, Variable> known = new LinkedHashMap<>();
  private final Set<Variable> bound = new HashSet<>();
  private final Instantiation values;
  private final List<String> dimensions;
  private final Set<String> unknownFunctions = new HashSet<>();

  /** Knows the names of {@code program}. */
  Scope(Program program, Library library) {
    this.library = library;
    expressions = program.expressions();
    dimensions = program.dimensions();
    values = Instantiation.plain(expressions);
    for (Variable parameter : program.parameters()) {
      known.put(parameter.name(), parameter);
    }
    program
        .bindings()
        .forEach(binding -> {
          known.put(binding.variable().name(), binding.variable());
          bind(binding);
          for (Expr node : Graph.postOrder(binding.value())) {
            if (node instanceof Apply apply
                && apply.operator() instanceof Operator.Unknown unknown) {
              unknownFunctions.add(unknown.name());
            }
          }
        });
  }

  /** Lets {@code name} stand for {@code value}, of as many axes as {@code rank}. */
  Variable define(String name, Expr value, int rank) {
    String own = name;
    Variable variable = expressions.variable(own);
    while (variable != null && !isFree(variable, value.shape(), rank)) {
      own += "_";
      variable = expressions.variable(own);
    }
    if (variable == null) {
      variable = expressions.variable(own, value.shape(), rank, Set.of());
    }
    known.put(name, variable);
    bound.add(variable);
    values.bind(variable, value);
    return variable;
  }

  /** Tells whether {@code variable}, of another scope of the session, will do here. */
  private boolean isFree(Variable variable, Shape shape, int rank) {
    return !known.containsValue(variable)
        && !bound.contains(variable)
        && variable.shape().equals(shape)
        && variable.rank() == rank
        && variable.properties().isEmpty();
  }

  /** Lets {@code name} stand for {@code value}. */
  Variable define(String name, Expr value) {
    Shape shape = value.shape();
    int rank = shape.isScalar() ? 0 : Vectors.isVector(value) ? 1 : shape.axes().size();
    return define(name, value, rank);
  }

  /** Lets {@code name} stand for {@code variable}, which is an input. */
  void define(String name, Variable variable) {
    known.put(name, variable);
  }

  /** Gives a variable of the session, which no formula has used before, its value. */
  void bind(Binding binding) {
    if (bound.add(binding.variable())) {
      values.bind(binding.variable(), inlined(binding.value()));
    }
  }

  /** Gives the names of {@code derivation} their values. */
  void bindAll(Derivation derivation) {
    derivation.forward().forEach(this::bind);
    derivation.backward().forEach(this::bind);
  }

  /** Tells whether {@code name} is that of a value. */
  boolean knows(String name) {
    return known.containsKey(name);
  }

  /** Tells whether {@code name} means something: a value, a length or a constant. */
  boolean means(String name) {
    return Elaborator.knows(known, dimensions, name);
  }

  /** Tells whether every name in {@code formula} means something. */
  boolean knowsAll(Ast formula) {
    for (Ast part : Edits.parts(formula)) {
      if (part instanceof Ast.Name name && !means(name.name())
          || part instanceof Ast.Call call && !functions().contains(call.name())) {
        return false;
      }
    }
    return true;
  }

  /** Tells whether {@code name} is a function without a body, or a derivative of one. */
  boolean isUnknownFunction(String name) {
    return unknownFunctions.contains(name.replace("'", ""));
  }

  /** Returns {@code formula} in terms of the program's inputs. */
  Expr inlined(Expr formula) {
    return values.build(formula);
  }

  /** Parses {@code text}, or reports why it is no formula. */
  @Nullable Ast parse(Source text, Diagnostics diagnostics) {
    List<String> names = new ArrayList<>(known.keySet());
    names.addAll(unknownFunctions);
    return ProgramParser.parseFormula(text.whole(), functions(), names, diagnostics);
  }

  private Set<String> functions() {
    Set<String> functions = new HashSet<>(library.names());
    functions.addAll(unknownFunctions);
    return functions;
  }

  /**
   * Returns what {@code formula} means, in the program's inputs; null if it does not fit.
   *
   * @param wanted the shape that it takes where its constants leave a choice, or null
   */
  @Nullable Expr elaborate(Ast formula, @Nullable Shape wanted, Diagnostics diagnostics) {
    Expr made =
        Elaborator.formula(
            expressions,
            library,
            known,
            dimensions,
            unknownFunctions,
            formula,
            wanted,
            diagnostics);
    return made == null ? null : inlined(made);
  }
}
