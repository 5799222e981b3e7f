package gradsmith.language;

import gradsmith.source.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The operations of a program as what they demand of ranks: nodes in the order in which they are
 * computed. Only the ranks of undeclared names are open; all others follow from them.
 */
final class RankGraph {

  private static final int CONSTANT = -1;
  private static final int NAME = -2;

  private final List<@Nullable RankRule> rules = new ArrayList<>();
  private final List<Span> spans = new ArrayList<>();
  private final Map<List<Integer>, Integer> meanings = new HashMap<>();
  private int[] meaning = new int[32];
  private int[] left = new int[32];
  private int[] right = new int[32];
  private final Map<String, Integer> names = new LinkedHashMap<>();
  private @Nullable Span site;

  /** Adds a value whose rank is known. */
  int constant(RankState state, Span span) {
    return add(null, state.index(), CONSTANT, span);
  }

  /** Adds an undeclared name, or returns the node that it has. */
  int name(Ast.Name name) {
    Integer known = names.get(name.name());
    if (known != null) {
      return known;
    }
    int made = add(null, NameSpelling.rank(name.name()).index(), NAME, name.span());
    names.put(name.name(), made);
    return made;
  }

  /** Adds an operation of one operand. */
  int apply(RankRule rule, int operand, Span span) {
    return add(rule, operand, operand, span);
  }

  /** Adds an operation of two operands. */
  int apply(RankRule rule, int first, int second, Span span) {
    return add(rule, first, second, span);
  }

  private int add(@Nullable RankRule rule, int first, int second, Span span) {
    int node = rules.size();
    if (node == left.length) {
      left = Arrays.copyOf(left, 2 * node);
      right = Arrays.copyOf(right, 2 * node);
      meaning = Arrays.copyOf(meaning, 2 * node);
    }
    List<Integer> applied =
        rule == null
            ? List.of(-1, first, second == NAME ? node : second)
            : List.of(rule.index(), meaning[first], meaning[second]);
    Integer known = meanings.putIfAbsent(applied, node);
    meaning[node] = known == null ? node : known;
    rules.add(rule);
    spans.add(site == null ? span : site);
    left[node] = first;
    right[node] = second;
    return node;
  }

  /** From now on nodes stand at {@code call}; at their own place for null. */
  void readAt(@Nullable Span call) {
    site = call;
  }

  /** Returns the first node that applies the same to the same. */
  int meaning(int node) {
    return meaning[node];
  }

  int size() {
    return rules.size();
  }

  /** Returns the undeclared names in order of first use, with their nodes. */
  Map<String, Integer> names() {
    return names;
  }

  /** Tells whether {@code node} is an undeclared name. */
  boolean isName(int node) {
    return right[node] == NAME;
  }

  /** Tells whether {@code node} has a known rank, and is no operation. */
  boolean isConstant(int node) {
    return right[node] == CONSTANT;
  }

  /** Returns the state of a constant. */
  int constantState(int node) {
    return left[node];
  }

  /** Returns what the spelling of the name {@code node} says. */
  Rank spelled(int node) {
    return Rank.at(left[node]);
  }

  /** Returns the rule of {@code node}; null if it is no operation. */
  @Nullable RankRule rule(int node) {
    return rules.get(node);
  }

  int first(int node) {
    return left[node];
  }

  int second(int node) {
    return right[node];
  }

  Span span(int node) {
    return spans.get(node);
  }

  /** Returns what it costs to read the name {@code node} as {@code rank}. */
  long costOfName(int node, Rank rank) {
    long size =
        switch (rank) {
          case NUMBER -> 0;
          case VECTOR, ROW -> RankCost.SIZE;
          case MATRIX -> 2 * RankCost.SIZE;
        };
    Rank spelled = spelled(node);
    if (rank == spelled) {
      return size;
    }
    return size
        + RankCost.SPELLING
        + (rank == Rank.MATRIX ? RankCost.SMALL_MATRIX : 0)
        + (spelled == Rank.MATRIX ? RankCost.UNUSUAL : 0);
  }

  /** A whole reading: the state of each node, and what it pays. */
  static final class Outcome {
    private final byte[] states;
    private final long[] costs;
    private final long total;

    Outcome(byte[] states, long[] costs, long total) {
      this.states = states;
      this.costs = costs;
      this.total = total;
    }

    RankState state(int node) {
      return RankState.at(states[node]);
    }

    long cost(int node) {
      return costs[node];
    }

    long total() {
      return total;
    }
  }

  /** Returns what follows from the ranks of names; {@code ranks} is asked with their nodes. */
  Outcome follow(Map<Integer, Rank> ranks) {
    byte[] states = new byte[size()];
    long[] costs = new long[size()];
    long total = 0;
    for (int node = 0; node < states.length; node++) {
      RankRule rule = rules.get(node);
      if (rule != null) {
        long outcome = rule.apply(states[left[node]], states[right[node]]);
        states[node] = (byte) RankRule.state(outcome);
        costs[node] = RankRule.cost(outcome);
      } else if (isName(node)) {
        Rank rank = ranks.getOrDefault(node, spelled(node));
        states[node] = (byte) RankState.read(rank, spelled(node)).index();
        costs[node] = costOfName(node, rank);
      } else {
        states[node] = (byte) left[node];
      }
      total += costs[node];
    }
    return new Outcome(states, costs, total);
  }
}
