package gradsmith.expr;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The applications of one session, by the operator's equality and the arguments' identity: open
 * addressing, without a key object for each question.
 */
final class Applications {

  private @Nullable Apply[] table = new @Nullable Apply[256];
  private int[] hashes = new int[table.length];
  private int size;

  static int hash(Operator operator, List<? extends Expr> arguments) {
    int hash = operator.hashCode();
    for (int i = 0; i < arguments.size(); i++) {
      hash = 31 * hash + arguments.get(i).id();
    }
    return hash * IdBlocks.GOLDEN_RATIO; // the high bits count
  }

  /** Returns {@code operator} of {@code arguments}, or null if it has not been made. */
  @Nullable Apply find(int hash, Operator operator, List<? extends Expr> arguments) {
    int mask = table.length - 1;
    int slot = hash >>> Integer.numberOfLeadingZeros(mask);
    for (Apply made = table[slot]; made != null; made = table[slot]) {
      if (hashes[slot] == hash && isOf(made, operator, arguments)) {
        return made;
      }
      slot = (slot + 1) & mask;
    }
    return null;
  }

  private static boolean isOf(Apply made, Operator operator, List<? extends Expr> arguments) {
    List<Expr> known = made.arguments();
    int count = known.size();
    if (count != arguments.size() || !made.operator().equals(operator)) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      if (known.get(i) != arguments.get(i)) {
        return false;
      }
    }
    return true;
  }

  /** Adds {@code made}, which is new. */
  void add(int hash, Apply made) {
    put(hash, made);
    if (2 * ++size > table.length) {
      @Nullable Apply[] old = table;
      int[] oldHashes = hashes;
      table = new @Nullable Apply[4 * old.length];
      hashes = new int[table.length];
      for (int i = 0; i < old.length; i++) {
        Apply kept = old[i];
        if (kept != null) {
          put(oldHashes[i], kept);
        }
      }
    }
  }

  private void put(int hash, Apply made) {
    int mask = table.length - 1;
    int slot = hash >>> Integer.numberOfLeadingZeros(mask);
    while (table[slot] != null) {
      slot = (slot + 1) & mask;
    }
    table[slot] = made;
    hashes[slot] = hash;
  }
}
