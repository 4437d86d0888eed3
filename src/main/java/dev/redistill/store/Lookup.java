package dev.redistill.store;

import org.jspecify.annotations.Nullable;

/**
 * What a lookup found: an entry and the value it had at that moment. Reused; confined to one
 * connection.
 */
public final class Lookup {

  private @Nullable Entry entry;
  private @Nullable Object value;

  /**
   * Looks a key up without a lock. Answers false if only a lookup under the lock can tell:
   * something is in progress in the shard, the entry is due, or its value can change in place.
   */
  public boolean tryRead(Database database, Probe probe, long now) {
    Shard shard = database.shard(probe.hash);
    int version = shard.version();
    if ((version & 1) != 0) {
      return false;
    }
    Entry found = shard.find(probe);
    if (found == null) {
      clear();
      return shard.version() == version;
    }
    Object held = found.value();
    if (!found.isLive(now) || !(held instanceof byte[] || isCurrent(held, now))) {
      return false;
    }
    entry = found;
    value = held;
    return shard.version() == version;
  }

  /** Whether a value is a hash or a set that never changes, of which no field is due. */
  private static boolean isCurrent(Object value, long now) {
    return value instanceof PackedHash hash
        ? hash.earliest() >= now
        : value instanceof SetValue set && set.members().isPacked();
  }

  /** Looks a key up under the lock of its shard, which the caller holds; removes what is due. */
  public void read(Database database, Probe probe, long now) {
    Entry found = database.find(probe, now);
    entry = found;
    value = found == null ? null : found.value();
  }

  /** Forgets what was found. */
  public void clear() {
    entry = null;
    value = null;
  }

  public @Nullable Entry entry() {
    return entry;
  }

  public @Nullable Object value() {
    return value;
  }
}
