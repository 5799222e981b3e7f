package gradsmith.expr;

import java.util.Arrays;

/**
 * Finds blocks of ids by open addressing. Nodes that are used together were mostly made together: a
 * block holds a run of ids, so that a walk stays where the cache is warm.
 */
final class IdBlocks {

  /** 2^32 divided by the golden ratio (Knuth, The Art of Computer Programming, 6.4). */
  static final int GOLDEN_RATIO = 0x9E3779B9;

  private static final int FREE = -1;

  /** The blocks, each at its slot. */
  private int[] blocks;

  private int size;

  IdBlocks(int capacity) {
    blocks = free(capacity);
  }

  private static int[] free(int capacity) {
    int[] blocks = new int[capacity];
    Arrays.fill(blocks, FREE);
    return blocks;
  }

  /** Returns the slot of {@code block}, or a negative number if it has none. */
  int find(int block) {
    int slot = slot(block);
    return blocks[slot] == block ? slot : -1;
  }

  /** Gives {@code block}, which has none, a slot; there is to be {@link #isFull room} for it. */
  int add(int block) {
    int slot = slot(block);
    blocks[slot] = block;
    size++;
    return slot;
  }

  /** Tells whether another block needs a larger table. */
  boolean isFull() {
    return 2 * size >= blocks.length;
  }

  /** Returns an empty table with more slots. */
  IdBlocks larger() {
    return new IdBlocks(4 * blocks.length);
  }

  int capacity() {
    return blocks.length;
  }

  /** Returns the block at {@code slot}, negative if that is free. */
  int at(int slot) {
    return blocks[slot];
  }

  private int slot(int block) {
    int mask = blocks.length - 1;
    int slot = block * GOLDEN_RATIO >>> Integer.numberOfLeadingZeros(mask);
    while (blocks[slot] != block && blocks[slot] != FREE) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }
}
