package gradsmith.language;

import gradsmith.source.Span;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How the undeclared names of a program are read: the cheapest reading, and why it is that. */
final class Readings {

  /** Steps of comparing readings, beyond which names are not asked whether they are open. */
  private static final long COMPARISONS = 4_000_000;

  /**
   * How a name was read.
   *
   * @param why what says so
   * @param open whether another rank costs the same but for the spelling of names
   */
  record Reading(Rank rank, String why, boolean open) {}

  private final RankGraph graph;
  private final Map<Integer, Rank> ranks;
  private final RankGraph.Outcome outcome;

  private Readings(RankGraph graph, Map<Integer, Rank> ranks) {
    this.graph = graph;
    this.ranks = ranks;
    outcome = graph.follow(ranks);
  }

  /** Reads the names of a program; {@code declared} names have their ranks. */
  static Readings ofProgram(
      Library library,
      Map<String, Statement.Definition> definitions,
      Map<String, Rank> declared,
      List<Statement> statements) {
    RankGraph graph = new RankGraph();
    int value = new RankWalk(library, definitions, declared, graph).statements(statements);
    if (value >= 0) {
      graph.apply(RankRule.VALUE, value, graph.span(value));
    }
    return cheapest(graph);
  }

  /** Reads the names of formulas that are equal; {@code known} names have their ranks. */
  static Readings ofFormulas(Library library, Map<String, Rank> known, List<Ast> formulas) {
    RankGraph graph = new RankGraph();
    RankWalk walk = new RankWalk(library, Map.of(), known, graph);
    int first = walk.node(formulas.getFirst());
    for (Ast formula : formulas.subList(1, formulas.size())) {
      graph.apply(RankRule.SAME, first, walk.node(formula), formula.span());
    }
    return cheapest(graph);
  }

  /** Names are read as spelled if that costs nothing, else as cheaply as can be. */
  private static Readings cheapest(RankGraph graph) {
    Readings spelled = new Readings(graph, Map.of());
    if (RankCost.isFree(spelled.outcome.total())) {
      return spelled;
    }
    Readings best = new Readings(graph, RankSolver.solve(graph, Map.of()));
    // What is wrong in every reading is told of the names as they look.
    boolean wrong = RankCost.errors(best.outcome.total()) > 0;
    return wrong
            && RankCost.errors(spelled.outcome.total()) == RankCost.errors(best.outcome.total())
        ? spelled
        : best;
  }

  /** Returns how many names there are. */
  int size() {
    return graph.names().size();
  }

  /** Returns the reading of each undeclared name, in order of first use. */
  Map<String, Reading> all() {
    Map<String, Reading> readings = new LinkedHashMap<>();
    boolean few = (long) graph.names().size() * graph.size() <= COMPARISONS;
    graph
        .names()
        .forEach((name, node) -> {
          String why = few ? why(name, node) : "its uses say so";
          readings.put(name, new Reading(rank(node), why, few && isOpen(node)));
        });
    return readings;
  }

  /**
   * Returns the cheapest readings in which one small name has another rank and every operation has
   * a meaning, the cheapest first.
   */
  List<Readings> others() {
    List<Readings> others = new ArrayList<>();
    for (int node : graph.names().values()) {
      for (Rank rank : List.of(Rank.NUMBER, Rank.VECTOR)) {
        if (rank != rank(node) && rank(node) != Rank.MATRIX) {
          Readings other = new Readings(graph, RankSolver.solve(graph, Map.of(node, rank)));
          if (RankCost.errors(other.outcome.total()) == 0) {
            others.add(other);
          }
        }
      }
    }
    others.sort(Comparator.comparingLong(other -> other.outcome.total()));
    return others;
  }

  private Rank rank(int node) {
    return ranks.getOrDefault(node, graph.spelled(node));
  }

  private RankGraph.Outcome with(int node, Rank rank) {
    Map<Integer, Rank> changed = new HashMap<>(ranks);
    changed.put(node, rank);
    return graph.follow(changed);
  }

  /** A number could be a vector, or a vector a number, and only spelling says which. */
  private boolean isOpen(int node) {
    if (rank(node) == Rank.MATRIX) {
      return false;
    }
    Rank other = rank(node) == Rank.NUMBER ? Rank.VECTOR : Rank.NUMBER;
    return RankCost.isOpen(with(node, other).total() - outcome.total());
  }

  private String why(String name, int node) {
    Rank spelled = graph.spelled(node);
    return rank(node) == spelled ? NameSpelling.description(name) : whyNot(node, spelled);
  }

