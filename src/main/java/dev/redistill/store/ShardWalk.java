package dev.redistill.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The way of a snapshot through one shard: how far it has come, and what changed ahead of it.
 * Guarded by the lock of the shard.
 */
final class ShardWalk {

  /* Entries are met in the order of the reversed bits of their hashes. A bucket of a table of any size
  holds a range of that order, so a table may grow or shrink on the way: whether an entry was met is a
  comparison of numbers, and no entry has to remember it (the order is the one of SCAN). */

  private static final int BITS = Integer.SIZE;
  private static final long END = 1L << BITS;
  private static final int BUCKETS_PER_ENTRY = 4;

  /** The entries below this place in the order were met. */
  private long boundary;

  /** The table that was there when the shard was cleared. */
  private Entry @Nullable [] cleared;

  /** Entries ahead that have changed, or have come, since the moment of the snapshot. */
  private final Set<Entry> changed = Collections.newSetFromMap(new IdentityHashMap<>(0));

  /** What changed entries were, as far as nobody has taken it yet. */
  private List<SavedEntry> kept = new ArrayList<>(0);

  private static long place(Entry entry) {
    return Integer.reverse(entry.hash) & 0xffffffffL;
  }

  /** Keeps what an entry is that is about to change or go. */
  void preserve(Entry entry) {
    if (place(entry) >= boundary && changed.add(entry)) {
      kept.add(SavedEntry.of(entry));
    }
  }

  /** Leaves out an entry that was not there at the moment of the snapshot. */
  void leaveOut(Entry entry) {
    if (place(entry) >= boundary) {
      changed.add(entry);
    }
  }

  /** Keeps the table of a shard that is cleared; from then on nothing there concerns the walk. */
  void clear(Entry[] table) {
    if (cleared == null) {
      cleared = table;
    }
  }

  /** Goes on for about so many entries; answers whether there are more. */
  boolean step(Entry[] current, int most, List<SavedEntry> into) {
    into.addAll(kept);
    kept = new ArrayList<>(0);
    Entry[] table = cleared == null ? current : cleared;
    int shift = BITS - Integer.numberOfTrailingZeros(table.length);
    int buckets = most * BUCKETS_PER_ENTRY;
    while (boundary < END && into.size() < most && buckets-- > 0) {
      visit(table[Integer.reverse((int) boundary) & table.length - 1], into);
      boundary = ((boundary >>> shift) + 1) << shift;
    }
    return boundary < END;
  }

  private void visit(@Nullable Entry head, List<SavedEntry> into) {
    for (Entry entry = head; entry != null; entry = entry.next) {
      if (place(entry) >= boundary && !changed.contains(entry)) {
        into.add(SavedEntry.of(entry));
      }
    }
  }
}
