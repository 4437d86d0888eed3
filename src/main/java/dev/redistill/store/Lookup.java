package dev.redistill.store;

import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * What a lookup found: an entry and the value it had at that moment. Reused; confined to one
 * connection.
 */
public final class Lookup {

  /** What a lookup without a lock is worth. */
  public enum Worth {
    /** Only a lookup under the lock can tell. */
    NOTHING,
    /** The value is what it is. */
    SURE,
    /**
     * A small hash, of which a value may be overwritten: see {@link #hasChanged} when it is read.
     */
    UNTIL_CHANGED
  }

  private @Nullable Entry entry;
  private @Nullable Object value;
  private @Nullable Shard shard;
  private int version;

  /**
   * Looks a key up without a lock. That is worth nothing if something is in progress in the shard,
   * the entry is due, or its value is one that changes in place.
   */
  public Worth tryRead(Database database, Probe probe, long now) {
    Shard place = database.shard(probe.hash);
    int before = place.version();
    if ((before & 1) != 0) {
      return Worth.NOTHING;
    }
    Entry found = place.find(probe);
    if (found == null) {
      clear();
      return place.version() == before ? Worth.SURE : Worth.NOTHING;
    }
    Object held = found.value();
    if (!found.isLive(now) || !(held instanceof byte[] || isCurrent(held, now))) {
      return Worth.NOTHING;
    }
    entry = found;
    value = held;
    if (place.version() != before) {
      return Worth.NOTHING;
    }
    if (held instanceof PackedHash) {
      shard = place;
      version = before;
      return Worth.UNTIL_CHANGED;
    }
    return Worth.SURE;
  }

  /** Whether a value is a small hash of which no field is due, or a small set. */
  private static boolean isCurrent(Object value, long now) {
    return value instanceof PackedHash hash
        ? hash.earliest() >= now
        : value instanceof SetValue set && set.members().isPacked();
  }

  /** Whether the hash that was read without a lock may have changed since it was found. */
  public boolean hasChanged() {
    VarHandle.acquireFence();
    return shard == null || shard.version() != version;
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
    shard = null;
  }

  public @Nullable Entry entry() {
    return entry;
  }

  public @Nullable Object value() {
    return value;
  }
}
