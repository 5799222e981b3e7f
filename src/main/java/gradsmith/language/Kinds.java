package gradsmith.language;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what each undeclared name is: what its use says, else what its spelling says. The uses of
 * one name depend on the kinds of others, so the reading is repeated until it stays.
 */
final class Kinds {

  private static final int BUDGET = 4_000_000;
  private static final int ROUNDS = 5;

  /** How a name was read, and why. */
  record Reading(Kind kind, String why, boolean firm) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Reading reading
          && kind == reading.kind
          && firm == reading.firm
          && why.equals(reading.why);
    }

    @Override
    public int hashCode() {
      return kind.hashCode();
    }
  }

  /** What a call gives, and what it says of its arguments. */
  private record Called(Kind result, Map<NameUses.Evidence, String> evidence) {}

  private final Library library;
  private final Map<String, Statement.Definition> definitions;
  private final Map<String, Kind> known = new HashMap<>();
  private Map<String, Reading> readings = new LinkedHashMap<>();
  private final Set<String> free = new LinkedHashSet<>();
  private final NameUses uses = new NameUses();
  private int budget;
  private int libraryDepth;
  private int depth;
  private final IdentityHashMap<Statement.Definition, Map<List<Kind>, Called>> calls =
      new IdentityHashMap<>();

  /**
   * Reads the names of a program with {@code definitions}; {@code declared} names have their kinds.
   */
  Kinds(
      Library library, Map<String, Statement.Definition> definitions, Map<String, Kind> declared) {
    this.library = library;
    this.definitions = definitions;
    known.putAll(declared);
  }

  /** Returns the reading of each undeclared name of {@code statements}. */
  Map<String, Reading> read(List<Statement> statements) {
    for (int round = 0; round < ROUNDS; round++) {
      budget = BUDGET;
      calls.clear();
      Map<String, Kind> scope = new HashMap<>(known);
      for (Statement statement : statements) {
        switch (statement) {
          case Statement.Assignment assignment ->
              scope.put(assignment.target().name(), kind(assignment.value(), scope));
          case Statement.Result result -> kind(result.value(), scope);
          case Statement.Declaration declaration -> {}
          case Statement.Definition definition -> {}
          case Statement.Differential differential -> {}
          case Statement.Domain domain -> {}
          case Statement.Identity identity -> {}
        }
      }
      if (round == 0) {
        uses.keepDivisors(); // a vector that turned out to be a divisor was no evidence for others
      }
      Map<String, Reading> next = new LinkedHashMap<>();
      for (String name : free) {
        next.put(name, uses.reading(name));
      }
      if (next.equals(readings)) {
        break;
      }
      readings = next;
    }
    return readings;
  }

  private Kind nameKind(String name, Map<String, Kind> scope) {
    Kind here = scope.get(name);
    if (here != null) {
      return here;
    }
    Kind constant = Constants.kind(name);
    if (constant != null) {
      return constant;
    }
    if (libraryDepth == 0) {
      free.add(name);
    }
    Reading reading = readings.get(name);
    return reading == null ? uses.reading(name).kind : reading.kind;
  }

  private Kind kind(Ast ast, Map<String, Kind> scope) {
    if (--budget < 0) {
      return Kind.MATRIX;
    }
    depth++;
    Kind kind = read(ast, scope);
    depth--;
    return kind;
  }

  private Kind read(Ast ast, Map<String, Kind> scope) {
    return switch (ast) {
      case Ast.Numeral numeral -> Kind.SCALAR;
      case Ast.Name name -> nameKind(name.name(), scope);
      case Ast.Negation negation -> kind(negation.operand(), scope);
      case Ast.Transposition transposition -> {
        uses.note(transposition.operand(), NameUses.Use.VECTOR, "transposed", ast, scope);
        yield kind(transposition.operand(), scope).transposed();
      }
      case Ast.Power power -> {
        uses.note(power.exponent(), NameUses.Use.DIVISOR, "an exponent", ast, scope);
        Kind exponent = kind(power.exponent(), scope);
        Kind base = kind(power.base(), scope);
        yield power.elementwise() ? base.join(exponent) : base;
      }
      case Ast.Comparison comparison ->
          entrywise(List.of(comparison.left(), comparison.right()), ast, scope);
      case Ast.Sum sum -> {
        List<Ast> terms = sum.terms().stream().map(Ast.Term::operand).toList();
        yield entrywise(terms, ast, scope);
      }
      case Ast.Product product -> product(product, scope);
      case Ast.Call call -> call(call, scope);
    };
  }

  private Kind entrywise(List<Ast> operands, Ast whole, Map<String, Kind> scope) {
    Kind joined = Kind.SCALAR;
    boolean vector = false;
    boolean matrix = false;
    Kind[] kinds = new Kind[operands.size()];
    for (int i = 0; i < kinds.length; i++) {
      kinds[i] = kind(operands.get(i), scope);
      vector |= kinds[i] == Kind.VECTOR;
      matrix |= kinds[i] == Kind.MATRIX;
      joined = joined.join(kinds[i]);
    }
    weights(operands, kinds, scope);
    for (Ast operand : operands) {
      if (vector) {
        uses.note(operand, NameUses.Use.VECTOR, "combined with a vector", whole, scope);
      } else if (matrix) {
        uses.note(operand, NameUses.Use.BIAS, "combined with a matrix", whole, scope);
      }
    }
    return joined;
  }

  /** In {@code CE(Z, Y) + lambda sum(W.^2)}, lambda is a number. */
  private void weights(List<Ast> terms, Kind[] kinds, Map<String, Kind> scope) {
    for (int i = 0; i < kinds.length; i++) {
      if (terms.get(i) instanceof Ast.Product product
          && NameUses.bare(product.factors().getFirst().operand()) instanceof Ast.Name name
          && !scope.containsKey(name.name())
          && uses.isWeak(name)
          && product.factors().stream().skip(1).allMatch(this::isNumberOrDivisor)) {
        boolean numbers = true;
        for (int j = 0; j < kinds.length; j++) {
          numbers &= j == i || kinds[j] == Kind.SCALAR;
        }
        if (numbers) {
          uses.note(name, NameUses.Use.DIVISOR, "the weight of a number", product, scope);
        }
      }
    }
  }

  private boolean isNumberOrDivisor(Ast.Factor factor) {
    return factor.operator() == Ast.ProductOperator.DIVIDE || isNumber(factor.operand());
  }

  /** Tells whether {@code ast} is a number by its outermost function. */
  private boolean isNumber(Ast ast) {
    return switch (ast) {
      case Ast.Numeral numeral -> true;
      case Ast.Power power -> isNumber(power.base());
      case Ast.Call call when own(call) != null -> false;
      case Ast.Call call -> {
        Library.Entry entry = library.entry(call.name(), call.arguments().size());
        Builtin builtin = Builtin.named(call.name());
        yield builtin != null && builtin.givesNumber() && call.arguments().size() == 1
            || entry != null && entry.signature() != null && entry.signature().givesNumber();
      }
      default -> false;
    };
  }

  /** Only a number stands before the identity: nothing else has a product with it. */
  private void numbersBeforeIdentity(Ast.Product product, Map<String, Kind> scope) {
    for (int i = 1; i < product.factors().size(); i++) {
      Ast.Factor factor = product.factors().get(i);
      Ast before = product.factors().get(i - 1).operand();
      boolean small = before instanceof Ast.Name name && NameUses.isSmall(name);
      if (small && factor.operator() == Ast.ProductOperator.TIMES && isIdentity(factor, scope)) {
        uses.note(before, NameUses.Use.DIVISOR, "before the identity", product, scope);
      }
    }
  }

  private static boolean isIdentity(Ast.Factor factor, Map<String, Kind> scope) {
    String name =
        switch (factor.operand()) {
          case Ast.Name alone -> alone.name();
          case Ast.Call call -> call.name();
          default -> "";
        };
    return Constants.isIdentity(name) && !scope.containsKey(name);
  }

  private Kind product(Ast.Product product, Map<String, Kind> scope) {
    numbersBeforeIdentity(product, scope);
    Kind left = kind(product.factors().getFirst().operand(), scope);
    for (int i = 1; i < product.factors().size(); i++) {
      Ast.Factor factor = product.factors().get(i);
      Ast operand = factor.operand();
      switch (factor.operator()) {
        case TIMES, SOLVE -> {
          if (left == Kind.MATRIX || left == Kind.ROW) {
            uses.note(
                operand,
                NameUses.Use.VECTOR,
                "the right factor of a matrix or row",
                product,
                scope);
          }
          Kind right = kind(operand, scope);
          left = factor.operator() == Ast.ProductOperator.SOLVE ? right : left.times(right);
        }
        case HADAMARD, ELEMENTWISE_QUOTIENT -> {
          Kind right = kind(operand, scope);
          if (left == Kind.VECTOR) {
            uses.note(operand, NameUses.Use.VECTOR, "combined with a vector", product, scope);
          } else if (left == Kind.MATRIX) {
            uses.note(operand, NameUses.Use.BIAS, "combined with a matrix", product, scope);
          }
          if (i == 1 && right == Kind.VECTOR) {
            uses.note(
                product.factors().getFirst().operand(),
                NameUses.Use.VECTOR,
                "combined with a vector",
                product,
                scope);
          } else if (i == 1 && right == Kind.MATRIX) {
            uses.note(
                product.factors().getFirst().operand(),
                NameUses.Use.BIAS,
                "combined with a matrix",
                product,
                scope);
          }
          left = left.join(right);
        }
        case DIVIDE -> {
          uses.note(operand, NameUses.Use.DIVISOR, "a divisor", product, scope);
          kind(operand, scope);
        }
        case KRONECKER -> {
          Kind right = kind(operand, scope);
          left = left == Kind.VECTOR && right == Kind.VECTOR ? Kind.VECTOR : Kind.MATRIX;
        }
      }
    }
    return left;
  }

  /** Returns the program's own definition of what is called, if it has one. */
  private Statement.@Nullable Definition own(Ast.Call call) {
    return libraryDepth > 0 || !call.isNamed() ? null : definitions.get(call.name());
  }

  private Kind call(Ast.Call call, Map<String, Kind> scope) {
    Statement.Definition definition = own(call);
    Library.Entry entry =
        definition == null ? library.entry(call.name(), call.arguments().size()) : null;
    boolean takesVector = definition == null && CallKinds.takesVector(call, entry);
    for (int i = 0; i < call.arguments().size(); i++) {
      boolean scalarParameter =
          entry != null
              && entry.signature() != null
              && entry.signature().parameters().get(i).isEmpty();
      if (scalarParameter) {
        String use = "a scalar argument of " + call.name();
        uses.note(call.arguments().get(i), NameUses.Use.DIVISOR, use, use, scope);
      } else if (takesVector) {
        String use = "an argument of " + call.name();
        uses.note(call.arguments().get(i), NameUses.Use.VECTOR, use, use, scope);
      }
    }
    Builtin builtin = definition == null ? Builtin.named(call.name()) : null;
    if (builtin != null && builtin.takes() == Builtin.Takes.LENGTHS) {
      return Kind.MATRIX;
    }
    Kind[] kinds = new Kind[call.arguments().size()];
    for (int i = 0; i < kinds.length; i++) {
      kinds[i] = kind(call.arguments().get(i), scope);
    }
    if (definition == null && entry != null && entry.symbol() == null) {
      definition = entry.definition();
    }
    if (definition != null
        && definition.parameters().size() == kinds.length
        && depth < Limits.EXPANSION_DEPTH) {
      return definition(definition, call, kinds, scope);
    }
    return CallKinds.result(call, entry, kinds);
  }

  private Kind definition(
      Statement.Definition definition, Ast.Call call, Kind[] kinds, Map<String, Kind> scope) {
    Map<List<Kind>, Called> results = calls.computeIfAbsent(definition, unused -> new HashMap<>());
    Called called = results.get(List.of(kinds));
    if (called == null) {
      results.put(List.of(kinds), new Called(Kind.MATRIX, Map.of())); // where it calls itself
      called = called(definition, kinds);
      results.put(List.of(kinds), called);
    }
    for (int i = 0; i < kinds.length; i++) {
      String parameter = definition.parameters().get(i).name();
      for (NameUses.Use use : NameUses.Use.values()) {
        String role = called.evidence.get(new NameUses.Evidence(parameter, use));
        if (role != null) {
          uses.note(call.arguments().get(i), use, role, role + " in " + call.name(), scope);
        }
      }
    }
    return called.result;
  }

  private Called called(Statement.Definition definition, Kind[] kinds) {
    // A definition of the library has no names of the program's.
    int inside = definitions.get(definition.name().name()) == definition ? 0 : 1;
    Map<String, Kind> inner = inside > 0 ? new HashMap<>() : new HashMap<>(known);
    for (int i = 0; i < kinds.length; i++) {
      inner.put(definition.parameters().get(i).name(), kinds[i]);
    }
    Map<NameUses.Evidence, String> own = new HashMap<>();
    Map<NameUses.Evidence, String> outer = uses.keepIn(own);
    libraryDepth += inside;
    Kind result = kind(definition.body(), inner);
    libraryDepth -= inside;
    uses.keepIn(outer);
    return new Called(result, own);
  }
}
