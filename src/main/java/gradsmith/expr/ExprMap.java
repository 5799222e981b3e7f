package gradsmith.expr;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Values for nodes of one graph, by their ids, without an object a node. */
public final class ExprMap<V> {

  /** How many ids lie side by side. */
  private static final int RUN = 8;

  private IdBlocks blocks = new IdBlocks(4);
  private @Nullable Object[] values = new @Nullable Object[RUN * blocks.capacity()];

  /** Returns the value of {@code node}, or null. */
  @SuppressWarnings("unchecked") // only values of V are put in
  public @Nullable V get(Expr node) {
    int slot = blocks.find(node.id() / RUN);
    return slot < 0 ? null : (V) values[RUN * slot + node.id() % RUN];
  }

  /** Returns the value of {@code node}, or {@code other} if it has none. */
  public V getOrDefault(Expr node, V other) {
    V value = get(node);
    return value == null ? other : value;
  }

  /** Tells whether {@code node} has a value. */
  public boolean containsKey(Expr node) {
    return get(node) != null;
  }

  /** Gives {@code node} a value. */
  public void put(Expr node, V value) {
    int block = node.id() / RUN;
    int slot = blocks.find(block);
    if (slot < 0) {
      if (blocks.isFull()) {
        grow();
      }
      slot = blocks.add(block);
    }
    values[RUN * slot + node.id() % RUN] = value;
  }

  /** Gives {@code node} a value if it has none. */
  public void putIfAbsent(Expr node, V value) {
    if (!containsKey(node)) {
      put(node, value);
    }
  }

  /** Returns the value of {@code node}, which {@code first} gives it if it has none. */
  public V computeIfAbsent(Expr node, Supplier<V> first) {
    V value = get(node);
    if (value == null) {
      value = first.get();
      put(node, value);
    }
    return value;
  }

  /** Takes the value of {@code node} away and returns it, or null if it has none. */
  public @Nullable V remove(Expr node) {
    V value = get(node);
    if (value != null) {
      values[RUN * blocks.find(node.id() / RUN) + node.id() % RUN] = null;
    }
    return value;
  }

  private void grow() {
    IdBlocks old = blocks;
    @Nullable Object[] oldValues = values;
    blocks = old.larger();
    values = new @Nullable Object[RUN * blocks.capacity()];
    for (int i = 0; i < old.capacity(); i++) {
      if (old.at(i) >= 0) {
        System.arraycopy(oldValues, RUN * i, values, RUN * blocks.add(old.at(i)), RUN);
      }
    }
  }
}
