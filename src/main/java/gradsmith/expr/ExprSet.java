package gradsmith.expr;

import java.util.Collection;

/** A set of nodes of one graph that only grows: a bit for each id, without an object a node. */
public final class ExprSet {

  private IdBlocks blocks = new IdBlocks(4);
  private long[] bits = new long[blocks.capacity()];

  /** Makes an empty set. */
  public ExprSet() {}

  /** Makes a set of {@code nodes}. */
  public ExprSet(Collection<? extends Expr> nodes) {
    nodes.forEach(this::add);
  }

  /** Tells whether {@code node} is in the set. */
  public boolean contains(Expr node) {
    int slot = blocks.find(node.id() / Long.SIZE);
    return slot >= 0 && (bits[slot] & 1L << node.id()) != 0;
  }

  /** Adds {@code node}; returns false if it was in the set. */
  public boolean add(Expr node) {
    int block = node.id() / Long.SIZE;
    int slot = blocks.find(block);
    if (slot < 0) {
      if (blocks.isFull()) {
        grow();
      }
      slot = blocks.add(block);
    }
    long before = bits[slot];
    bits[slot] |= 1L << node.id();
    return bits[slot] != before;
  }

  private void grow() {
    IdBlocks old = blocks;
    long[] oldBits = bits;
    blocks = old.larger();
    bits = new long[blocks.capacity()];
    for (int i = 0; i < oldBits.length; i++) {
      if (old.at(i) >= 0) {
        bits[blocks.add(old.at(i))] = oldBits[i];
      }
    }
  }
}
