package dev.redistill.eviction;

import dev.redistill.store.Accesses;
import dev.redistill.store.Database;
import dev.redistill.store.Entry;
import dev.redistill.store.Footprint;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A few entries picked by chance, with what they take. Sizes are in memory that is seldom at hand,
 * so all of them are asked for before one is waited for.
 */
final class Candidates implements Consumer<Entry> {

  private static final int BYTES_PER_USE = 12;

  private final @Nullable Entry[] entries;
  private final long[] sizes;
  private int count;

  /** Room for so many entries; further ones are left out. */
  Candidates(int most) {
    entries = new Entry[most];
    sizes = new long[most];
  }

  @Override
  public void accept(Entry entry) {
    if (count < entries.length) {
      entries[count] = entry;
      sizes[count] = Footprint.entry(entry);
      count++;
    }
  }

  /** Offers those that are kept to a pool of victims. */
  void offer(Database database, VictimPool pool) {
    for (int i = 0; i < count; i++) {
      Entry entry = entries[i];
      if (entry != null && entry.isKept()) {
        pool.offer(database, entry, rank(entry, sizes[i]));
      }
    }
  }

  /** How good a choice it is to evict an entry: the better the less it is used for its size. */
  static long rank(Entry entry) {
    return rank(entry, Footprint.entry(entry));
  }

  private static long rank(Entry entry, long size) {
    int uses = entry.uses() & Accesses.MOST_TALLIED;
    return uses == 0 ? Long.MAX_VALUE : (size << BYTES_PER_USE) / uses;
  }
}
