package gradsmith.language;

import gradsmith.source.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Walks over syntax and adds to a {@link RankGraph} what it demands of ranks. */
final class RankWalk {

  private static final int NODES = 4_000_000;

  /** How many names at the start of a run of factors may be weights of all that follows. */
  private static final int WEIGHTS = 3;

  private final Library library;
  private final Map<String, Statement.Definition> definitions;
  private final Map<String, Rank> declared;
  private final RankGraph graph;
  private final RankSignatures signatures;
  private final Map<String, Integer> assigned = new HashMap<>();
  private final IdentityHashMap<Statement.Definition, Map<List<Integer>, Integer>> calls =
      new IdentityHashMap<>();
  private final Set<Statement.Definition> open = new HashSet<>();
  private @Nullable Map<String, Integer> parameters;
  private boolean inLibrary;
  private int depth;

  /** Walks over statements with {@code definitions}; {@code declared} names have their ranks. */
  RankWalk(
      Library library,
      Map<String, Statement.Definition> definitions,
      Map<String, Rank> declared,
      RankGraph graph) {
    this.library = library;
    this.definitions = definitions;
    this.declared = declared;
    this.graph = graph;
    signatures = new RankSignatures(graph);
  }

  /** Adds {@code statements}; returns the node of the last value, or -1 if there is none. */
  int statements(List<Statement> statements) {
    int last = -1;
    for (Statement statement : statements) {
      switch (statement) {
        case Statement.Assignment assignment -> {
          last = node(assignment.value());
          assigned.put(assignment.target().name(), last);
        }
        case Statement.Result result -> last = node(result.value());
        case Statement.Declaration declaration -> {}
        case Statement.Definition definition -> {}
        case Statement.Differential differential -> {}
        case Statement.Domain domain -> {}
        case Statement.Identity identity -> {}
      }
    }
    return last;
  }

  /** Adds {@code ast}; returns its node. */
  int node(Ast ast) {
    if (graph.size() > NODES) {
      return graph.constant(RankState.UNKNOWN, ast.span());
    }
    depth++;
    int made = walk(ast);
    depth--;
    return made;
  }

  private int walk(Ast ast) {
    return switch (ast) {
      case Ast.Numeral numeral -> graph.constant(RankState.WRITTEN, ast.span());
      case Ast.Name name -> name(name);
      case Ast.Negation negation ->
          graph.apply(RankRule.ENTRYWISE, node(negation.operand()), ast.span());
      case Ast.Transposition transposition ->
          graph.apply(RankRule.TRANSPOSE, node(transposition.operand()), ast.span());
      case Ast.Power power ->
          graph.apply(power(power), node(power.base()), node(power.exponent()), ast.span());
      case Ast.Comparison comparison ->
          graph.apply(
              RankRule.HADAMARD, node(comparison.left()), node(comparison.right()), ast.span());
      case Ast.Sum sum -> sum(sum);
      case Ast.Product product -> product(product);
      case Ast.Call call -> call(call);
    };
  }

  private static RankRule power(Ast.Power power) {
    if (power.elementwise()) {
      return RankRule.ELEMENTWISE_POWER;
    }
    return HermitianTransposes.isExponent(power.exponent()) ? RankRule.HERMITIAN : RankRule.POWER;
  }

  private int name(Ast.Name name) {
    Integer parameter = parameters == null ? null : parameters.get(name.name());
    if (parameter != null) {
      return parameter;
    }
    Integer value = inLibrary ? null : assigned.get(name.name());
    if (value != null) {
      return value;
    }
    Rank rank = inLibrary ? null : declared.get(name.name());
    rank = rank == null ? Constants.rank(name.name()) : rank;
    if (rank != null) {
      return graph.constant(RankState.declared(rank), name.span());
    }
    return inLibrary ? graph.constant(RankState.UNKNOWN, name.span()) : graph.name(name);
  }

  private int sum(Ast.Sum sum) {
    int all = node(sum.terms().getFirst().operand());
    for (Ast.Term term : sum.terms().subList(1, sum.terms().size())) {
      all = graph.apply(RankRule.PLUS, all, node(term.operand()), sum.span());
    }
    return graph.apply(RankRule.END_OF_SUM, all, sum.span());
  }

