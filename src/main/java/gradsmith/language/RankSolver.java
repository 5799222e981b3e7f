package gradsmith.language;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Finds the cheapest reading of a {@link RankGraph}. What rests on one name is a function of that
 * name's rank; where two meet, the costs of all combinations are a table. Unknowns are eliminated
 * from the tables one after another, those with the fewest neighbours first (bucket elimination,
 * Dechter 1999), which is exact; where that would make too large a table, the unknown that most
 * tables ask for is first given the rank that is best for each of them alone.
 */
final class RankSolver {

  private static final Rank[] CHOICES = {Rank.NUMBER, Rank.VECTOR, Rank.MATRIX};
  private static final long IMPOSSIBLE = 1L << 58;
  private static final long LARGEST_TABLE = 100_000;

  /** An unknown: a name, or what comes of two others. */
  private static final class Unknown {
    final long[] costs;
    final Set<Table> tables = new LinkedHashSet<>(4);
    int chosen = -1;

    Unknown(int states) {
      costs = new long[states];
    }

    int states() {
      return costs.length;
    }
  }

  /** The cost of each combination of the states of {@code unknowns}; the last varies fastest. */
  private static final class Table {
    final int[] unknowns;
    final long[] costs;

    Table(int[] unknowns, long[] costs) {
      this.unknowns = unknowns;
      this.costs = costs;
    }
  }

  /** The best state of an unknown for each combination of the states of its neighbours. */
  private static final class Choice {
    final int unknown;
    final int[] neighbours;
    final byte[] best;

    Choice(int unknown, int[] neighbours, byte[] best) {
      this.unknown = unknown;
      this.neighbours = neighbours;
      this.best = best;
    }
  }

  private final RankGraph graph;
  private final List<Unknown> unknowns = new ArrayList<>();
  private final int[] basis; // for each node the unknown that it is a function of, or -1
  private final byte[][] values; // for each node its states by those of its basis, or its one state
  private final Deque<Choice> choices = new ArrayDeque<>();
  private int[] marks = new int[0];
  private int mark;

  private RankSolver(RankGraph graph) {
    this.graph = graph;
    basis = new int[graph.size()];
    values = new byte[graph.size()][];
  }

  /**
   * Returns the ranks of all names, by their nodes, in the cheapest reading in which those of
   * {@code given} are as given.
   */
  static Map<Integer, Rank> solve(RankGraph graph, Map<Integer, Rank> given) {
    RankSolver solver = new RankSolver(graph);
    for (int node = 0; node < graph.size(); node++) {
      solver.build(node, given);
    }
    solver.eliminateAll();
    Map<Integer, Rank> ranks = new HashMap<>(given);
    for (int node : graph.names().values()) {
      if (!given.containsKey(node)) {
        ranks.put(node, CHOICES[solver.unknowns.get(solver.basis[node]).chosen]);
      }
    }
    return ranks;
  }

  private void build(int node, Map<Integer, Rank> given) {
    RankRule rule = graph.rule(node);
    if (rule != null) {
      apply(node, rule);
      return;
    }
    Rank rank = graph.isName(node) ? given.get(node) : null;
    if (graph.isConstant(node) || rank != null) {
      RankState state =
          rank == null
              ? RankState.at(graph.constantState(node))
              : RankState.read(rank, graph.spelled(node));
      known(node, state.index());
      return;
    }
    Unknown name = add(node, CHOICES.length);
    values[node] = new byte[CHOICES.length];
    for (int i = 0; i < CHOICES.length; i++) {
      values[node][i] = (byte) RankState.read(CHOICES[i], graph.spelled(node)).index();
      name.costs[i] = graph.costOfName(node, CHOICES[i]);
    }
  }

  private void known(int node, int state) {
    basis[node] = -1;
    values[node] = new byte[] {(byte) state};
  }

  private Unknown add(int node, int states) {
    basis[node] = unknowns.size();
    Unknown made = new Unknown(states);
    unknowns.add(made);
    return made;
  }

  private void apply(int node, RankRule rule) {
    int first = graph.first(node);
    int second = graph.second(node);
    if (basis[first] < 0 && basis[second] < 0) {
      known(node, RankRule.state(rule.apply(values[first][0], values[second][0])));
    } else if (basis[first] < 0 || basis[second] < 0 || basis[first] == basis[second]) {
      applyToOne(node, rule, basis[first] < 0 ? basis[second] : basis[first]);
    } else {
      applyToTwo(node, rule, first, second);
    }
  }

