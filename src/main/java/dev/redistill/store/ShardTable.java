package dev.redistill.store;

import dev.redistill.util.FieldHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The table of a shard, as a part of the shard itself. Readers walk a chain without the lock.
 *
 * <p>{@code version} is odd while the table is rebuilt, a write of several keys is in progress, or
 * a value changes in place: a reader that meets an odd version, or misses and finds the version
 * changed, takes the lock. A hit is looked at twice in the same way: a write of several keys, or a
 * transaction, may give one key several values before it ends, and only the last is there to be
 * seen.
 */
abstract sealed class ShardTable extends ShardAccount permits Shard {

  /* Why not java.util.concurrent.ConcurrentHashMap: writers hold the shard's lock anyway, so its own
  locking is paid twice; its node between table and key costs 24 bytes and a cache miss per entry;
  and it shows no buckets, which SCAN's guarantee, random sampling for eviction, and a
  snapshot walk need. What is kept of it: readers never lock, a table of a power of two, heads of chains
  published with release writes. */

  static final Entry[] EMPTY = new Entry[1];

  private static final long serialVersionUID = 1;
  private static final VarHandle VERSION =
      FieldHandle.of(MethodHandles.lookup(), "version", int.class);

  @SuppressWarnings("serial") // No lock of the store is ever serialized.
  volatile Entry[] table = EMPTY;

  private volatile int version;

  ShardTable(int database, AccessClock clock) {
    super(database, clock);
  }

  /**
   * The entry of a key; found without the lock it counts only if the version has stayed the same
   * and even.
   */
  final @Nullable Entry find(Probe probe) {
    Entry[] slots = table;
    Entry entry = Buckets.head(slots, probe.hash & slots.length - 1);
    while (entry != null && !entry.matches(probe)) {
      entry = entry.next;
    }
    return entry;
  }

  final int version() {
    return version;
  }

  /** Whether nothing is in progress that lock-free readers must not see half of. */
  final boolean isSettled() {
    return (version & 1) == 0;
  }

  /** Begins a write that lock-free readers must not see half of. */
  final void unsettle() {
    VERSION.setOpaque(this, version + 1);
    VarHandle.storeStoreFence();
  }

  /** Ends what {@link #unsettle} began. */
  final void settle() {
    VERSION.setRelease(this, version + 1);
  }

  final void rebuild(int capacity) {
    boolean settled = isSettled();
    if (settled) {
      unsettle();
    }
    table = Buckets.spread(table, capacity);
    tellMeter();
    if (settled) {
      settle();
    }
  }
}
