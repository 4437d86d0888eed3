package dev.redistill.eviction;

import dev.redistill.store.Database;
import dev.redistill.store.Entry;
import org.jspecify.annotations.Nullable;

/**
 * The best candidates for eviction that sampling has met, from one eviction to the next: a few
 * samples each time come near to the best of all keys. Confined to one thread at a time.
 */
final class VictimPool {

  /** The rank of an entry that must not go. */
  static final long NONE = Long.MIN_VALUE;

  private static final int CAPACITY = 16;

  private final @Nullable Entry[] entries = new Entry[CAPACITY];
  private final @Nullable Database[] databases = new Database[CAPACITY];
  private final long[] ranks = new long[CAPACITY];
  private int size;

  /** An entry and where it is. */
  record Victim(Database database, Entry entry, long rank) {}

  /** Takes a candidate in if it is better than another or there is room; the best stand last. */
  void offer(Database database, Entry entry, long rank) {
    int at = 0;
    while (at < size && ranks[at] < rank) {
      at++;
    }
    if (holds(entry) || (size == CAPACITY && at == 0)) {
      return;
    }
    if (size == CAPACITY) {
      at--;
      move(1, 0, at);
    } else {
      move(at, at + 1, size - at);
      size++;
    }
    entries[at] = entry;
    databases[at] = database;
    ranks[at] = rank;
  }

  /** Takes in those that are better than others, but for those of rank {@link #NONE}. */
  void offer(Database database, Entry[] met, long[] rank) {
    for (int i = 0; i < met.length; i++) {
      if (rank[i] != NONE) {
        offer(database, met[i], rank[i]);
      }
    }
  }

  private boolean holds(Entry entry) {
    for (int i = 0; i < size; i++) {
      if (entries[i] == entry) {
        return true;
      }
    }
    return false;
  }

  private void move(int from, int to, int count) {
    System.arraycopy(entries, from, entries, to, count);
    System.arraycopy(databases, from, databases, to, count);
    System.arraycopy(ranks, from, ranks, to, count);
  }

  /** Takes the best candidate out, or answers null. */
  @Nullable Victim take() {
    if (size == 0) {
      return null;
    }
    size--;
    Entry entry = entries[size];
    Database database = databases[size];
    entries[size] = null;
    databases[size] = null;
    return entry == null || database == null ? null : new Victim(database, entry, ranks[size]);
  }

  /** Forgets all candidates, so that it keeps none in memory that has left the store. */
  void clear() {
    while (size > 0) {
      entries[--size] = null;
      databases[size] = null;
    }
  }
}
