package gradsmith.language;

import gradsmith.expr.Expr;
import gradsmith.expr.Expressions;
import gradsmith.expr.Variable;
import gradsmith.shape.Length;
import gradsmith.shape.Polynomial;
import gradsmith.shape.Shape;
import gradsmith.source.Diagnostic;
import gradsmith.source.Diagnostics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns syntax into expressions: infers every shape and makes everything implicit explicit. */
public final class Elaborator {

  private static final int ALTERNATIVES = 12;

  private Elaborator() {}

  /** Elaborates a program; returns null if there are errors, which go to {@code diagnostics}. */
  public static @Nullable Program elaborate(
      Statement.Listing listing, Library library, Diagnostics diagnostics) {
    return elaborate(listing, library, Wanted.LAST, diagnostics);
  }

  /** Elaborates as much of a program as {@code wanted} needs. */
  public static @Nullable Program elaborate(
      Statement.Listing listing, Library library, Wanted wanted, Diagnostics diagnostics) {
    ValueStatement value = ValueStatement.of(listing.statements(), library.names(), diagnostics);
    List<Statement> statements = value.statements();
    Declarations declarations = Declarations.read(statements, library, diagnostics);
    Readings readings =
        Readings.ofProgram(library, declarations.definitions(), declarations.ranks(), statements);
    UnknownParameters.add(statements, diagnostics);
    Diagnostics first = new Diagnostics();
    ProgramElaboration attempt =
        attempt(statements, library, declarations, readings, wanted, first);
    if (first.hasErrors() && readings.size() <= ALTERNATIVES) {
      for (Readings other : readings.others()) {
        Diagnostics trial = new Diagnostics();
        ProgramElaboration fitting =
            attempt(statements, library, declarations, other, wanted, trial);
        if (!trial.hasErrors()) {
          trial.all().forEach(diagnostics::add);
          return diagnostics.hasErrors()
              ? null
              : fitting.program(wanted, value.by(), diagnostics.all());
        }
      }
    }
    first.all().forEach(found -> diagnostics.add(explained(found, readings)));
    return diagnostics.hasErrors() ? null : attempt.program(wanted, value.by(), diagnostics.all());
  }

  /** Says of the names in an error why they are not read otherwise. */
  private static Diagnostic explained(Diagnostic found, Readings readings) {
    if (found.severity() != Diagnostic.Severity.ERROR) {
      return found;
    }
    List<String> reasons = readings.conflicts(found.span());
    if (reasons.isEmpty()) {
      return found;
    }
    String hint = found.hint() == null ? "" : found.hint() + "\n";
    return new Diagnostic(
        found.severity(),
        found.span(),
        found.related(),
        found.message(),
        hint + String.join("\n", reasons));
  }

  private static ProgramElaboration attempt(
      List<Statement> statements,
      Library library,
      Declarations declarations,
      Readings readings,
      Wanted wanted,
      Diagnostics diagnostics) {
    ProgramElaboration elaboration =
        new ProgramElaboration(library, declarations, readings, diagnostics);
    elaboration.run(statements, wanted);
    return elaboration;
  }

  /**
   * Elaborates a formula in a session; returns null if there are errors, which go to {@code
   * diagnostics}.
   *
   * @param expressions the session
   * @param known its variables by name; there are no others
   * @param dimensions the names of lengths, beside those of the variables' axes
   * @param unknownFunctions elementwise functions without a body
   * @param wanted the shape that the formula takes where its constants leave a choice, or null
   */
  public static @Nullable Expr formula(
      Expressions expressions,
      Library library,
      Map<String, Variable> known,
      List<String> dimensions,
      Set<String> unknownFunctions,
      Ast formula,
      @Nullable Shape wanted,
      Diagnostics diagnostics) {
    List<Expr> made =
        formulas(
            expressions,
            library,
            known,
            dimensions,
            unknownFunctions,
            List.of(formula),
            wanted,
            diagnostics);
    return made.isEmpty() ? null : made.getFirst();
  }