  private int product(Ast.Product product) {
    List<Ast.Factor> factors = product.factors();
    int[] nodes = new int[factors.size()];
    boolean plain = true;
    for (int i = 0; i < nodes.length; i++) {
      nodes[i] = node(factors.get(i).operand());
      Ast.ProductOperator operator = factors.get(i).operator();
      plain &=
          i == 0 || operator == Ast.ProductOperator.TIMES || operator == Ast.ProductOperator.DIVIDE;
      if (i > 0 && operator == Ast.ProductOperator.TIMES && isIdentity(factors.get(i).operand())) {
        nodes[i - 1] = graph.apply(RankRule.BEFORE_IDENTITY, nodes[i - 1], product.span());
      }
    }
    int whole = run(product, nodes, 0);
    return plain ? weights(product, nodes, whole) : whole;
  }

  /** Multiplies the factors from {@code from} on, from left to right. */
  private int run(Ast.Product product, int[] nodes, int from) {
    int all = nodes[from];
    for (int i = from + 1; i < nodes.length; i++) {
      Ast.Factor factor = product.factors().get(i);
      RankRule rule =
          switch (factor.operator()) {
            case TIMES -> RankRule.TIMES;
            case HADAMARD, ELEMENTWISE_QUOTIENT -> RankRule.HADAMARD;
            case DIVIDE -> RankRule.DIVIDE;
            case SOLVE -> RankRule.SOLVE;
            case KRONECKER -> RankRule.KRONECKER;
          };
      all = graph.apply(rule, all, nodes[i], product.span());
    }
    return all;
  }

  /** In {@code lam/2 w' w}, lam meets a number: the product of all that follows. */
  private int weights(Ast.Product product, int[] nodes, int whole) {
    int before = -1;
    int last = Math.min(nodes.length - 2, WEIGHTS);
    for (int i = 0; i < last; i++) {
      if (!graph.isConstant(nodes[i])) {
        if (!isWeight(product.factors().get(i).operand())) {
          break;
        }
        int next = i + 1;
        while (next < nodes.length
            && product.factors().get(next).operator() == Ast.ProductOperator.DIVIDE) {
          next++;
        }
        if (next >= nodes.length - 1) {
          break;
        }
        int rest = run(product, nodes, next);
        int meets = graph.apply(RankRule.MEETS_NUMBER, nodes[i], rest, product.span());
        if (before >= 0) {
          meets = graph.apply(RankRule.IF_NUMBER, before, meets, product.span());
        }
        whole = graph.apply(RankRule.AMONG_NUMBERS, whole, meets, product.span());
      }
      before =
          before < 0 ? nodes[i] : graph.apply(RankRule.TIMES, before, nodes[i], product.span());
    }
    return whole;
  }

  /** A weight is a name, perhaps with a sign or a power. */
  private static boolean isWeight(Ast ast) {
    return switch (ast) {
      case Ast.Name name -> true;
      case Ast.Negation negation -> isWeight(negation.operand());
      case Ast.Power power -> isWeight(power.base()) && power.exponent() instanceof Ast.Numeral;
      default -> false;
    };
  }

  private boolean isIdentity(Ast ast) {
    String name =
        switch (ast) {
          case Ast.Name alone -> alone.name();
          case Ast.Call call -> call.name();
          default -> "";
        };
    return Constants.isIdentity(name)
        && !assigned.containsKey(name)
        && !declared.containsKey(name)
        && (parameters == null || !parameters.containsKey(name));
  }

  private int call(Ast.Call call) {
    Statement.Definition own = inLibrary || !call.isNamed() ? null : definitions.get(call.name());
    if (own != null) {
      return define(own, call, nodes(call.arguments()));
    }
    Builtin builtin = Builtin.named(call.name());
    if (builtin != null && builtin.takes() == Builtin.Takes.LENGTHS) {
      return lengths(builtin, call);
    }
    if (AxisCalls.takesAxis(call)) {
      node(call.arguments().getFirst());
      return graph.constant(RankState.UNKNOWN, call.span());
    }
    if (builtin != null && builtin.takes() == Builtin.Takes.VALUES_THEN_SHAPE) {
      return rearranged(builtin, call);
    }
    int[] nodes = nodes(call.arguments());
    if (builtin != null) {
      return nodes.length == builtin.arguments()
          ? builtin(builtin, call, nodes)
          : graph.constant(RankState.UNKNOWN, call.span());
    }
    Library.Entry entry = library.entry(call.name(), nodes.length);
    if (entry == null) { // a function without a body, or a mistake that is reported elsewhere
      return nodes.length == 1
          ? graph.apply(RankRule.FUNCTION, nodes[0], call.span())
          : graph.constant(RankState.UNKNOWN, call.span());
    }
    if (entry.signature() != null) {
      return signatures.call(entry.signature(), entry.roles(), nodes, call.span());
    }
    return entry.definition() == null
        ? graph.constant(RankState.UNKNOWN, call.span())
        : define(entry.definition(), call, nodes);
  }

