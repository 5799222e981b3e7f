package gradsmith.expr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExprMapTest {

  private final List<Expr> nodes = nodes(5_000);

  private static List<Expr> nodes(int count) {
    Expressions expressions = new Expressions();
    List<Expr> nodes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      nodes.add(expressions.number(Rational.of(i)));
    }
    return nodes;
  }

  @Test
  void isAMap() {
    Map<Expr, Integer> expected = new HashMap<>();
    ExprMap<Integer> map = new ExprMap<>();
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      // Runs of neighbours, and nodes far from all others.
      Expr node = nodes.get(i % 3 == 0 ? random.nextInt(nodes.size()) : i % 1_000);
      if (random.nextInt(4) == 0) {
        assertEquals(expected.remove(node), map.remove(node));
      } else {
        expected.put(node, i);
        map.put(node, i);
      }
    }
    for (Expr node : nodes) {
      assertEquals(expected.get(node), map.get(node));
      assertEquals(expected.containsKey(node), map.containsKey(node));
    }
  }

  @Test
  void keepsWhatIsThere() {
    ExprMap<String> map = new ExprMap<>();
    Expr node = nodes.get(17);
    assertNull(map.get(node));
    assertEquals("none", map.getOrDefault(node, "none"));
    assertEquals("first", map.computeIfAbsent(node, () -> "first"));
    assertEquals("first", map.computeIfAbsent(node, () -> "second"));
    map.putIfAbsent(node, "third");
    assertEquals("first", map.get(node));
  }

  @Test
  void isASet() {
    Set<Expr> expected = new HashSet<>();
    ExprSet set = new ExprSet();
    Random random = new Random(2);
    for (int i = 0; i < 3_000; i++) {
      Expr node = nodes.get(random.nextInt(nodes.size()));
      assertEquals(expected.add(node), set.add(node));
    }
    for (Expr node : nodes) {
      assertEquals(expected.contains(node), set.contains(node));
    }
    assertTrue(new ExprSet(nodes).contains(nodes.getLast()));
    assertFalse(new ExprSet(nodes.subList(0, 64)).contains(nodes.get(64)));
  }
}