  /** Both operands are functions of one unknown: so is the result, and its cost is that one's. */
  private void applyToOne(int node, RankRule rule, int unknown) {
    byte[] first = values[graph.first(node)];
    byte[] second = values[graph.second(node)];
    long[] costs = unknowns.get(unknown).costs;
    byte[] states = new byte[costs.length];
    boolean constant = true;
    for (int i = 0; i < states.length; i++) {
      long outcome =
          rule.apply(first[first.length == 1 ? 0 : i], second[second.length == 1 ? 0 : i]);
      states[i] = (byte) RankRule.state(outcome);
      costs[i] += RankRule.cost(outcome);
      constant &= states[i] == states[0];
    }
    if (constant) {
      known(node, states[0]);
    } else {
      basis[node] = unknown;
      values[node] = states;
    }
  }

  private void applyToTwo(int node, RankRule rule, int first, int second) {
    byte[] a = values[first];
    byte[] b = values[second];
    byte[] states = new byte[a.length * b.length];
    long[] costs = new long[states.length];
    byte[] indices = new byte[RankState.values().length];
    Arrays.fill(indices, (byte) -1);
    byte[] distinct = new byte[indices.length];
    int count = 0;
    boolean free = true;
    for (int i = 0; i < states.length; i++) {
      long outcome = rule.apply(a[i / b.length], b[i % b.length]);
      states[i] = (byte) RankRule.state(outcome);
      costs[i] = RankRule.cost(outcome);
      free &= costs[i] == 0;
      if (indices[states[i]] < 0) {
        indices[states[i]] = (byte) count;
        distinct[count++] = states[i];
      }
    }
    int[] operands = {basis[first], basis[second]};
    if (count == 1) {
      known(node, states[0]);
      if (!free) {
        table(new Table(operands, costs));
      }
      return;
    }
    Unknown made = add(node, count);
    values[node] = Arrays.copyOf(distinct, count);
    long[] all = new long[states.length * made.states()];
    Arrays.fill(all, IMPOSSIBLE);
    for (int i = 0; i < states.length; i++) {
      all[i * count + indices[states[i]]] = costs[i];
    }
    table(new Table(new int[] {operands[0], operands[1], basis[node]}, all));
  }

  private void table(Table table) {
    for (int unknown : table.unknowns) {
      unknowns.get(unknown).tables.add(table);
    }
  }

  private void drop(Table table) {
    for (int unknown : table.unknowns) {
      unknowns.get(unknown).tables.remove(table);
    }
  }

  private void eliminateAll() {
    marks = new int[unknowns.size()];
    PriorityQueue<long[]> queue =
        new PriorityQueue<>(
            (x, y) -> x[0] != y[0] ? Long.compare(x[0], y[0]) : Long.compare(x[1], y[1]));
    for (int i = 0; i < unknowns.size(); i++) {
      queue.add(new long[] {size(neighbours(i)), i});
    }
    while (!queue.isEmpty()) {
      long[] next = queue.remove();
      int unknown = (int) next[1];
      if (unknowns.get(unknown).chosen >= 0) {
        continue;
      }
      int[] neighbours = neighbours(unknown);
      long size = size(neighbours);
      if (size > next[0]) { // it has more neighbours by now
        queue.add(new long[] {size, unknown});
      } else if (size * unknowns.get(unknown).states() > LARGEST_TABLE) {
        guess(unknown, neighbours);
        queue.add(new long[] {size(neighbours(unknown)), unknown});
      } else {
        eliminate(unknown, neighbours);
      }
    }
    while (!choices.isEmpty()) {
      Choice choice = choices.pop();
      int index = 0;
      for (int neighbour : choice.neighbours) {
        index = index * unknowns.get(neighbour).states() + unknowns.get(neighbour).chosen;
      }
      unknowns.get(choice.unknown).chosen = choice.best[index];
    }
  }

  /** Returns the unknowns in the tables of {@code unknown} but itself. */
  private int[] neighbours(int unknown) {
    mark++;
    marks[unknown] = mark;
    int[] found = new int[8];
    int count = 0;
    for (Table table : unknowns.get(unknown).tables) {
      for (int other : table.unknowns) {
        if (marks[other] != mark) {
          marks[other] = mark;
          found = count < found.length ? found : Arrays.copyOf(found, 2 * count);
          found[count++] = other;
        }
      }
    }
    return Arrays.copyOf(found, count);
  }

  private long size(int[] neighbours) {
    long size = 1;
    for (int neighbour : neighbours) {
      size = Math.min(size * unknowns.get(neighbour).states(), LARGEST_TABLE + 1);
    }
    return size;
  }