  private int[] nodes(List<Ast> arguments) {
    int[] nodes = new int[arguments.size()];
    for (int i = 0; i < nodes.length; i++) {
      nodes[i] = node(arguments.get(i));
    }
    return nodes;
  }

  private int builtin(Builtin builtin, Ast.Call call, int[] nodes) {
    Span span = call.span();
    return switch (builtin) {
      case SUM -> graph.apply(RankRule.REDUCE, nodes[0], span);
      case TR -> graph.apply(RankRule.REDUCE, graph.apply(RankRule.SQUARE, nodes[0], span), span);
      case DIAG -> graph.apply(RankRule.DIAGONAL, nodes[0], span);
      case VEC -> graph.apply(RankRule.VEC, nodes[0], span);
      case KRON -> graph.apply(RankRule.KRONECKER, nodes[0], nodes[1], span);
      case ROWS, COLS, NUMEL -> graph.constant(RankState.WRITTEN, span);
      case VECTOR, MATRIX -> {
        graph.apply(RankRule.NUMBER_ARGUMENT, nodes[0], span);
        yield graph.constant(builtin == Builtin.VECTOR ? RankState.VECTOR : RankState.MATRIX, span);
      }
      case I, EYE, ONES, ZEROS, COMMUTATION, UNVEC, KRON_LEFT, KRON_RIGHT, AXISSUM, NEWAXIS ->
          throw new IllegalStateException(builtin + " takes more than values");
    };
  }

  private int lengths(Builtin builtin, Ast.Call call) {
    List<Ast> lengths = call.arguments();
    boolean filled = builtin == Builtin.ONES || builtin == Builtin.ZEROS;
    if (!filled || lengths.isEmpty() || lengths.size() > 2) {
      return graph.constant(RankState.MATRIX, call.span());
    }
    int columns =
        lengths.size() == 1
            ? graph.constant(RankState.length(true), call.span())
            : length(lengths.get(1));
    return graph.apply(RankRule.FILLED, length(lengths.getFirst()), columns, call.span());
  }

  private int rearranged(Builtin builtin, Ast.Call call) {
    int values = builtin.valueCount();
    if (call.arguments().size() != values + 2) {
      return graph.constant(RankState.UNKNOWN, call.span());
    }
    for (Ast value : call.arguments().subList(0, values)) {
      graph.apply(RankRule.OF_MANY, node(value), call.span());
    }
    return graph.apply(
        RankRule.MADE,
        length(call.arguments().get(values)),
        length(call.arguments().get(values + 1)),
        call.span());
  }

  /** Adds whether a length is 1. */
  private int length(Ast length) {
    if (length instanceof Ast.Call call && call.arguments().size() == 1) {
      Builtin builtin = Builtin.named(call.name());
      if (builtin == Builtin.ROWS || builtin == Builtin.COLS) {
        RankRule rule = builtin == Builtin.ROWS ? RankRule.ROWS : RankRule.COLUMNS;
        return graph.apply(rule, node(call.arguments().getFirst()), length.span());
      }
    }
    boolean one = length instanceof Ast.Numeral numeral && numeral.text().equals("1");
    return graph.constant(RankState.length(one), length.span());
  }

  /** Adds the body of a definition, once for the same arguments. */
  private int define(Statement.Definition definition, Ast.Call call, int[] nodes) {
    List<Integer> arguments = new ArrayList<>(nodes.length);
    for (int node : nodes) {
      arguments.add(graph.meaning(node));
    }
    Map<List<Integer>, Integer> known =
        calls.computeIfAbsent(definition, unused -> new HashMap<>());
    Integer before = known.get(arguments);
    if (before != null) {
      return before;
    }
    if (definition.parameters().size() != nodes.length
        || depth > Limits.EXPANSION_DEPTH
        || !open.add(definition)) {
      return graph.constant(RankState.UNKNOWN, call.span());
    }
    Map<String, Integer> outerParameters = parameters;
    boolean outerLibrary = inLibrary;
    parameters = new HashMap<>();
    for (int i = 0; i < nodes.length; i++) {
      parameters.put(definition.parameters().get(i).name(), nodes[i]);
    }
    inLibrary |= definitions.get(definition.name().name()) != definition;
    if (inLibrary && !outerLibrary) {
      graph.readAt(call.span());
    }
    int made = node(definition.body());
    if (inLibrary && !outerLibrary) {
      graph.readAt(null);
    }
    inLibrary = outerLibrary;
    parameters = outerParameters;
    open.remove(definition);
    known.put(arguments, made);
    return made;
  }
}