  /** Says what is wrong with reading the name {@code node} as {@code rank}. */
  private String whyNot(int node, Rank rank) {
    RankGraph.Outcome other = with(node, rank);
    int place = worst(other);
    return place < 0
        ? "so the value is a number"
        : reason(place, other.cost(place) - outcome.cost(place), rank);
  }

  /** Returns the operation that costs most more in {@code other}, or -1. */
  private int worst(RankGraph.Outcome other) {
    long worst = 0;
    int place = -1;
    for (int i = 0; i < graph.size(); i++) {
      long more = other.cost(i) - outcome.cost(i);
      if (graph.rule(i) != null && more > worst) {
        worst = more;
        place = i;
      }
    }
    return place;
  }

  private String reason(int place, long cost, Rank rank) {
    Span span = graph.span(place);
    String where = " in `" + Shapes.text(span) + "`";
    if (cost < RankCost.UNUSUAL) {
      return "so the value is a number";
    }
    if (cost < RankCost.ONLY_NUMBERS) {
      return "it stands behind a matrix or row" + where;
    }
    if (cost < RankCost.MIXTURE) {
      return "it meets only numbers" + where;
    }
    String other = "as a " + rank.word() + " it would ";
    return switch (Objects.requireNonNull(graph.rule(place))) {
      case TRANSPOSE -> "it is transposed" + where;
      case REDUCE, OF_MANY, SQUARE, DIAGONAL, VEC -> other + "have one entry" + where;
      default -> other + (cost < RankCost.SMALL_MATRIX ? mixed(rank) : "not fit") + where;
    };
  }

  private static String mixed(Rank rank) {
    return "be mixed with a " + (rank == Rank.NUMBER ? "vector or matrix" : "number");
  }

  /**
   * Returns for each small name that is all of an error's {@code place}, but for a transpose or
   * sign, why it is not read as the other rank.
   */
  List<String> conflicts(Span place) {
    List<String> reasons = new ArrayList<>();
    graph
        .names()
        .forEach((name, node) -> {
          if (rank(node) != Rank.MATRIX && isAllOf(place, name)) {
            Rank other = rank(node) == Rank.NUMBER ? Rank.VECTOR : Rank.NUMBER;
            int elsewhere = worst(with(node, other));
            if (elsewhere >= 0 && !graph.span(elsewhere).text().equals(place.text())) {
              reasons.add(name + " is read as a " + rank(node).word() + ": " + whyNot(node, other));
            }
          }
        });
    return reasons;
  }

  private static boolean isAllOf(Span place, String name) {
    String text = place.text();
    int start = text.indexOf(name);
    return start >= 0
        && (text.substring(0, start) + text.substring(start + name.length()))
            .chars()
            .allMatch(character -> "-'() ".indexOf(character) >= 0);
  }

  /** A vector or matrix beside a number that the program reduces something to. */
  record Mixture(Span other, Span number) {}

  /**
   * Returns what makes the value, which is the last node, a vector or matrix although it has a part
   * that is a number; null if there is no such part.
   */
  @Nullable Mixture mixture() {
    int node = graph.size() - 1;
    while (node >= 0 && graph.rule(node) != null && !state(node).isNumber()) {
      int first = graph.first(node);
      int second = graph.second(node);
      boolean left = state(first) == RankState.NUMBER;
      if (left || state(second) == RankState.NUMBER) {
        int other = left ? second : first;
        int number = left ? first : second;
        boolean apart =
            state(other) != RankState.UNKNOWN
                && graph.rule(node) == RankRule.PLUS
                && Collections.disjoint(names(other), names(number));
        return apart ? new Mixture(graph.span(other), graph.span(number)) : null;
      }
      node = isMixed(second) && !isMixed(first) ? second : first;
    }
    return null;
  }

  /** Returns the names that {@code root} depends on. */
  private Set<Integer> names(int root) {
    Set<Integer> seen = new HashSet<>();
    Set<Integer> names = new HashSet<>();
    Deque<Integer> open = new ArrayDeque<>(List.of(root));
    while (!open.isEmpty()) {
      int node = open.pop();
      if (seen.add(node)) {
        if (graph.rule(node) != null) {
          open.push(graph.first(node));
          open.push(graph.second(node));
        } else if (graph.isName(node)) {
          names.add(node);
        }
      }
    }
    return names;
  }

  private RankState state(int node) {
    return outcome.state(node);
  }

  private boolean isMixed(int node) {
    return state(node).company() == RankState.Company.TERM;
  }
}
