package gradsmith.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gradsmith.source.Source;
import gradsmith.source.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RankSolverTest {

  private static final Rank[] CHOICES = {Rank.NUMBER, Rank.VECTOR, Rank.MATRIX};

  private static final List<RankRule> RULES =
      List.of(
          RankRule.PLUS,
          RankRule.END_OF_SUM,
          RankRule.TIMES,
          RankRule.TIMES,
          RankRule.TRANSPOSE,
          RankRule.HADAMARD,
          RankRule.DIVIDE,
          RankRule.POWER,
          RankRule.REDUCE,
          RankRule.ROWS_OF_ROWS,
          RankRule.EQUAL,
          RankRule.MADE,
          RankRule.MEETS_NUMBER,
          RankRule.AMONG_NUMBERS,
          RankRule.VALUE);

  private final Source source = new Source("test", "a b c d e X Y");

  @Test
  void noReadingIsCheaperThanTheOneThatIsFound() {
    Random random = new Random(5);
    for (int trial = 0; trial < 400; trial++) {
      RankGraph graph = randomGraph(random, 1 + random.nextInt(6), 4 + random.nextInt(20));
      long found = graph.follow(RankSolver.solve(graph, Map.of())).total();
      assertEquals(cheapest(graph), found, "trial " + trial);
    }
  }

  @Test
  void manyNamesThatAllMeetAreReadInSomeWay() {
    Random random = new Random(6);
    RankGraph graph = randomGraph(random, 60, 3000);
    Map<Integer, Rank> ranks = RankSolver.solve(graph, Map.of());
    assertEquals(graph.names().size(), ranks.size());
    assertTrue(graph.follow(ranks).total() <= graph.follow(Map.of()).total());
  }

  @Test
  void aNameThatIsGivenKeepsItsRank() {
    RankGraph graph = new RankGraph();
    int a = graph.name(name(0));
    int b = graph.name(name(1));
    graph.apply(RankRule.VALUE, graph.apply(RankRule.TIMES, a, b, span()), span());
    assertEquals(Rank.MATRIX, RankSolver.solve(graph, Map.of(a, Rank.MATRIX)).get(a));
  }

  private RankGraph randomGraph(Random random, int names, int operations) {
    RankGraph graph = new RankGraph();
    List<Integer> nodes = new ArrayList<>();
    for (int i = 0; i < names; i++) {
      nodes.add(graph.name(name(i)));
    }
    nodes.add(graph.constant(RankState.WRITTEN, span()));
    nodes.add(graph.constant(RankState.MATRIX, span()));
    for (int i = 0; i < operations; i++) {
      RankRule rule = RULES.get(random.nextInt(RULES.size()));
      nodes.add(graph.apply(rule, any(nodes, random), any(nodes, random), span()));
    }
    return graph;
  }

  private static int any(List<Integer> nodes, Random random) {
    int recent = Math.min(nodes.size(), 12);
    return random.nextInt(4) == 0
        ? nodes.get(random.nextInt(nodes.size()))
        : nodes.get(nodes.size() - 1 - random.nextInt(recent));
  }

  private static long cheapest(RankGraph graph) {
    List<Integer> names = List.copyOf(graph.names().values());
    long cheapest = Long.MAX_VALUE;
    for (int code = 0; code < Math.pow(CHOICES.length, names.size()); code++) {
      Map<Integer, Rank> ranks = new HashMap<>();
      int rest = code;
      for (int name : names) {
        ranks.put(name, CHOICES[rest % CHOICES.length]);
        rest /= CHOICES.length;
      }
      cheapest = Math.min(cheapest, graph.follow(ranks).total());
    }
    return cheapest;
  }

  private Ast.Name name(int index) {
    return new Ast.Name(span(), (index % 3 == 0 ? "X" : index % 3 == 1 ? "a" : "v") + index);
  }

  private Span span() {
    return new Span(source, 0, 1);
  }
}
