package gradsmith.language;

import gradsmith.expr.Property;
import gradsmith.shape.Length;
import gradsmith.shape.Polynomial;
import gradsmith.source.AsciiText;
import gradsmith.source.Diagnostic;
import gradsmith.source.Diagnostics;
import gradsmith.source.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a program declares and defines, wherever it stands.
 *
 * @param variables the declared names
 * @param definitions the user's functions
 * @param unknownFunctions the functions that are elementwise and have no body
 * @param dimensions the names of dimensions in order, with their lengths; a length has another name
 *     where a variable has its name
 */
record Declarations(
    Map<String, Declared> variables,
    Map<String, Statement.Definition> definitions,
    Set<String> unknownFunctions,
    Map<String, Length> dimensions) {

  private static final String REMEDY =
      "a dimension is a name or a whole number, or put together from them with + - * ^: (n, d), (n"
          + " + m, 2 d)";

  /**
   * A declared name: its axes, or only how many there are.
   *
   * @param open whether its use has to say how many axes there are
   */
  record Declared(
      Ast.Name name,
      int rank,
      boolean open,
      @Nullable List<Polynomial> axes,
      Set<Property> properties,
      Span span) {

    /** Says where its lengths come from. */
    String origin() {
      return Declarations.origin(name, span);
    }

    /** Returns what there is to say where the name is assigned and has properties. */
    Diagnostic isNoInput() {
      String words = String.join(", ", properties.stream().map(Property::word).toList());
      return Diagnostic.error(
          name.span(),
          name.name() + " is assigned, so that it cannot be declared " + words,
          properties.contains(Property.CONSTANT)
              ? "declare constant the inputs that are not to be differentiated by"
              : "properties are promises about inputs; leave out " + words);
    }
  }

  static Declarations read(List<Statement> statements, Library library, Diagnostics diagnostics) {
    Declarations result =
        new Declarations(
            new LinkedHashMap<>(),
            new LinkedHashMap<>(),
            new LinkedHashSet<>(),
            new LinkedHashMap<>());
    for (Statement statement : statements) {
      if (statement instanceof Statement.Definition definition) {
        result.define(definition, library, diagnostics);
      }
    }
    Map<String, String> taken = result.taken(statements, library);
    for (Statement statement : statements) {
      if (statement instanceof Statement.Declaration declaration) {
        result.declare(declaration, taken, library, diagnostics);
      }
    }
    LengthPlaces.of(statements, result.definitions.keySet())
        .forEach((name, call) -> {
          if (!taken.containsKey(name.name()) && !result.dimensions.containsKey(name.name())) {
            String origin = "`" + Shapes.text(call.span()) + "` has it";
            result.dimension(name, origin, taken, diagnostics);
          }
        });
    return result;
  }

  /** Returns for each name that means something in expressions what it is there. */
  private Map<String, String> taken(List<Statement> statements, Library library) {
    Map<String, String> taken = new HashMap<>();
    library.names().forEach(name -> taken.put(name, "a function"));
    definitions.keySet().forEach(name -> taken.put(name, "a function"));
    Constants.NAMES.forEach(name -> taken.put(name, "a constant"));
    for (Statement statement : statements) {
      if (statement instanceof Statement.Declaration declaration) {
        String is =
            declaration.type() instanceof Statement.Type.Elementwise ? "a function" : "a variable";
        declaration.names().forEach(name -> taken.put(name.name(), is));
      } else if (statement instanceof Statement.Assignment assignment) {
        taken.put(assignment.target().name(), "a variable");
      }
    }
    return taken;
  }

  /** Returns the names that lengths are printed with, in order. */
  List<String> lengthNames() {
    Set<String> names = new LinkedHashSet<>();
    dimensions.values().forEach(length -> names.add(String.valueOf(length.value())));
    return List.copyOf(names);
  }

  /** Returns what the declared names are before their lengths are compared. */
  Map<String, Rank> ranks() {
    Map<String, Rank> ranks = new HashMap<>();
    for (Declared declared : variables.values()) {
      if (declared.open) {
        continue;
      }
      Rank rank = Rank.MATRIX;
      if (declared.rank < 2) {
        rank = declared.rank == 0 ? Rank.NUMBER : Rank.VECTOR;
      } else if (declared.axes != null && declared.rank == 2) {
        rank = Rank.of(declared.axes.get(0).isOne(), declared.axes.get(1).isOne());
      }
      ranks.put(declared.name.name(), rank);
    }
    for (String dimension : dimensions.keySet()) {
      if (Constants.isConstant(dimension)) {
        continue;
      }
      ranks.putIfAbsent(dimension, Rank.NUMBER);
    }
    return ranks;
  }

  private void define(Statement.Definition definition, Library library, Diagnostics diagnostics) {
    String name = definition.name().name();
    if (definitions.containsKey(name)) {
      diagnostics.add(Elaborator.duplicate(definition.name(), "is defined twice"));
      return;
    }
    if (library.names().contains(name)) {
      diagnostics.add(
          Diagnostic.warning(
              definition.name().span(),
              "this definition replaces the built-in " + name,
              "the built-in one stays in the other functions of the library, and in answers"));
    }
    Set<String> seen = new HashSet<>();
    for (Ast.Name parameter : definition.parameters()) {
      if (!seen.add(parameter.name())) {
        diagnostics.add(Elaborator.duplicate(parameter, "is a parameter twice"));
      }
    }
    definitions.put(name, definition);
  }

  private void declare(
      Statement.Declaration declaration,
      Map<String, String> taken,
      Library library,
      Diagnostics diagnostics) {
    Set<Property> properties = properties(declaration, diagnostics);
    for (Ast.Name name : declaration.names()) {
      if (declaration.type() instanceof Statement.Type.Elementwise) {
        if (library.names().contains(name.name())) {
          diagnostics.add(Elaborator.duplicate(name, "is a built-in function already"));
        }
        Statement.Definition definition = definitions.get(name.name());
        if (definition != null) {
          diagnostics.add(
              Diagnostic.error(
                  name.span(),
                  name.name() + " is defined, and declared as a function without a body",
                  "leave out one of them"));
        }
        if (!unknownFunctions.add(name.name())) {
          diagnostics.add(Elaborator.duplicate(name, "is declared twice"));
        }
        continue;
      }
      if (definitions.containsKey(name.name())
          || (library.names().contains(name.name()) && !Constants.isConstant(name.name()))) {
        diagnostics.add(
            Diagnostic.error(
                name.span(),
                name.name() + " is a function and cannot be declared as a variable",
                "choose another name"));
        continue;
      }
      if (variables.containsKey(name.name())) {
        diagnostics.add(Elaborator.duplicate(name, "is declared twice"));
        continue;
      }
      List<Polynomial> axes = null;
      int rank = 2;
      if (declaration.type() instanceof Statement.Type.Axes given) {
        axes = axes(given, origin(name, given.span()), taken, diagnostics);
        rank = axes.size();
      } else if (declaration.type() instanceof Statement.Type.Rank given) {
        rank = given.rank();
      }
      boolean inferred = declaration.type() instanceof Statement.Type.Inferred;
      if (inferred && properties.contains(Property.INTEGER)) {
        rank = 0;
      }
      boolean open = inferred && rank > 0 && properties.stream().noneMatch(Declarations::ofMatrix);
      Declared declared =
          new Declared(name, rank, open, axes, properties, declaration.type().span());
      if (!open) {
        check(declared, diagnostics);
      }
      variables.put(name.name(), declared);
    }
  }

  private static boolean ofMatrix(Property property) {
    return property.implies(Property.SYMMETRIC) || property == Property.ORTHOGONAL;
  }

  private static void check(Declared declared, Diagnostics diagnostics) {
    checkSquare(declared.name, declared.axes, declared.rank, declared.properties, diagnostics);
    Contradictions.report(
        declared.name, declared.axes, declared.rank, declared.properties, diagnostics);
  }

  /**
   * Returns these with the number of axes of their use for names that were declared with a property
   * alone.
   */
  Declarations settled(Map<String, Readings.Reading> readings, Diagnostics diagnostics) {
    Map<String, Declared> settledVariables = new LinkedHashMap<>(variables);
    for (Declared declared : variables.values()) {
      if (declared.open) {
        Readings.Reading reading = readings.get(declared.name.name());
        Rank read = reading == null ? Rank.MATRIX : reading.rank();
        int rank = read == Rank.NUMBER ? 0 : read == Rank.VECTOR ? 1 : 2;
        Declared settled =
            new Declared(declared.name, rank, false, null, declared.properties, declared.span);
        check(settled, diagnostics);
        settledVariables.put(declared.name.name(), settled);
      }
    }
    return new Declarations(settledVariables, definitions, unknownFunctions, dimensions);
  }

  /** Says where the lengths of a declared name come from. */
  private static String origin(Ast.Name name, Span shape) {
    return name.name() + " was declared " + shape.text();
  }

  private List<Polynomial> axes(
      Statement.Type.Axes given,
      String origin,
      Map<String, String> taken,
      Diagnostics diagnostics) {
    LengthReader reader =
        new LengthReader(
            part -> {
              if (part instanceof Ast.Name name) {
                Length known = dimensions.get(name.name());
                return known == null ? dimension(name, origin, taken, diagnostics) : known;
              }
              diagnostics.add(LengthReader.none(part, REMEDY));
              return null;
            },
            REMEDY,
            diagnostics);
    List<Polynomial> axes = new ArrayList<>();
    for (Ast dimension : given.dimensions()) {
      Length length = reader.read(dimension);
      Polynomial value = length == null ? null : length.value();
      axes.add(value == null ? Polynomial.ONE : value);
    }
    return axes;
  }

  /** In an expression the name means the variable: the length needs one of its own there. */
  private Length dimension(
      Ast.Name name, String origin, Map<String, String> taken, Diagnostics diagnostics) {
    String printed = name.name();
    while (taken.containsKey(AsciiText.name(printed)) || taken.containsKey(printed)) {
      printed += "_";
    }
    Length length = Length.of(Polynomial.of(printed), origin);
    dimensions.put(name.name(), length);
    if (!printed.equals(name.name())) {
      dimensions.put(printed, length);
      diagnostics.add(
          Diagnostic.note(
              name.span(),
              name.name()
                  + " is "
                  + taken.getOrDefault(name.name(), "a constant")
                  + ", too; the dimension is written "
                  + printed,
              "another name for one of them makes it plain"));
    }
    return length;
  }

  /** Returns the property that {@code word} declares, or null. */
  static @Nullable Property property(String word) {
    for (Property property : Property.values()) {
      if (property.word().equals(word)) {
        return property;
      }
    }
    return null;
  }

  private static Set<Property> properties(
      Statement.Declaration declaration, Diagnostics diagnostics) {
    Set<Property> properties = EnumSet.noneOf(Property.class);
    for (Ast.Name name : declaration.properties()) {
      Property property = property(name.name());
      if (property != null) {
        properties.add(property);
        continue;
      }
      List<String> all = Arrays.stream(Property.values()).map(Property::word).toList();
      String nearest = Spelling.nearest(name.name(), all);
      diagnostics.add(
          Diagnostic.error(
              name.span(),
              "there is no property " + name.name(),
              nearest == null
                  ? "properties are " + String.join(", ", all)
                  : "did you mean " + nearest + "?"));
    }
    return properties;
  }

  private static void checkSquare(
      Ast.Name name,
      @Nullable List<Polynomial> axes,
      int rank,
      Set<Property> properties,
      Diagnostics diagnostics) {
    for (Property property : properties) {
      boolean square =
          switch (property) {
            case SYMMETRIC, SPD, DIAGONAL -> true;
            case ORTHOGONAL, ONEHOT, STOCHASTIC, POSITIVE, CONSTANT, INTEGER -> false;
          };
      boolean isSquare =
          rank >= 2 && (axes == null || axes.get(rank - 2).equals(axes.get(rank - 1)));
      if (square && !isSquare) {
        diagnostics.add(
            Diagnostic.error(
                name.span(),
                "only a square matrix can be " + property.word(),
                "declare " + name.name() + " : (n, n) " + property.word()));
      }
      if (property == Property.INTEGER && rank > 0) {
        diagnostics.add(
            Diagnostic.error(
                name.span(),
                "only a scalar can be integer",
                "declare " + name.name() + " : () integer"));
      }
    }
  }
}
