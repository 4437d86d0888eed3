package dev.redistill.store;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one shard that have an expiry, or hashes of which fields have one, by the time at
 * which to look at them: a binary heap of (time, entry). Guarded by the lock of its shard.
 *
 * <p>An entry whose expiry moves to later keeps its place; it is put off when its old time comes.
 * An entry that is removed or made persistent leaves its place behind until then. So a session
 * whose TTL is refreshed at every request costs nothing here.
 */
final class ExpiryQueue {

  /** What {@link #earliest} says of an empty queue. */
  static final long NOTHING = Long.MAX_VALUE;

  private static final int SMALL = 16;
  private static final long[] NO_TIMES = new long[0];
  private static final @Nullable Entry[] NO_ENTRIES = new Entry[0];

  /** What of an entry it is that expires. */
  enum Kind {
    /** The key. */
    KEY {
      @Override
      long time(Entry entry) {
        return entry.removed ? NOTHING : entry.expireAt;
      }

      @Override
      boolean isQueued(Entry entry) {
        return entry.isQueued(Entry.KEY_QUEUE);
      }

      @Override
      void queued(Entry entry, boolean yes) {
        entry.queued(Entry.KEY_QUEUE, yes);
      }
    },

    /** Fields of the hash. */
    FIELDS {
      @Override
      long time(Entry entry) {
        boolean expires = !entry.removed && entry.form == Entry.EXPIRING_FIELDS;
        return expires ? ((HashValue) entry.value()).earliest() : NOTHING;
      }

      @Override
      boolean isQueued(Entry entry) {
        return entry.isQueued(Entry.FIELD_QUEUE);
      }

      @Override
      void queued(Entry entry, boolean yes) {
        entry.queued(Entry.FIELD_QUEUE, yes);
      }
    };

    /** When to look at an entry, or {@link #NOTHING} if it needs no place. */
    abstract long time(Entry entry);

    abstract boolean isQueued(Entry entry);

    abstract void queued(Entry entry, boolean yes);
  }

  private final Kind kind;
  private long[] times = NO_TIMES;
  private @Nullable Entry[] entries = NO_ENTRIES;
  private int size;

  ExpiryQueue(Kind kind) {
    this.kind = kind;
  }

  long earliest() {
    return size == 0 ? NOTHING : times[0];
  }

  int size() {
    return size;
  }

  long footprint() {
    return entries.length == 0 ? 0 : 12L * entries.length + 32;
  }

  void add(long time, Entry entry) {
    if (size == entries.length) {
      int capacity = Math.max(4, size + (size >> 1));
      times = Arrays.copyOf(times, capacity);
      entries = Arrays.copyOf(entries, capacity);
    }
    int at = size++;
    while (at > 0) {
      int parent = (at - 1) >>> 1;
      if (times[parent] <= time) {
        break;
      }
      place(at, times[parent], entries[parent]);
      at = parent;
    }
    place(at, time, entry);
  }

  /**
   * The entry at a place, counted around; place 0 is due first. Null if that has left the table.
   */
  @Nullable Entry at(long place) {
    if (size == 0) {
      return null;
    }
    Entry entry = entries[(int) Long.remainderUnsigned(place, size)];
    return entry == null || entry.removed || !entry.expires() ? null : entry;
  }

  /** Takes the entry with the earliest time out. */
  Entry poll() {
    Entry first = Objects.requireNonNull(entries[0]);
    size--;
    long time = times[size];
    Entry entry = entries[size];
    entries[size] = null;
    if (size > 0) {
      sink(0, time, entry);
    }
    if (size < entries.length >> 2 && entries.length > SMALL) {
      times = Arrays.copyOf(times, entries.length >> 1);
      entries = Arrays.copyOf(entries, entries.length >> 1);
    }
    return first;
  }

  /** Drops the places of entries that no longer need one, and the second place of any entry. */
  void compact() {
    @Nullable Entry[] old = entries;
    int count = size;
    clear();
    for (int i = 0; i < count; i++) {
      kind.queued(Objects.requireNonNull(old[i]), false);
    }
    for (int i = 0; i < count; i++) {
      Entry entry = Objects.requireNonNull(old[i]);
      long time = kind.time(entry);
      if (time != NOTHING && !kind.isQueued(entry)) {
        kind.queued(entry, true);
        add(time, entry);
      }
    }
  }

  void clear() {
    times = NO_TIMES;
    entries = NO_ENTRIES;
    size = 0;
  }

  private void sink(int from, long time, @Nullable Entry entry) {
    int at = from;
    while (true) {
      int child = 2 * at + 1;
      if (child >= size) {
        break;
      }
      if (child + 1 < size && times[child + 1] < times[child]) {
        child++;
      }
      if (times[child] >= time) {
        break;
      }
      place(at, times[child], entries[child]);
      at = child;
    }
    place(at, time, entry);
  }

  private void place(int at, long time, @Nullable Entry entry) {
    times[at] = time;
    entries[at] = entry;
  }
}