  /** Replaces the tables of {@code unknown} by one of the best that it can do for the others. */
  private void eliminate(int unknown, int[] neighbours) {
    Unknown gone = unknowns.get(unknown);
    List<Table> tables = List.copyOf(gone.tables);
    int[][] strides = new int[tables.size()][];
    int[] own = new int[tables.size()];
    for (int t = 0; t < strides.length; t++) {
      strides[t] = new int[neighbours.length];
      own[t] = strides(tables.get(t), unknown, neighbours, strides[t]);
    }
    long[] costs = new long[(int) size(neighbours)];
    byte[] best = new byte[costs.length];
    int[] at = new int[strides.length];
    int[] digits = new int[neighbours.length];
    long least = Long.MAX_VALUE;
    for (int i = 0; i < costs.length; i++) {
      costs[i] = Long.MAX_VALUE;
      for (int state = 0; state < gone.states(); state++) {
        long cost = gone.costs[state];
        for (int t = 0; t < at.length; t++) {
          cost = Math.min(IMPOSSIBLE, cost + tables.get(t).costs[at[t] + state * own[t]]);
        }
        if (cost < costs[i]) {
          costs[i] = cost;
          best[i] = (byte) state;
        }
      }
      least = Math.min(least, costs[i]);
      advance(digits, neighbours, strides, at);
    }
    for (int i = 0; i < costs.length; i++) {
      costs[i] = costs[i] >= IMPOSSIBLE ? IMPOSSIBLE : costs[i] - least;
    }
    tables.forEach(this::drop);
    gone.chosen = 0;
    choices.push(new Choice(unknown, neighbours, best));
    if (neighbours.length == 1) {
      long[] kept = unknowns.get(neighbours[0]).costs;
      for (int i = 0; i < kept.length; i++) {
        kept[i] = Math.min(IMPOSSIBLE, kept[i] + costs[i]);
      }
    } else if (neighbours.length > 1) {
      table(new Table(neighbours, costs));
    }
  }

  /** Fills in how far apart the states of each neighbour lie in {@code table}; returns its own. */
  private int strides(Table table, int unknown, int[] neighbours, int[] strides) {
    int stride = 1;
    int own = 0;
    for (int i = table.unknowns.length - 1; i >= 0; i--) {
      if (table.unknowns[i] == unknown) {
        own = stride;
      } else {
        for (int n = 0; n < neighbours.length; n++) {
          if (neighbours[n] == table.unknowns[i]) {
            strides[n] = stride;
          }
        }
      }
      stride *= unknowns.get(table.unknowns[i]).states();
    }
    return own;
  }

  /** Goes on to the next combination of states; {@code at} is where it lies in each table. */
  private void advance(int[] digits, int[] neighbours, int[][] strides, int[] at) {
    for (int n = digits.length - 1; n >= 0; n--) {
      int states = unknowns.get(neighbours[n]).states();
      digits[n]++;
      int step = digits[n] < states ? 1 : 1 - states;
      for (int t = 0; t < at.length; t++) {
        at[t] += step * strides[t][n];
      }
      if (digits[n] < states) {
        return;
      }
      digits[n] = 0;
    }
  }

  /** Gives the unknown that most tables ask for the state that is best for each of them alone. */
  private void guess(int unknown, int[] neighbours) {
    int most = unknown;
    for (int neighbour : neighbours) {
      if (unknowns.get(neighbour).tables.size() > unknowns.get(most).tables.size()) {
        most = neighbour;
      }
    }
    Unknown guessed = unknowns.get(most);
    long[] hopes = guessed.costs.clone();
    for (Table table : guessed.tables) {
      long[] least = least(table, most);
      for (int state = 0; state < hopes.length; state++) {
        hopes[state] = Math.min(IMPOSSIBLE, hopes[state] + least[state]);
      }
    }
    int best = 0;
    for (int state = 1; state < hopes.length; state++) {
      best = hopes[state] < hopes[best] ? state : best;
    }
    for (Table table : List.copyOf(guessed.tables)) {
      drop(table);
      fix(table, most, best);
    }
    guessed.chosen = best;
    choices.push(new Choice(most, new int[0], new byte[] {(byte) best}));
  }

  private long[] least(Table table, int unknown) {
    long[] least = new long[unknowns.get(unknown).states()];
    Arrays.fill(least, IMPOSSIBLE);
    int stride = strides(table, unknown, new int[0], new int[0]);
    for (int i = 0; i < table.costs.length; i++) {
      int state = i / stride % least.length;
      least[state] = Math.min(least[state], table.costs[i]);
    }
    return least;
  }

  /** Adds what is left of {@code table} where {@code unknown} is in {@code state}. */
  private void fix(Table table, int unknown, int state) {
    int states = unknowns.get(unknown).states();
    int stride = strides(table, unknown, new int[0], new int[0]);
    long[] costs = new long[table.costs.length / states];
    int next = 0;
    for (int i = 0; i < table.costs.length; i++) {
      if (i / stride % states == state) {
        costs[next++] = table.costs[i];
      }
    }
    int[] others = Arrays.stream(table.unknowns).filter(other -> other != unknown).toArray();
    if (others.length > 1) {
      table(new Table(others, costs));
    } else if (others.length == 1) {
      long[] kept = unknowns.get(others[0]).costs;
      for (int i = 0; i < kept.length; i++) {
        kept[i] = Math.min(IMPOSSIBLE, kept[i] + costs[i]);
      }
    }
  }
}