  /**
   * Elaborates the two sides of an identity in a session of its own; returns nothing if there are
   * errors. Each name of the left side is a variable, a matrix if it starts with a capital, else a
   * vector if it is used so, else a scalar; the right side has no others.
   */
  public static List<Expr> identity(Library library, Ast left, Ast right, Diagnostics diagnostics) {
    return formulas(
        new Expressions(),
        library,
        Map.of(),
        List.of(),
        Set.of(),
        List.of(left, right),
        null,
        diagnostics);
  }

  /** Elaborates one formula of known names, or two of which the first makes the names. */
  private static List<Expr> formulas(
      Expressions expressions,
      Library library,
      Map<String, Variable> known,
      List<String> dimensions,
      Set<String> unknownFunctions,
      List<Ast> formulas,
      @Nullable Shape wanted,
      Diagnostics diagnostics) {
    boolean identity = formulas.size() == 2;
    Map<String, Rank> ranks = new HashMap<>();
    Map<String, Length> lengths = lengths(known, dimensions);
    for (Variable variable : known.values()) {
      Shape shape = variable.shape();
      ranks.put(variable.name(), Rank.of(shape.rows().isOne(), shape.columns().isOne()));
    }
    Map<String, Readings.Reading> readings = Readings.ofFormulas(library, ranks, formulas).all();
    Set<String> taken = new HashSet<>(lengths.keySet());
    Shapes shapes = new Shapes(diagnostics, new ShapeMessages(taken));
    WholeNames wholeNames = new WholeNames();
    Inference inference =
        new Inference(
            library,
            Map.of(),
            unknownFunctions,
            lengths,
            shapes,
            new LabelUses(),
            wholeNames,
            new Expansion(),
            diagnostics);
    FormulaScope scope = new FormulaScope(known, readings, lengths, shapes, wholeNames);
    List<Proto> roots = new ArrayList<>();
    for (Ast formula : formulas) {
      if (!identity || !roots.isEmpty()) {
        scope.close();
      }
      roots.add(inference.infer(formula, scope));
    }
    if (identity) {
      for (Proto root : roots) {
        Proto first = roots.getFirst();
        if (!root.isError()
            && !first.isError()
            && !(root.rows.unify(first.rows, "both sides are equal")
                && root.columns.unify(first.columns, "both sides are equal"))) {
          diagnostics.add(shapes.messages.mismatch("equate", root.span, first, root, null));
        }
      }
    }
    shapes.broadcasts.decide();
    for (Proto root : roots) {
      if (wanted != null && !root.isError()) {
        root.rows.unify(Length.of(wanted.rows(), null), "it is the value of the formula");
        root.columns.unify(Length.of(wanted.columns(), null), "it is the value of the formula");
      }
    }
    if (diagnostics.hasErrors()) {
      return List.of();
    }
    Settling.settle(shapes, taken, diagnostics);
    if (diagnostics.hasErrors()) {
      return List.of();
    }
    Emission emission = new Emission(expressions, node -> scope.variable(node, expressions));
    List<Expr> made = new ArrayList<>();
    for (Proto root : roots) {
      made.add(emission.emit(root));
    }
    return made;
  }

  /** Tells whether {@code name} means something in a {@link #formula} of {@code known} names. */
  public static boolean knows(Map<String, Variable> known, List<String> dimensions, String name) {
    return known.containsKey(name)
        || lengths(known, dimensions).containsKey(name)
        || Constants.isConstant(name);
  }

  /** Returns the lengths that a formula can name: {@code known} names stand for variables. */
  private static Map<String, Length> lengths(Map<String, Variable> known, List<String> dimensions) {
    Map<String, Length> lengths = new LinkedHashMap<>();
    for (String dimension : dimensions) {
      if (!known.containsKey(dimension)) {
        lengths.put(dimension, Length.of(Polynomial.of(dimension), null));
      }
    }
    for (Variable variable : known.values()) {
      for (Polynomial axis : variable.shape().axes()) {
        for (String name : axis.names()) {
          if (!known.containsKey(name)) {
            lengths.put(name, Length.of(Polynomial.of(name), null));
          }
        }
      }
    }
    return lengths;
  }

  /** Reports {@code name} once. */
  static Diagnostic duplicate(Ast.Name name, String message) {
    return Diagnostic.error(name.span(), name.name() + " " + message, "choose another name");
  }
}
