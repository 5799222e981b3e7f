package gradsmith.expr;

import org.jspecify.annotations.Nullable;

/** A set of nodes of one graph that only grows: open addressing by id, without an object a node. */
final class ExprSet {

  /** 2^32 divided by the golden ratio (Knuth, The Art of Computer Programming, 6.4). */
  private static final int GOLDEN_RATIO = 0x9E3779B9;

  private @Nullable Expr[] table = new @Nullable Expr[16];
  private int size;

  /** Adds {@code node}; returns false if it was in the set. */
  boolean add(Expr node) {
    if (!put(node)) {
      return false;
    }
    if (2 * ++size > table.length) {
      @Nullable Expr[] old = table;
      table = new @Nullable Expr[4 * old.length];
      for (Expr kept : old) {
        if (kept != null) {
          put(kept);
        }
      }
    }
    return true;
  }

  private boolean put(Expr node) {
    int mask = table.length - 1;
    // Ids come in long runs, which linear probing would have to pass unless they are scattered.
    int index = node.id() * GOLDEN_RATIO >>> Integer.numberOfLeadingZeros(mask);
    for (Expr taken = table[index]; taken != null; taken = table[index]) {
      if (taken == node) {
        return false;
      }
      index = (index + 1) & mask;
    }
    table[index] = node;
    return true;
  }
}
